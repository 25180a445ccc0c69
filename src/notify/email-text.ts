import { lowerFirst } from "../wording/sentences.js";
import { type IncidentMessage, markOf, newsLinesOf, purposeOf, shownFacts, topLineOf } from "./message.js";
import { hang, type PlainLayout, plainByHand, plainExamples, plainFacts } from "./plain.js";
import { cutAtWord } from "./trim-text.js";

const layout: PlainLayout = { width: 76, excerptMax: 200 };

/** Longest subject; longer ones are cut by mail readers anyway. */
const subjectMax = 150;

/** The subject: what is wrong, or what has just happened to which incident. */
export function emailSubject(message: IncidentMessage): string {
  return cutAtWord(subjectOf(message), subjectMax);
}

function subjectOf({ kind, incident, automation, headline, news, instance }: IncidentMessage): string {
  const which = `${automation?.title ?? instance}, incident ${incident?.id ?? ""}`;
  switch (kind) {
    case "opened":
      return headline;
    case "summary":
      return `${instance}: ${lowerFirst(headline)}`;
    case "test":
      return `Test from Evenkeel at ${instance}: nothing is wrong`;
    case "escalated":
      return `Yours now: ${which}`;
    case "recovered":
      return news?.line ?? headline;
    case "ended":
      return `${automation?.title ?? instance}: ${lowerFirst(news?.line ?? headline)}`;
    case "moved":
      return `${which}: ${news?.line ?? headline}`;
  }
}

/** The text part: the same content in the same order as the HTML part. */
export function renderEmailText(message: IncidentMessage): string {
  const { url, commands, smallPrint, state, news } = message;
  const shown = shownFacts(message);
  const what = message.kind === "summary" ? "See all messages" : "Open the incident";
  const open = url === null ? [] : [`${what}: ${url}`, "The link only shows."];
  const parts = [
    hang([topLineOf(message)], { first: `${markOf(message)} `, rest: "  ", width: layout.width }),
    indented([...newsLinesOf(message), ...(news === null || state === null ? [] : [state])]),
    plainFacts(shown, layout),
    plainByHand(shown, layout),
    indented([
      ...open,
      // on a line of its own, so that no break comes into what is to be copied
      ...commands.flatMap((command) => [`${purposeOf(message)}, on the machine it runs on:`, command]),
    ]),
    plainExamples(shown, layout),
    ["-- ", ...hang([smallPrint], { first: "", rest: "", width: layout.width })],
  ];
  const filled = parts.filter((part) => part.length > 0);
  return `${filled.map((part) => part.join("\n")).join("\n\n")}\n`;
}

function indented(lines: readonly string[]): string[] {
  return hang(lines, { first: "  ", rest: "  ", width: layout.width });
}
