import { dayMs } from "../domain/time.js";
import { sayAbout } from "../wording/numbers.js";
import type { Ground, Watched } from "./ground.js";

const lookBackMs = 28 * dayMs;
const weekMs = 7 * dayMs;

/** How fast outputs are drawn. */
export interface DrawnRate {
  readonly outputsPerRun: number;
  /** null: there is no week of runs to tell from. */
  readonly outputsPerWeek: number | null;
  readonly runsPerWeek: number | null;
  /** Whether all that came was drawn: a larger sample would find no more. */
  readonly drawsAll: boolean;
}

/** The rate of the last four weeks' runs with outputs; of a source that gives no more, up to its last run. */
export function drawnRate({ store, clock }: Ground, { entry, complete }: Watched): DrawnRate {
  const now = clock.now();
  const { runs, outputs, drawn, firstAt, lastAt } = store.runs.withDataSince(
    entry.id,
    "sampled",
    now - lookBackMs,
  );
  const known = { outputsPerRun: runs === 0 ? 1 : drawn / runs, drawsAll: drawn >= outputs };
  const span = firstAt === null || lastAt === null ? 0 : (complete ? lastAt : now) - firstAt;
  if (span < weekMs) return { ...known, outputsPerWeek: null, runsPerWeek: null };
  const weeks = span / weekMs;
  return { ...known, outputsPerWeek: drawn / weeks, runsPerWeek: runs / weeks };
}

/** "about 12 outputs a week". */
export function sayDrawnRate({ outputsPerWeek }: DrawnRate): string {
  if (outputsPerWeek === null) return "How many outputs come a week is not known yet";
  return outputsPerWeek < 1 ? "less than 1 output a week" : `${sayAbout(outputsPerWeek)} outputs a week`;
}
