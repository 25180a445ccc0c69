/**
 * Which column of a sheet is which part of a register entry. In: the cells of a heading. Out: the column of each part,
 * and the columns that are none. Names are the usual ones in English and German, whatever their case and marks.
 */
import { foldText } from "../../text/fold.js";
import { usualNames } from "./column-names.js";

/** A part of an entry that a column can fill. */
export type ColumnPart = keyof typeof usualNames;

/** Every part, for `--map`. */
export const columnParts: readonly ColumnPart[] = Object.keys(usualNames).filter(isPart);

/** Columns that the register's own CSV has and that are worked out, not stated. */
const workedOut = new Set(["review due", "watched", "checks", "golden cases", "complete", "missing"]);

/** Which column is what. */
export interface Columns {
  /** Index of the column of each part. */
  readonly of: ReadonlyMap<ColumnPart, number>;
  /** Columns with a heading that says nothing we know. */
  readonly unknown: readonly { readonly index: number; readonly heading: string }[];
  /** Columns that say the same as another one before them. */
  readonly repeated: readonly {
    readonly index: number;
    readonly heading: string;
    readonly part: ColumnPart;
  }[];
  readonly headings: readonly string[];
  /** Currency that the heading of the cost names: "Cost (EUR)". */
  readonly currency: string | null;
}

/** Reads a heading; `given` names columns the reader has been told of. */
export function columnsOf(
  cells: readonly string[],
  given: ReadonlyMap<string, ColumnPart> = new Map(),
): Columns {
  const headings = cells.map((cell) => cell.replace(/[\p{Cc}\p{Cf}]+/gu, " ").trim());
  const of = new Map<ColumnPart, number>();
  const unknown: { index: number; heading: string }[] = [];
  const repeated: { index: number; heading: string; part: ColumnPart }[] = [];
  headings.forEach((heading, index) => {
    const part = given.get(nameKey(heading)) ?? partOf(heading);
    if (heading === "" || workedOut.has(nameKey(heading))) return;
    if (part === null) unknown.push({ index, heading });
    else if (of.has(part)) repeated.push({ index, heading, part });
    else of.set(part, index);
  });
  const costAt = of.get("cost") ?? of.get("yearlyCost");
  return { of, unknown, repeated, headings, currency: currencyIn(headings[costAt ?? -1] ?? "") };
}

/** A heading without case, diacritics, marks and what stands in brackets. */
export function nameKey(heading: string): string {
  return foldText(heading.replace(/\([^)]*\)|\[[^\]]*\]/g, " "))
    .replace(/[^a-z0-9]+/g, " ")
    .trim();
}

const partOfName: ReadonlyMap<string, ColumnPart> = new Map(
  columnParts.flatMap((part) => usualNames[part].map((name) => [name, part] as const)),
);

function partOf(heading: string): ColumnPart | null {
  const name = nameKey(heading);
  return (
    partOfName.get(name) ?? partOfName.get(name.replace(/ (per month|monthly|eur|usd|chf|gbp)$/, "")) ?? null
  );
}

function currencyIn(heading: string): string | null {
  if (/€/.test(heading)) return "EUR";
  return /\b([A-Z]{3})\b/.exec(heading)?.[1] ?? null;
}

function isPart(name: string): name is ColumnPart {
  return name in usualNames;
}
