import {
  type IncidentMessage,
  linksOf,
  linksOnlyAsk,
  markOf,
  newsLinesOf,
  openLabelOf,
  purposeOf,
  reportLabel,
  shownFacts,
  topLineOf,
} from "./message.js";
import { hang, type PlainLayout, plainByHand, plainExamples, plainFacts } from "./plain.js";
import { stateBesideNews } from "./state-beside-news.js";
import { cutAtWord } from "./trim-text.js";

const layout: PlainLayout = { width: 76, excerptMax: 200 };

/** Longest subject without the incident's number; longer ones are cut by mail readers anyway. */
const subjectMax = 130;

/**
 * The subject, the same for every message of an incident but for "Re:": mail readers keep together what refers to one
 * message and is called the same. What has happened is the first line, which their lists show beside it.
 */
export function emailSubject({ kind, incident, headline, instance }: IncidentMessage): string {
  if (incident === null)
    return kind === "test"
      ? `Test from Evenkeel at ${instance}: nothing is wrong`
      : cutAtWord(headline, subjectMax);
  const subject = `${cutAtWord(headline, subjectMax)} (incident ${incident.id})`;
  return kind === "opened" || kind === "group" || kind === "escalated" ? subject : `Re: ${subject}`;
}

/** The text part: the same content in the same order as the HTML part. */
export function renderEmailText(message: IncidentMessage, why: string): string {
  const { url, commands, smallPrint, reportUrl } = message;
  const state = stateBesideNews(message);
  const shown = shownFacts(message);
  const open = url === null ? [] : [`${openLabelOf(message)}: ${url}`];
  const links = linksOf(message).flatMap(({ label, link }) => [`${label}:`, link]);
  const parts = [
    hang([topLineOf(message)], { first: `${markOf(message)} `, rest: "  ", width: layout.width }),
    indented([...newsLinesOf(message), ...(state === null ? [] : [state])]),
    plainFacts(shown, layout),
    plainByHand(shown, layout),
    indented([
      ...links,
      ...open,
      ...(links.length > 0 ? [linksOnlyAsk] : url === null ? [] : ["The link only shows."]),
      // on a line of its own, so that no break comes into what is to be copied
      ...commands.flatMap((command) => [`${purposeOf(message)}, on the machine it runs on:`, command]),
      ...(reportUrl === undefined ? [] : [`${reportLabel}:`, reportUrl]),
    ]),
    plainTrend(shown),
    plainExamples(shown, layout),
    ["-- ", ...hang([smallPrint, why], { first: "", rest: "", width: layout.width })],
  ];
  const filled = parts.filter((part) => part.length > 0);
  return `${filled.map((part) => part.join("\n")).join("\n\n")}\n`;
}

/** A line for each day: its name, and its numbers in words. */
function plainTrend({ trend }: IncidentMessage): string[] {
  if (trend === null) return [];
  const column = Math.max(...trend.bars.map(({ label }) => label.length)) + 2;
  return [
    ...indented([trend.title]),
    ...trend.bars.map(({ label, words }) => `    ${label.padEnd(column)}${words}`),
  ];
}

function indented(lines: readonly string[]): string[] {
  return hang(lines, { first: "  ", rest: "  ", width: layout.width });
}
