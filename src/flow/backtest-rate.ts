import { dayMs, monthMs } from "../domain/time.js";
import { dateOf, wallTime } from "../measure/local-time.js";
import { poissonInterval } from "../measure/poisson-interval.js";
import type { Interval } from "../measure/wilson-interval.js";

/** How often people are to be notified a month, by this history. */
export interface AlarmsAMonth extends Interval {
  readonly incidents: number;
  /** The time in which there could have been one: without that in which the usual was learned. */
  readonly months: number;
  readonly perMonth: number;
}

/** A local day on which something was open. */
export interface IncidentDay {
  /** `2026-11-18`. */
  readonly day: string;
  readonly opened: number;
  readonly open: number;
}

/**
 * Incidents a month to expect.
 *
 * Formula: incidents / months, each limit of the count's Poisson interval / months (Garwood, 95%).
 * Assumes that incidents come independently at one rate; real faults are in it as well as chance, and one that was
 * open long kept others from opening. Smallest sample: any time in which an alarm was possible; null without one.
 */
export function alarmsAMonth(incidents: number, watchedMs: number): AlarmsAMonth | null {
  if (watchedMs <= 0) return null;
  const months = watchedMs / monthMs;
  const { low, high } = poissonInterval(incidents);
  return { incidents, months, perMonth: incidents / months, low: low / months, high: high / months };
}

/** The time in which an alarm was possible: from when the first of the paging metrics knew its usual level. */
export function watchedTime(
  spanMs: number,
  paging: readonly { readonly runs: number; readonly learnedRuns: number; readonly phase: string }[],
  watchedFromStart: boolean,
): number {
  if (watchedFromStart) return spanMs;
  const parts = paging.map(({ runs, learnedRuns, phase }) =>
    phase === "learning" || runs === 0 ? 0 : (runs - learnedRuns) / runs,
  );
  return spanMs * Math.max(0, ...parts);
}

/** Incidents by local day, from the first day on which one was open; an open one counts up to `endAt`. */
export function incidentDays(
  incidents: readonly { readonly openedAt: number; readonly resolvedAt: number | null }[],
  timeZone: string,
  endAt: number,
): readonly IncidentDay[] {
  const dayOf = (at: number) => dateOf(wallTime(at, timeZone));
  const days = new Map<string, { opened: number; open: number }>();
  for (const { openedAt, resolvedAt } of incidents) {
    const last = dayOf(Math.max(openedAt, resolvedAt ?? endAt));
    const first = dayOf(openedAt);
    for (let day = first; day <= last; day = dateOf(Date.parse(`${day}T00:00Z`) + dayMs)) {
      const known = days.get(day) ?? { opened: 0, open: 0 };
      days.set(day, { opened: known.opened + (day === first ? 1 : 0), open: known.open + 1 });
    }
  }
  return [...days].sort(([a], [b]) => (a < b ? -1 : 1)).map(([day, counts]) => ({ day, ...counts }));
}
