import { type Counts, shareOf } from "../../measure/counts.js";

/** At least so many outputs must have changed sides. */
const fewestOutputs = 2;

/**
 * Whether a change is large enough to tell anyone.
 *
 * Formula: |share since - share before| >= minimumEffect and that difference times the outputs since >= 2,
 * with share before = (hits + .5) / (n + 1).
 * Smallest sample: 2 outputs since. Default minimumEffect 3 points: 5 would hide 0.99 to 0.95, 3 cost it 2 to
 * 5% of delay (simulation). Without the gate a share that is always or never true reaches an evidence of
 * 1,000 by itself after 700 to 4,000 runs, since it looks ever more certain.
 * Source: our own, see `npm run bench:detection`.
 */
export function passesGate(before: Counts, since: Counts, minimumEffect: number): boolean {
  const difference = Math.abs((shareOf(since) ?? 0) - (before.hits + 0.5) / (before.n + 1));
  return since.n > 0 && difference >= minimumEffect && difference * since.n >= fewestOutputs;
}

/**
 * The gate of a stated floor: at least two outputs fewer have passed than the floor asks for.
 * The owner has said what matters, so no number of points is asked for; and a stated rate never looks more
 * certain than it is, which is what the points guard against.
 */
export function fallsShort(floor: number, since: Counts): boolean {
  return floor * since.n - since.hits >= fewestOutputs;
}
