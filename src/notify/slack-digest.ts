/**
 * The digest in Slack: to its reader alone where their member id is known, else into the channel's conversation. In: a
 * digest, whether presses are heard. Out: blocks inside the limits, or null. What a model or the configuration wrote
 * stands in rich text and plain text, which Slack never parses: nothing pings, nothing links by itself.
 */
import type { Digest, DigestJudging, DigestLine, DigestOutput, DigestSection } from "../domain/digest.js";
import type { Json } from "../domain/json.js";
import { slackMemberId } from "../domain/person.js";
import { judgeAddress, judgeButtons } from "./email-digest-text.js";
import type { IncidentMessage } from "./message.js";
import {
  type LinkButton,
  plainText,
  type RichPreformatted,
  type RichSection,
  type RichText,
  type SlackAction,
  type SlackBlock,
} from "./slack-blocks.js";
import type { Presses } from "./slack-buttons.js";
import { judgeAction, judgeMoreAction } from "./slack-judge-press.js";
import { digestLimits, slackFaults } from "./slack-limits.js";
import { plainSlackText, slackText } from "./slack-message.js";
import { cutAtWord, cutLines } from "./trim-text.js";

/** How much is shown; tried in order until it fits. What is to be judged is always there. */
interface Cut {
  readonly text: number;
  readonly input: number;
  readonly lines: number;
  readonly sectionLines: number;
  /** A link for each answer, or one that opens the page with all three: an address is long. */
  readonly links: "each" | "one";
}

const cuts: readonly Cut[] = [
  { text: 400, input: 200, lines: 10, sectionLines: 5, links: "each" },
  { text: 400, input: 200, lines: 6, sectionLines: 3, links: "each" },
  { text: 300, input: 120, lines: 4, sectionLines: 2, links: "each" },
  { text: 300, input: 120, lines: 4, sectionLines: 2, links: "one" },
  { text: 200, input: 80, lines: 3, sectionLines: 1, links: "one" },
  { text: 120, input: 60, lines: 0, sectionLines: 0, links: "one" },
];

/** What is posted: to its reader alone where their member id is known, which Slack takes for their direct message. */
export function renderSlackDigest(
  message: IncidentMessage,
  digest: Digest,
  { channel, presses }: { readonly channel: string; readonly presses: Presses },
): Json {
  const slackId = message.mention?.slackId ?? null;
  return {
    channel: slackId !== null && slackMemberId.test(slackId) ? slackId : channel,
    reply: false,
    broadcast: false,
    text: slackText(message),
    blocks: digestBlocks(digest, presses),
    plain: plainSlackText(message),
    root: null,
  };
}

/** The blocks of a digest, cut until they are inside the limits; null: nothing fits. */
export function digestBlocks(digest: Digest, presses: Presses): SlackBlock[] | null {
  const build = (cut: Cut): SlackBlock[] => [
    { type: "header", text: plainText(cutAtWord(digest.headline, digestLimits.header)) },
    ...plain(digest.intro.join("\n")),
    ...digest.judging.flatMap((judging) => judgingBlocks(judging, presses, cut)),
    ...rich(digest.lines.slice(0, cut.lines).flatMap(lineRuns), moreOf(digest, cut)),
    ...rich(sectionsRuns(digest, cut)),
    ...pages(digest),
    { type: "context", elements: [plainText(cutAtWord(digest.close, 900))] },
  ];
  return cuts.map(build).find((blocks) => slackFaults(blocks, digestLimits).length === 0) ?? null;
}

function plain(text: string): SlackBlock[] {
  return text === "" ? [] : [{ type: "section", text: plainText(cutAtWord(text, 1_400)) }];
}

function rich(runs: readonly RichText[], more: string | null = null): SlackBlock[] {
  const all = more === null ? runs : [...runs, run(more)];
  if (all.length === 0) return [];
  return [{ type: "rich_text", elements: [{ type: "rich_text_section", elements: all }] }];
}

function run(text: string, bold = false): RichText {
  return { type: "text", text, style: { bold } };
}

function judgingBlocks({ title, question, outputs }: DigestJudging, presses: Presses, cut: Cut) {
  return [
    ...rich([run(cutAtWord(`${title}: ${question}`, 300), true)]),
    ...outputs.flatMap((output) => outputBlocks(output, presses, cut)),
  ];
}

