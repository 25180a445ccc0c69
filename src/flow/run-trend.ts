import type { Finding } from "../domain/finding.js";
import { isEnded } from "../domain/incident.js";
import { addCounts, type Counts, noCounts } from "../measure/counts.js";
import { type Interval, wilsonInterval } from "../measure/wilson-interval.js";
import { mainFinding } from "../notify/story.js";
import type { CountBounds } from "../store/run.js";
import { type Ground, type Watched, watchedOf } from "./ground.js";
import { toldFindings } from "./incident-story.js";
import { sayShareOf } from "./say-sight.js";
import { shownChange } from "./shown-change.js";

/** Runs shown: with more, dots would touch. */
const mostRuns = 60;
/** Outputs counted for them all; an automation with large samples shows fewer runs. */
const mostOutputs = 20_000;

/** How many outputs of some runs belong to a share. */
export interface RunShare extends Counts {
  readonly runs: number;
  readonly interval: Interval;
}

/** The share that an incident is about, run by run, oldest first. */
export interface RunTrend {
  /** Which outputs it holds: "Totals match: passed", "outputs with category “refund”". */
  readonly title: string;
  readonly runs: readonly (Counts & { readonly at: number; readonly changed: boolean })[];
  /** The instant from which runs count as changed. */
  readonly changedAt: number;
  /** null: no run of that side is among those shown. */
  readonly before: RunShare | null;
  readonly since: RunShare | null;
}

/** The newest runs of an incident's automation, up to its end; null where it is about no share of outputs or nothing was counted. */
export function runTrend(ground: Ground, incident: number): RunTrend | null {
  const { store, register, clock } = ground;
  const row = store.incidents.get(incident);
  const watched = row === null ? null : watchedOf(register, row.automation);
  if (row === null || watched === null || row.kind === "blind") return null;
  const findings = toldFindings(store.findings.ofIncident(row.id), store.incidents.moves(row.id));
  const main = mainFinding({ ...row, findings });
  if (main === null) return null;
  const untilAt = isEnded(row.status) ? (row.endedAt ?? clock.now()) : clock.now();
  const counted = countRuns(ground, watched, main, { untilAt, mostRuns, mostOutputs });
  if (counted === null || counted.runs.length === 0) return null;
  const changedAt = main.changedAt ?? main.foundAt;
  const runs = counted.runs.map((run) => ({ ...run, changed: run.at >= changedAt }));
  return {
    title: counted.title,
    runs,
    changedAt,
    before: together(runs.filter(({ changed }) => !changed)),
    since: together(runs.filter(({ changed }) => changed)),
  };
}

function countRuns(
  ground: Ground,
  watched: Watched,
  finding: Finding,
  bounds: CountBounds,
): { readonly title: string; readonly runs: readonly (Counts & { readonly at: number })[] } | null {
  const { store } = ground;
  const { id } = watched.entry;
  const check = watched.checks.find((each) => each.id === finding.check);
  if (check !== undefined)
    return { title: `${check.title}: passed`, runs: store.runs.ofCheck(id, check.id, bounds) };
  const shown = shownChange(ground, watched, finding);
  if (shown === null || shown.of === null) return null;
  const { plan, change, isInShare } = shown.of;
  return {
    title: sayShareOf(change.share, plan) ?? plan.title,
    runs: store.runs.ofMetric(id, shown.metric, isInShare, bounds),
  };
}

function together(runs: readonly Counts[]): RunShare | null {
  if (runs.length === 0) return null;
  const sum = runs.reduce(addCounts, noCounts);
  return { ...sum, runs: runs.length, interval: wilsonInterval(sum) };
}
