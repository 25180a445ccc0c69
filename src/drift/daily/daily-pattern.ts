import { startOfDay, wallTime, weekdayOf } from "../../measure/local-time.js";
import { median } from "../../measure/quantile.js";

const hourMs = 3_600_000;
const dayHours = 24;
const weekMs = 7 * dayHours * hourMs;

/** The logarithm of one run's number. */
export interface LoggedRun {
  readonly runId: number;
  readonly at: number;
  /** Rounded to 32 bits, as it is stored. */
  readonly ln: number;
}

/** The usual logarithm by hour of the day: 24 of Monday to Friday, then 24 of the weekend; null: none was seen. */
export interface DailyPattern {
  readonly usual: readonly (number | null)[];
  /** The middle of everything: what an hour without runs of its own is compared with. */
  readonly centre: number;
}

/** Runs rarer than this are weekly ones, and no hour of theirs says anything. */
const rarestMs = 4 * dayHours * hourMs;

/**
 * The daily pattern of a number per run.
 *
 * Formula: the median of ln x by hour of the local day, Monday to Friday and the weekend apart; what is followed is
 * ln x less that median. Assumes that days of a kind are alike. Smallest sample: two weeks; runs more than four
 * days apart get no pattern, only their common median.
 * Default: DETECTION 1.7. Source: J. W. Tukey, 1977, "Exploratory Data Analysis", chapter 11 (medians removed
 * from a table of times).
 */
export function dailyPattern(runs: readonly LoggedRun[], timeZone: string): DailyPattern {
  const centre = median(runs.map(({ ln }) => ln)) ?? 0;
  const nothing = Array.from({ length: 2 * dayHours }, () => null);
  if (!isFrequent(runs)) return { usual: nothing, centre };
  const cells: number[][] = nothing.map(() => []);
  for (const { at, ln } of runs) cells[cellOf(at, timeZone)]?.push(ln);
  return { usual: cells.map((values) => median(values)), centre };
}

/** ln x less what is usual at its hour. */
export function residualOf({ usual, centre }: DailyPattern, { at, ln }: LoggedRun, timeZone: string): number {
  return Math.fround(ln - (usual[cellOf(at, timeZone)] ?? centre));
}

/** The residuals of the runs a pattern was learned from, each week against the others: none judges itself. */
export function baselineResiduals(runs: readonly LoggedRun[], timeZone: string): readonly number[] {
  const firstAt = runs[0]?.at ?? 0;
  const weekOf = ({ at }: LoggedRun) => Math.floor((at - firstAt) / weekMs);
  const patterns = new Map<number, DailyPattern>();
  return runs.map((run) => {
    const week = weekOf(run);
    const others =
      patterns.get(week) ??
      dailyPattern(
        runs.filter((each) => weekOf(each) !== week),
        timeZone,
      );
    patterns.set(week, others);
    return residualOf(others, run, timeZone);
  });
}

/** The time that the runs span. */
export function spanMs(runs: readonly LoggedRun[]): number {
  return (runs.at(-1)?.at ?? 0) - (runs[0]?.at ?? 0);
}

function isFrequent(runs: readonly LoggedRun[]): boolean {
  return runs.length > 1 && spanMs(runs) / (runs.length - 1) < rarestMs;
}

function cellOf(at: number, timeZone: string): number {
  const wall = wallTime(at, timeZone);
  const hour = Math.floor((wall - startOfDay(wall)) / hourMs);
  return weekdayOf(wall) < 5 ? hour : dayHours + hour;
}
