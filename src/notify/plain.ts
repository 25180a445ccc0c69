import { type IncidentMessage, labelsOf, type MessageExample } from "./message.js";
import { cutAtWord, oneLine, wrap } from "./trim-text.js";

/** A message as plain lines: what the terminal prints inside its frame and an e-mail's text part holds. */
export interface PlainLayout {
  /** Columns of a line. */
  readonly width: number;
  /** Longest excerpt of an output. */
  readonly excerptMax: number;
}

const indent = "  ";

/** The rows since, how sure, until, also: a label column and what belongs to it. */
export function plainFacts(message: IncidentMessage, layout: PlainLayout): string[] {
  const { sure } = labelsOf(message);
  const rows: [string, readonly string[]][] = [
    ["Since", message.since],
    [sure, message.howSure],
    ["Until", untilWithName(message)],
    ["Also", message.facts],
  ];
  const filled = rows.filter(([, lines]) => lines.length > 0);
  const column = Math.max(0, ...filled.map(([label]) => label.length)) + 2;
  return filled.flatMap(([label, lines]) =>
    hang(lines, {
      first: `${indent}${label.padEnd(column)}`,
      rest: " ".repeat(column + 2),
      width: layout.width,
    }),
  );
}

/** "Jonas Feld: acknowledge by 08:02 or Marta Quill (owner) is called". */
export function untilWithName({ mention, until }: IncidentMessage): string[] {
  const [first, ...rest] = until;
  if (first === undefined) return [];
  return [mention === null ? first : `${mention.name}: ${first}`, ...rest];
}

/** "Do this by hand now (who; how many wait)" and the numbered steps. */
export function plainByHand(message: IncidentMessage, layout: PlainLayout): string[] {
  if (message.byHand === null) return [];
  const { intro, steps } = message.byHand;
  const title = `${labelsOf(message).hand}${intro === "" ? "" : ` (${intro})`}`;
  return [
    ...hang([title], { first: indent, rest: indent, width: layout.width }),
    ...steps.flatMap((step, index) => {
      const number = `${indent}${index + 1}. `;
      return hang([step], { first: number, rest: " ".repeat(number.length), width: layout.width });
    }),
  ];
}

/** One line per example where it fits: label, id, excerpt, what is wrong with it. */
export function plainExamples(message: IncidentMessage, layout: PlainLayout): string[] {
  const { examples } = message;
  const idColumn = Math.max(0, ...examples.map(({ id }) => id.length).filter((length) => length <= 16));
  const excerpts = examples.map(({ excerpt }) => cutAtWord(onOneLine(excerpt), layout.excerptMax));
  const side = Math.max(0, ...excerpts.map((excerpt) => excerpt.length));
  return examples.flatMap((example, index) => {
    const label = `${indent}${(example.label.split(",")[0] ?? "").padEnd(labelColumn)}`;
    const rest = " ".repeat(label.length + 2);
    const excerpt = excerpts[index] ?? "";
    if (example.id.length > idColumn) {
      return hang([example.id, noteOf(example), excerpt], { first: label, rest, width: layout.width });
    }
    const first = `${label}${example.id.padEnd(idColumn)}  `;
    const lines = side <= 20 ? [`${excerpt.padEnd(side)}  ${noteOf(example)}`] : [noteOf(example), excerpt];
    return hang(lines, { first, rest, width: layout.width });
  });
}

function onOneLine(excerpt: string): string {
  return excerpt
    .split("\n")
    .map(oneLine)
    .filter((line) => line !== "")
    .join(" · ");
}

function noteOf(example: MessageExample): string {
  if (example.kind === "wrong" && example.reason !== "") return example.reason;
  return [...(example.reason === "" ? [] : [example.reason]), example.when, "before"].join(", ");
}

/** Columns of "Wrong", "Right", "Before" and the space after them. */
const labelColumn = 8;

/** Lines under one another, the first after `first`, the others after `rest`. */
export function hang(
  texts: readonly string[],
  { first, rest, width }: { readonly first: string; readonly rest: string; readonly width: number },
): string[] {
  const lines = texts
    .filter((text) => text.trim() !== "")
    .flatMap((text) => wrap(text, width - Math.max(first.length, rest.length)));
  return lines.map((line, index) => `${index === 0 ? first : rest}${line}`.trimEnd());
}
