import { z } from "zod";
import type { Value } from "../metric.js";
import type { Tally } from "./tally.js";

/** A tally as it is stored. A text of many lines in ascending order, which shapes are, is the places of its lines. */
export const storedTally = z
  .array(
    z
      .tuple([z.union([z.boolean(), z.number(), z.string(), z.array(z.number()).readonly()]), z.number()])
      .readonly(),
  )
  .readonly();

type StoredTally = z.infer<typeof storedTally>;

/** The lines that occur in the tallies, in ascending order; each is stored once. */
export function linesOf(tallies: readonly (Tally | null)[]): readonly string[] {
  const lines = new Set<string>();
  for (const value of tallies.flatMap((tally) => (tally === null ? [] : [...tally.keys()])))
    for (const line of ascendingLines(value) ?? []) lines.add(line);
  return [...lines].sort();
}

/** Writes tallies whose lines are these. */
export function tallyWriter(lines: readonly string[]): (tally: Tally) => StoredTally {
  const placeOf = new Map(lines.map((line, at) => [line, at]));
  return (tally) =>
    [...tally].map(([value, count]) => {
      const own = ascendingLines(value);
      return [own === null ? value : spansOf(own.map((line) => placeOf.get(line) ?? 0)), count];
    });
}

/** Reads tallies whose lines are these; `refuse` makes the error for a line that is not there. */
export function tallyReader(
  lines: readonly string[],
  refuse: (what: string) => Error,
): (tally: StoredTally) => Tally {
  const lineAt = (at: number): string => {
    const line = lines[at];
    if (line === undefined) throw refuse(`names line ${at}, expected one of ${lines.length}`);
    return line;
  };
  const readValue = (value: StoredTally[number][0]): Value =>
    typeof value === "object" ? placesIn(value, lines.length).map(lineAt).join("\n") : value;
  return (tally) => new Map(tally.map(([value, count]) => [readValue(value), count]));
}

function ascendingLines(value: Value): readonly string[] | null {
  if (typeof value !== "string" || !value.includes("\n")) return null;
  const lines = value.split("\n");
  return lines.every((line, at) => at === 0 || (lines[at - 1] ?? "") < line) ? lines : null;
}

/** Ascending places as first, length, first, length; most outputs have most fields. */
function spansOf(places: readonly number[]): readonly number[] {
  const spans: number[] = [];
  for (const place of places) {
    const first = spans.at(-2) ?? -1;
    const length = spans.at(-1) ?? 0;
    if (first + length === place) spans[spans.length - 1] = length + 1;
    else spans.push(place, 1);
  }
  return spans;
}

function placesIn(spans: readonly number[], most: number): readonly number[] {
  const places: number[] = [];
  for (let at = 0; at + 1 < spans.length; at += 2) {
    const first = spans[at] ?? 0;
    for (let step = 0; step < Math.min(spans[at + 1] ?? 0, most + 1); step += 1) places.push(first + step);
  }
  return places;
}
