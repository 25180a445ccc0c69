import { upperFirst, withoutStop } from "../wording/sentences.js";
import { type IncidentMessage, labelsOf, type MessageExample } from "./message.js";
import {
  escapeSlack,
  markupSection,
  mentionOf,
  plainText,
  type RichPreformatted,
  type RichSection,
  type SlackBlock,
} from "./slack-blocks.js";
import { actionBlocks, type Presses } from "./slack-buttons.js";
import { slackFaults, slackLimits } from "./slack-limits.js";
import { cutAtWord, cutLines } from "./trim-text.js";

/** How much of a message is shown; tried in order until it fits. Steps and deadlines always stay. */
interface Cut {
  readonly wrong: number;
  readonly right: number;
  readonly step: number;
  readonly facts: number;
}

const cuts: readonly Cut[] = [
  { wrong: 3, right: 1, step: 1_000, facts: 6 },
  { wrong: 2, right: 1, step: 1_000, facts: 6 },
  { wrong: 2, right: 0, step: 1_000, facts: 6 },
  { wrong: 1, right: 0, step: 1_000, facts: 6 },
  { wrong: 1, right: 0, step: 240, facts: 3 },
  { wrong: 0, right: 0, step: 120, facts: 0 },
  { wrong: 0, right: 0, step: 40, facts: 0 },
];

/** The blocks of the message that stands for the incident, cut until they are inside the limits; null: nothing fits. */
export function rootBlocks(message: IncidentMessage, presses: Presses): SlackBlock[] | null {
  return fitting((cut) => [
    ...header(message),
    ...(message.state === null ? [] : [markupSection([`*${escapeSlack(message.state)}*`])]),
    ...facts(message, cut),
    ...byHand(message, cut),
    ...actionBlocks(message, presses),
    ...examples(message, cut),
    ...smallPrint(message),
  ]);
}

/** The blocks of a reply in the incident's thread: one fact, what it asks, and where to go on. */
export function replyBlocks(message: IncidentMessage, presses: Presses): SlackBlock[] | null {
  const { news, kind } = message;
  if (news === null) return rootBlocks(message, presses);
  if (kind === "moved") {
    // in the thread of a group it has to say which of them
    const which =
      message.group === undefined ? "" : `${message.automation?.title}, incident ${message.incident?.id}: `;
    return fitting(() => [
      {
        type: "section",
        text: plainText(cutAtWord([`${which}${news.line}`, ...news.details].join("\n"), 2_000)),
      },
    ]);
  }
  const calls = kind === "escalated" || kind === "reminder";
  const called =
    calls && message.mention !== null ? `${mentionOf(message.mention.name, message.mention.slackId)}, ` : "";
  const line = called === "" ? news.line : news.line.replace(/^Incident/, "incident");
  const repeated = calls ? escalatedLines(message) : [];
  return fitting((cut) => [
    markupSection([
      `*${called}${escapeSlack(line)}*`,
      ...repeated,
      ...news.details.map((detail) => escapeSlack(cutAtWord(detail, cut.step))),
    ]),
    ...actionBlocks(message, presses),
    ...smallPrint(message),
  ]);
}

/** The person called now has not read the thread: what, the first step, until when. */
function escalatedLines({ headline, byHand: help, until }: IncidentMessage): string[] {
  const step = help?.steps[0];
  const first = step === undefined ? "" : ` First step by hand: ${withoutStop(step)}.`;
  return [`${escapeSlack(cutAtWord(`${headline}.${first}`, 1_000))}`, `*${sentences(until)}*`];
}

function fitting(build: (cut: Cut) => SlackBlock[]): SlackBlock[] | null {
  return cuts.map(build).find((blocks) => slackFaults(blocks).length === 0) ?? null;
}

function header({ headline }: IncidentMessage): SlackBlock[] {
  return [{ type: "header", text: plainText(cutAtWord(headline, slackLimits.header)) }];
}