function outputBlocks(output: DigestOutput, presses: Presses, cut: Cut): SlackBlock[] {
  const actions = actionsOf(output, presses, cut);
  const byHand =
    actions.length > 0 ? [] : [run(`\nOn the machine it runs on: evenkeel judge ${output.spotCheck}`)];
  const head: RichSection = {
    type: "rich_text_section",
    elements: [
      run(`${output.label}`, true),
      ...(output.input === null ? [] : [run(`\nIn: ${cutAtWord(output.input, cut.input)}`)]),
      ...byHand,
    ],
  };
  const shown = cutLines(output.text, digestLimits.excerptLines, cut.text);
  const body: RichPreformatted[] =
    shown === "" ? [] : [{ type: "rich_text_preformatted", elements: [{ type: "text", text: shown }] }];
  return [
    { type: "rich_text", elements: [head, ...body] },
    ...(actions.length === 0
      ? []
      : [{ type: "actions" as const, block_id: `${judgeAction}${output.spotCheck}`, elements: actions }]),
  ];
}

/** Presses are recorded at once; links open a page that asks for one more. */
function actionsOf({ link }: DigestOutput, presses: Presses, cut: Cut): SlackAction[] {
  if (presses === "heard")
    return [
      ...judgeButtons.map(({ answer, label }) => ({
        type: "button" as const,
        action_id: `${judgeAction}${answer}`,
        text: plainText(label),
      })),
      { type: "button", action_id: judgeMoreAction, text: plainText("All of it, with a note…") },
    ];
  if (link === null) return [];
  if (cut.links === "one") return linkButton(`link-${judgeAction}page`, "Judge it", link);
  return judgeButtons.flatMap(({ answer, label }) =>
    linkButton(`link-${judgeAction}${answer}`, label, judgeAddress(link, answer)),
  );
}

function linkButton(action_id: string, label: string, url: string | null): LinkButton[] {
  if (url === null || url.length > digestLimits.url) return [];
  return [{ type: "button", action_id, url, text: plainText(label) }];
}

function lineRuns({ mark, title, state, reason, quality, trend }: DigestLine): RichText[] {
  const details = [reason, quality ?? "", trend?.words ?? ""].filter((part) => part !== "").join(" ");
  return [
    run(`${mark} ${cutAtWord(title, 100)}: ${state.toLowerCase()}. `, true),
    run(`${cutAtWord(details, 400)}\n`),
  ];
}

/** Lines that were cut here are counted with those the digest left out itself. */
function moreOf({ lines, moreLines }: Digest, cut: Cut): string | null {
  const hidden = lines.length - Math.min(lines.length, cut.lines);
  const parts = [hidden === 0 ? "" : `and ${hidden} more lines`, moreLines ?? ""];
  const said = parts.filter((part) => part !== "").join("; ");
  return said === "" ? null : said;
}

/** Where there is no room for them, what there is. */
function sectionsRuns({ sections }: Digest, { sectionLines }: Cut): RichText[] {
  if (sectionLines > 0) return sections.flatMap((section) => sectionRuns(section, sectionLines));
  const titles = sections.map(({ title }) => title.toLowerCase()).join("; ");
  return titles === "" ? [] : [run(`Too long for one message here: ${titles}`)];
}

function sectionRuns({ title, lines, more }: DigestSection, most: number): RichText[] {
  const shown = lines.slice(0, most);
  const hidden = lines.length - shown.length;
  const rest = [hidden === 0 ? "" : `and ${hidden} more lines`, more ?? ""].filter((part) => part !== "");
  return [
    run(`${title}\n`, true),
    run([...shown.map((line) => cutAtWord(line, 300)), ...rest].map((line) => `${line}\n`).join("")),
  ];
}

function pages({ url, stopUrl, lines }: Digest): SlackBlock[] {
  const elements = [
    ...linkButton("open", "All of it, as a page", lines.length === 0 ? null : url),
    ...linkButton("stop-digest", "Stop this message", stopUrl),
  ];
  return elements.length === 0 ? [] : [{ type: "actions", block_id: "digest", elements }];
}
