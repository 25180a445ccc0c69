import type { Observation, Value } from "../metric.js";

/** How often each value occurred, in order of first occurrence. */
export type Tally = ReadonlyMap<Value, number>;

/** Counts the values that `read` accepts, in the form it gives them. */
export function tallyOf(values: readonly Observation[], read: (value: Observation) => Value | null): Tally {
  const tally = new Map<Value, number>();
  for (const value of values) {
    const counted = read(value);
    if (counted !== null) {
      tally.set(counted, (tally.get(counted) ?? 0) + 1);
    }
  }
  return tally;
}

/** All tallies in one. */
export function mergeTallies(tallies: readonly Tally[]): Tally {
  const merged = new Map<Value, number>();
  for (const [value, count] of tallies.flatMap((tally) => [...tally])) {
    merged.set(value, (merged.get(value) ?? 0) + count);
  }
  return merged;
}

/** The number of outputs counted. */
export function sizeOf(tally: Tally): number {
  let size = 0;
  for (const count of tally.values()) {
    size += count;
  }
  return size;
}

/** Characters of a text that take as much room as one value. */
const roomOfValue = 500;

/** The room that a tally takes: its distinct values, long texts more than once. */
export function roomFor(tally: Tally): number {
  let room = 0;
  for (const value of tally.keys())
    room += typeof value === "string" ? Math.max(1, Math.ceil(value.length / roomOfValue)) : 1;
  return room;
}

/** What of the tally has room for `limit` distinct values, evenly spread over their order of occurrence. */
export function thinned(tally: Tally, limit: number): Tally {
  const room = roomFor(tally);
  if (room <= limit) {
    return tally;
  }
  const entries = [...tally];
  const length = Math.max(1, Math.floor((limit * entries.length) / room));
  return new Map(
    Array.from({ length }, (_, at) => entries[Math.floor((at * entries.length) / length)] ?? [0, 0]),
  );
}
