import { startOfDay, wallTime, weekdayOf } from "../../measure/local-time.js";

const hourMs = 3_600_000;
const dayHours = 24;
/** Hours of a full week. */
export const weekHours = 168;

/** The outputs of one hour. */
export interface Hour {
  readonly runId: number;
  /** When the hour begins. */
  readonly at: number;
  readonly seen: number;
}

/** How many outputs each hour of the week brings. */
export interface Profile {
  /** By hour of the local week, from Monday 0:00 on. */
  readonly expected: readonly number[];
  /** By how much hours vary more than independent arrivals would. */
  readonly phi: number;
  /** Outputs it was learned from. */
  readonly outputs: number;
  /** Full weeks it was learned from; 0: it is an older one, scaled to an accepted change. */
  readonly weeks: number;
}

/** Which hour of the local week an instant lies in; Monday 0:00 is the first. */
export function hourOfWeek(at: number, timeZone: string): number {
  const wall = wallTime(at, timeZone);
  return weekdayOf(wall) * dayHours + Math.floor((wall - startOfDay(wall)) / hourMs);
}

/** An hour with its place in the local week. */
interface PlacedHour {
  readonly cell: number;
  readonly seen: number;
}

/** How many outputs the prior behind every cell is worth, before run-to-run variation. */
const shrinkage = 20;
/** What is added to every sum, so that nothing counts as impossible. */
const half = 0.5;

/**
 * The weekly profile of hours and how much they vary around it.
 *
 * Formula: pooled = total of the weekday x share of the hour among its kind of day (Monday to Friday, weekend;
 * +0.5 per sum); e = pooled (X + s) / (pooled + s) / weeks, X = the total of that hour of the week,
 * s = 20 phi0; phi = max(1, sum (x - e)² / sum e), each week predicted from the others; phi0 the same with
 * pooled alone. Totals are means over the hours that were seen, times the weeks: where the clock changes or
 * hours are unknown, an hour of the week occurs more or less often than there are weeks.
 * Assumes that weeks are alike. Smallest sample: two full weeks (336 known hours).
 * Defaults: DETECTION 1.6; the half output per weekday is ours, for days on which nothing ever came.
 * Source: W. S. Cleveland, S. J. Devlin, 1980, "Calendar effects in monthly time series" (day effects); P.
 * McCullagh, J. A. Nelder, 1989, "Generalized Linear Models", 6.2 (overdispersed counts); shrinkage: H. Robbins,
 * 1956, "An empirical Bayes approach to statistics".
 */
export function profileOf(hours: readonly Hour[], timeZone: string): Profile {
  const placed = hours.map(({ at, seen }) => ({ cell: hourOfWeek(at, timeZone), seen }));
  const weeks = Math.floor(placed.length / weekHours);
  const pooledPhi = variationOf(placed, (others) => pooledRates(others));
  const prior = shrinkage * pooledPhi;
  const phi = variationOf(placed, (others) => shrunkRates(others, prior));
  return {
    expected: shrunkRates(placed, prior),
    phi,
    outputs: hours.reduce((sum, { seen }) => sum + seen, 0),
    weeks,
  };
}

/** phi, each week predicted from the others. */
function variationOf(
  hours: readonly PlacedHour[],
  ratesOf: (hours: readonly PlacedHour[]) => readonly number[],
): number {
  const weeks = Math.max(1, Math.floor(hours.length / weekHours));
  const weekAt = (index: number) => Math.min(weeks - 1, Math.floor(index / weekHours));
  let squares = 0;
  let total = 0;
  for (let week = 0; week < weeks; week += 1) {
    const rates = ratesOf(hours.filter((_, index) => weekAt(index) !== week));
    for (const { cell, seen } of hours.filter((_, index) => weekAt(index) === week)) {
      const expected = rates[cell] ?? 0;
      squares += (seen - expected) ** 2;
      total += expected;
    }
  }
  return total > 0 ? Math.max(1, squares / total) : 1;
}

function shrunkRates(hours: readonly PlacedHour[], prior: number): number[] {
  const weeks = hours.length / weekHours;
  const totals = cellTotals(hours, weeks);
  return pooledRates(hours).map((rate, cell) => {
    const pooled = rate * weeks;
    return weeks > 0 ? (rate * ((totals[cell] ?? pooled) + prior)) / (pooled + prior) : 0;
  });
}

/** Outputs an hour, by hour of the week: total of the weekday x share of the hour among its kind of day. */
function pooledRates(hours: readonly PlacedHour[]): number[] {
  const weeks = hours.length / weekHours;
  const totals = cellTotals(hours, weeks);
  const days = Array.from({ length: weekHours / dayHours }, (_, day) =>
    sum(totals.slice(day * dayHours, (day + 1) * dayHours)),
  );
  const shares = [hourShares(totals, isWorkday), hourShares(totals, (day) => !isWorkday(day))];
  return totals.map((_, cell) => {
    const day = Math.floor(cell / dayHours);
    const share = shares[isWorkday(day) ? 0 : 1]?.[cell % dayHours] ?? 0;
    return weeks > 0 ? (((days[day] ?? 0) + half) * share) / weeks : 0;
  });
}

function hourShares(totals: readonly number[], belongs: (day: number) => boolean): number[] {
  const byHour = Array.from(
    { length: dayHours },
    (_, hour) =>
      half +
      sum(totals.filter((_, cell) => cell % dayHours === hour && belongs(Math.floor(cell / dayHours)))),
  );
  const all = sum(byHour);
  return byHour.map((total) => total / all);
}

/** Totals by hour of the week, as if each had been seen once a week; one never seen counts as its day's usual. */
function cellTotals(hours: readonly PlacedHour[], weeks: number): number[] {
  const seen = Array.from({ length: weekHours }, () => 0);
  const times = Array.from({ length: weekHours }, () => 0);
  for (const hour of hours) {
    seen[hour.cell] = (seen[hour.cell] ?? 0) + hour.seen;
    times[hour.cell] = (times[hour.cell] ?? 0) + 1;
  }
  return seen.map((total, cell) => {
    const known = times[cell] ?? 0;
    return known > 0 ? (total * weeks) / known : neighbours(seen, times, cell) * weeks;
  });
}

/** Outputs an hour at this time of day, over the days of the same kind. */
function neighbours(seen: readonly number[], times: readonly number[], cell: number): number {
  const workday = isWorkday(Math.floor(cell / dayHours));
  const alike = (at: number) =>
    at % dayHours === cell % dayHours && isWorkday(Math.floor(at / dayHours)) === workday;
  const known = sum(times.filter((_, at) => alike(at)));
  return known > 0 ? sum(seen.filter((_, at) => alike(at))) / known : 0;
}

function isWorkday(day: number): boolean {
  return day < 5;
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
