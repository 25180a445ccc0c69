import type { Digest, DigestJudging, DigestLine } from "../domain/digest.js";
import { hang } from "./plain.js";

const width = 76;
/** What the buttons of a digest say, in their order. */
export const judgeButtons = [
  { answer: "right", label: "Looks right" },
  { answer: "wrong", label: "Wrong" },
  { answer: "cannot-tell", label: "Can't tell" },
] as const;

/** The text part of a digest: the same content in the same order as the HTML part. */
export function renderDigestText(digest: Digest): string {
  const { headline, intro, judging, lines, moreLines, sections, close, url, stopUrl } = digest;
  const parts = [
    hang([headline], { first: "", rest: "", width }),
    hang(intro, { first: "  ", rest: "  ", width }),
    ...judging.map(plainJudging),
    ...(lines.length === 0
      ? []
      : [["How everything stands", ...lines.flatMap(plainLine), ...more(moreLines)]]),
    ...sections.map((section) => [
      section.title,
      ...section.lines.flatMap((line) => hang([line], { first: "  - ", rest: "    ", width })),
      ...more(section.more),
    ]),
    url === null || lines.length === 0 ? [] : [`All of it: ${url}`],
    [
      "-- ",
      ...hang([close], { first: "", rest: "", width }),
      ...(stopUrl === null ? [] : [`Stop this mail: ${stopUrl}`]),
    ],
  ];
  const filled = parts.filter((part) => part.length > 0);
  return `${filled.map((part) => part.join("\n")).join("\n\n")}\n`;
}

function plainJudging({ title, question, outputs }: DigestJudging): string[] {
  return [
    ...hang([`${title}: ${question}`], { first: "", rest: "", width }),
    ...outputs.flatMap((output) => [
      "",
      ...hang([output.label], { first: "  ", rest: "  ", width }),
      ...(output.input === null ? [] : hang([output.input], { first: "  In:  ", rest: "       ", width })),
      ...hang([output.text], { first: "  Out: ", rest: "       ", width }),
      ...(output.link === null
        ? [`  On the machine it runs on: evenkeel judge ${output.spotCheck}`]
        : judgeButtons.map(({ answer, label }) => `  ${label}: ${judgeAddress(output.link, answer)}`)),
    ]),
  ];
}

/** The page of an output, with the button that was pressed in the mail. */
export function judgeAddress(link: string | null, answer: string): string {
  return `${link ?? ""}?say=${answer}`;
}

function plainLine({ mark, title, state, reason, quality, trend }: DigestLine): string[] {
  const details = [reason, ...(quality === null ? [] : [quality]), ...(trend === null ? [] : [trend.words])];
  return [
    ...hang([`${title}: ${state.toLowerCase()}`], { first: `${mark} `, rest: "  ", width }),
    ...details.flatMap((detail) => hang([detail], { first: "    ", rest: "    ", width })),
  ];
}

function more(text: string | null): string[] {
  return text === null ? [] : [`  ${text}`];
}
