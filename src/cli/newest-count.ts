import { KnownError } from "../domain/errors.js";

/** Outputs read at most: they are held in memory. */
const mostOutputs = 10_000;

/** The number that `--last` gives, of the newest outputs; throws KnownError for anything else. */
export function newestCount(text: string, fewest: number): number {
  const last = Number(text);
  if (Number.isInteger(last) && last >= fewest && last <= mostOutputs) return last;
  throw new KnownError("usage", `--last ${text}: expected a whole number from ${fewest} to ${mostOutputs}`);
}