function facts(message: IncidentMessage, cut: Cut): SlackBlock[] {
  const { since, howSure, until, mention, facts: more } = message;
  const called = mention === null ? "" : `${mentionOf(mention.name, mention.slackId)}: `;
  const cutOff = [...message.headline].length > slackLimits.header;
  const lines = [
    cutOff ? escapeSlack(cutAtWord(message.headline, 600)) : "",
    since.length === 0 ? "" : `*Since* ${escapeSlack(since.join(". "))}`,
    howSure.length === 0 ? "" : `*${labelsOf(message).sure}* ${sentences(howSure)}`,
    until.length === 0 ? "" : `*Until* ${called}${sentences(until, called === "")}`,
    ...more.slice(0, cut.facts).map((fact) => `*Also* ${escapeSlack(cutAtWord(fact, cut.step))}`),
    // a reply says its news itself; a message about no single incident has no other place for it
    ...(message.incident === null && message.news !== null
      ? [message.news.line, ...message.news.details].map(
          (line, index) => `${index === 0 ? called : ""}${escapeSlack(cutAtWord(line, 220))}`,
        )
      : []),
  ].filter((line) => line !== "");
  return lines.length === 0 ? [] : [markupSection(lines)];
}

/** Phrases as sentences, without a last full stop. */
function sentences(phrases: readonly string[], capital = true): string {
  return phrases
    .map((phrase, index) => escapeSlack(index === 0 && !capital ? phrase : upperFirst(phrase)))
    .join(". ");
}

function byHand(message: IncidentMessage, cut: Cut): SlackBlock[] {
  if (message.byHand === null) return [];
  const { intro, steps } = message.byHand;
  return [
    markupSection([
      `*${labelsOf(message).hand}*${intro === "" ? "" : ` (${escapeSlack(intro)})`}`,
      ...steps.map((step, index) => `${index + 1}. ${escapeSlack(cutStep(step, cut.step))}`),
    ]),
  ];
}

function cutStep(step: string, max: number): string {
  return step.length <= max ? step : `${cutAtWord(step, max)} more on the page`;
}

function examples(message: IncidentMessage, cut: Cut): SlackBlock[] {
  const of = (kind: MessageExample["kind"], most: number) =>
    message.examples.filter((example) => example.kind === kind).slice(0, most);
  const elements = [...of("wrong", cut.wrong), ...of("right", cut.right)].flatMap(exampleElements);
  return elements.length === 0 ? [] : [{ type: "rich_text", elements }];
}

function exampleElements(example: MessageExample): (RichSection | RichPreformatted)[] {
  const head = `${example.label}, ${cutAtWord(example.id, 80)}, ${example.when}${example.reason === "" ? "" : ": "}`;
  const reason = cutAtWord(example.reason, 300);
  const excerpt = cutLines(example.excerpt, slackLimits.excerptLines, slackLimits.excerpt / 2);
  return [
    {
      type: "rich_text_section",
      elements: [
        { type: "text", text: head, style: { bold: true } },
        ...(reason === "" ? [] : [{ type: "text" as const, text: reason, style: { bold: false } }]),
      ],
    },
    ...(excerpt === "" ? [] : [preformatted(excerpt)]),
  ];
}

function preformatted(text: string): RichPreformatted {
  return { type: "rich_text_preformatted", elements: [{ type: "text", text }] };
}

function smallPrint({ smallPrint: print, commands }: IncidentMessage): SlackBlock[] {
  const text = [print, ...commands].filter((part) => part !== "").join(" · ");
  return text === ""
    ? []
    : [{ type: "context", elements: [plainText(cutAtWord(text, slackLimits.context))] }];
}

/** The text beside the blocks: the phone's line, and all that arrives where blocks are refused. */
export function slackText(message: IncidentMessage): string {
  return escapeSlack(cutAtWord(message.alert, 600));
}

/** Everything that must not be lost, short and without blocks, with the page's address. */
export function plainSlackText(message: IncidentMessage): string {
  const lines = [message.alert, ...(message.url === null ? message.commands : [message.url])];
  return lines.map((line) => escapeSlack(cutAtWord(line, 600))).join("\n");
}
