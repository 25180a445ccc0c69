import type { Json } from "../domain/json.js";
import { upperFirst } from "../wording/sentences.js";
import {
  type IncidentMessage,
  labelsOf,
  newsLinesOf,
  openLabelOf,
  purposeOf,
  reportLabel,
  shownFacts,
  type Tone,
  toneOf,
  topLineOf,
} from "./message.js";
import { untilWithName } from "./plain.js";
import { stateBesideNews } from "./state-beside-news.js";
import { cutAtWord, cutLines } from "./trim-text.js";

/** Longest text of one line, and how much of an excerpt is shown. */
const limits = { line: 600, excerptLines: 6, excerpt: 400 } as const;

/** The message as an Adaptive Card: what, since, how sure, until, by hand, examples, the page. */
export function teamsCard(message: IncidentMessage): Json {
  const shown = shownFacts(message);
  const state = stateBesideNews(message);
  const { url, reportUrl } = message;
  const opens = [
    ...(url === null ? [] : [{ type: "Action.OpenUrl", title: openLabelOf(message), url }]),
    ...(reportUrl === undefined ? [] : [{ type: "Action.OpenUrl", title: reportLabel, url: reportUrl }]),
  ];
  return {
    $schema: "http://adaptivecards.io/schemas/adaptive-card.json",
    type: "AdaptiveCard",
    version: "1.4",
    msteams: { width: "Full" },
    fallbackText: cutAtWord(message.alert, limits.line),
    body: [
      text(headOf(message), { isSubtle: true, size: "Small" }),
      text(topLineOf(message), { size: "Large", weight: "Bolder", color: colors[toneOf(message)] }),
      ...newsLinesOf(message).map((line) => text(line)),
      ...(state === null ? [] : [text(state, { isSubtle: true })]),
      ...factRows(shown),
      ...byHand(shown),
      ...examples(shown),
      ...message.commands.map((command) =>
        text(`${purposeOf(message)}, on the machine it runs on: ${command}`, {
          isSubtle: true,
          size: "Small",
        }),
      ),
      text(message.smallPrint, { isSubtle: true, size: "Small" }),
    ],
    ...(opens.length === 0 ? {} : { actions: opens }),
  };
}

interface RunStyle {
  readonly size?: "Small" | "Large";
  readonly weight?: "Bolder";
  readonly color?: "Default" | "Attention" | "Warning" | "Good";
  readonly isSubtle?: boolean;
  readonly fontType?: "Monospace";
}

/** One paragraph; a TextRun shows its text as it is. */
function text(line: string, style: RunStyle = {}): Json {
  const runs = line
    .split("\n")
    .flatMap((part, index) => [
      ...(index === 0 ? [] : [{ type: "TextRun", text: "\n", ...style }]),
      { type: "TextRun", text: cutAtWord(part, limits.line), ...style },
    ]);
  return { type: "RichTextBlock", inlines: runs.filter((run) => run.text !== "") };
}

function headOf({ instance, when, incident }: IncidentMessage): string {
  const which = incident === null ? [] : [`incident ${incident.id}, ${incident.statusWord}`];
  return ["Evenkeel", instance, when, ...which].join(" · ");
}

const colors = {
  bad: "Attention",
  unknown: "Warning",
  good: "Good",
  plain: "Default",
} as const satisfies Record<Tone, RunStyle["color"]>;

function factRows(message: IncidentMessage): Json[] {
  const rows: [string, readonly string[]][] = [
    ["Since", message.since],
    [labelsOf(message).sure, message.howSure],
    ["Until", untilWithName(message)],
    ["Also", message.facts],
  ];
  return rows
    .filter(([, lines]) => lines.length > 0)
    .map(([label, lines]) => ({
      type: "ColumnSet",
      spacing: "Small",
      columns: [
        { type: "Column", width: "90px", items: [text(label, { isSubtle: true })] },
        { type: "Column", width: "stretch", items: lines.map((line) => text(upperFirst(line))) },
      ],
    }));
}

function byHand(message: IncidentMessage): Json[] {
  if (message.byHand === null) return [];
  const { intro, steps } = message.byHand;
  return [
    {
      type: "Container",
      style: "emphasis",
      items: [
        text(labelsOf(message).hand, { weight: "Bolder" }),
        ...steps.map((step, index) => text(`${index + 1}. ${step}`)),
        ...(intro === "" ? [] : [text(intro, { isSubtle: true, size: "Small" })]),
      ],
    },
  ];
}

function examples({ examples: shown }: IncidentMessage): Json[] {
  if (shown.length === 0) return [];
  return [
    text("Examples", { weight: "Bolder" }),
    ...shown.flatMap(({ label, id, when, reason, excerpt }) => [
      text(`${label}: ${id}, ${when}${reason === "" ? "" : ` · ${reason}`}`, { size: "Small" }),
      ...(excerpt === ""
        ? []
        : [text(cutLines(excerpt, limits.excerptLines, limits.excerpt), { fontType: "Monospace" })]),
    ]),
  ];
}
