/**
 * Pages through lists that are fetched again: an answer or an output that holds more records than one
 * reading may take, and that overlaps with the one before. Pure.
 */
import { createHash } from "node:crypto";
import { z } from "zod";
import type { Json } from "../domain/json.js";
import { canonicalJson } from "../text/json-value.js";

/** Most records remembered as seen; 16 characters each in the stored cursor. */
const MAX_RECENT = 2_000;

/** How far one list has been taken, and what the list before it held. */
export const passSchema = z.strictObject({
  taken: z.number().int().nonnegative(),
  recent: z.array(z.string()),
});

/** How far one list has been taken, and what the list before it held. */
export type Pass = z.infer<typeof passSchema>;

/** The beginning. */
export const firstPass: Pass = { taken: 0, recent: [] };

/** A record to map, with its place in the list. */
export interface Numbered {
  readonly record: Json;
  readonly index: number;
}

/** What one reading takes of a list. */
export interface Taken {
  readonly fresh: readonly Numbered[];
  readonly pass: Pass;
  /** True when the list is used up. */
  readonly finished: boolean;
}

/** Takes the next records that the list before did not hold; a finished list is remembered. */
export function takeRecords(records: readonly Json[], pass: Pass, limit: number): Taken {
  const seen = new Set(pass.recent);
  const fresh: Numbered[] = [];
  let index = pass.taken;
  for (; index < records.length && fresh.length < limit; index += 1) {
    const record = records[index] ?? null;
    if (!seen.has(keyOf(record))) fresh.push({ record, index });
  }
  if (index < records.length) return { fresh, pass: { ...pass, taken: index }, finished: false };
  const recent = records.length === 0 ? pass.recent : records.slice(-MAX_RECENT).map(keyOf);
  return { fresh, pass: { taken: 0, recent }, finished: true };
}

function keyOf(record: Json): string {
  return createHash("sha256").update(canonicalJson(record)).digest("hex").slice(0, 16);
}
