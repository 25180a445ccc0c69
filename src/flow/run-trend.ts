import { isEnded } from "../domain/incident.js";
import { addCounts, type Counts, noCounts } from "../measure/counts.js";
import { type Interval, wilsonInterval } from "../measure/wilson-interval.js";
import { mainFinding } from "../notify/story.js";
import { type Ground, watchedOf } from "./ground.js";
import { toldFindings } from "./incident-story.js";

/** Runs shown: with more, dots would touch. */
const mostRuns = 60;
/** Outputs counted for them all; an automation with large samples shows fewer runs. */
const mostOutputs = 20_000;

/** How often a check passed over some runs. */
export interface RunShare extends Counts {
  readonly runs: number;
  readonly interval: Interval;
}

/** How often the check of an incident passed, run by run, oldest first. */
export interface RunTrend {
  /** The check's title. */
  readonly title: string;
  readonly runs: readonly (Counts & { readonly at: number; readonly changed: boolean })[];
  /** The instant from which runs count as changed. */
  readonly changedAt: number;
  /** null: no run of that side is among those shown. */
  readonly before: RunShare | null;
  readonly since: RunShare | null;
}

/** The newest runs of an incident's automation, up to its end; null where it is about no check or nothing was judged. */
export function runTrend(ground: Ground, incident: number): RunTrend | null {
  const { store, register, clock } = ground;
  const row = store.incidents.get(incident);
  const watched = row === null ? null : watchedOf(register, row.automation);
  if (row === null || watched === null || row.kind === "blind") return null;
  const findings = toldFindings(store.findings.ofIncident(row.id), store.incidents.moves(row.id));
  const main = mainFinding({ ...row, findings });
  const check = watched.checks.find(({ id }) => id === main?.check);
  if (main === null || check === undefined) return null;
  const untilAt = isEnded(row.status) ? (row.endedAt ?? clock.now()) : clock.now();
  const changedAt = main.changedAt ?? main.foundAt;
  const bounds = { untilAt, mostRuns, mostOutputs };
  const runs = store.runs
    .ofCheck(row.automation, check.id, bounds)
    .map(({ at, hits, n }) => ({ at, hits, n, changed: at >= changedAt }));
  if (runs.length === 0) return null;
  return {
    title: check.title,
    runs,
    changedAt,
    before: together(runs.filter(({ changed }) => !changed)),
    since: together(runs.filter(({ changed }) => changed)),
  };
}

function together(runs: readonly Counts[]): RunShare | null {
  if (runs.length === 0) return null;
  const sum = runs.reduce(addCounts, noCounts);
  return { ...sum, runs: runs.length, interval: wilsonInterval(sum) };
}
