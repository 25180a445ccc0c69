/**
 * Whether an automation that people stand in for can be switched back on: what a run since then has shown.
 * In: the incident. Out: that it passes, or what is missing for that, in words. Changes nothing.
 */
import type { Finding } from "../domain/finding.js";
import { wilsonInterval } from "../measure/wilson-interval.js";
import type { IncidentRow } from "../store/incident.js";
import type { RunRow } from "../store/run.js";
import { lowerFirst, withoutStop } from "../wording/sentences.js";
import { sayInstant } from "../wording/times.js";
import { byHandSince } from "./fallback-queue.js";
import type { Ground, Watched } from "./ground.js";
import { pausedBy } from "./story-life.js";
import { cleanRuns } from "./zero-tolerance.js";

/** Runs looked back at: those between two with outputs had none. */
const runsLookedAt = 200;

/** What is missing before the automation is switched back; null: nothing, a fresh sample passes. */
export function missingForSwitchBack(ground: Ground, watched: Watched, row: IncidentRow): string | null {
  const { store, clock } = ground;
  const say = (at: number) => sayInstant(at, watched.entry.timeZone, clock.now());
  if (row.kind === "blind") {
    const since = store.sources.get(row.automation).failingSince;
    return since === null ? null : `its source cannot be read since ${say(since)}`;
  }
  const moves = store.incidents.moves(row.id);
  const byHand = byHandSince(row.status, moves);
  const since = byHand?.at ?? row.openedAt;
  const run = freshRun(ground, watched, since);
  if (run === null) {
    const nothing = `no run has looked at outputs since ${say(since)}`;
    return pausedBy(moves) === null
      ? nothing
      : `${nothing}; it is paused: evenkeel incidents resume ${row.id} lets it make some`;
  }
  // what a person reported no sample can show to be over: whoever switches back says so
  const own = store.findings
    .ofIncident(row.id)
    .filter(({ finding }) => finding.level === "page" && finding.rule !== "report");
  for (const { finding } of own) {
    const fails = failsIn(ground, watched, run, finding);
    if (fails !== null) return `in the run of ${say(run.slotAt)} ${fails}`;
  }
  const still = own.find((each) => each.endedAt === null);
  return still === undefined
    ? null
    : `it is not over yet: ${lowerFirst(withoutStop(still.headline))}${needed(still.finding)}`;
}

/** What such a finding waits for, where that is a number of runs; the others end once the odds say so. */
function needed({ rule }: Finding): string {
  return rule === "zero-tolerance" ? `; it is once ${cleanRuns} runs in a row have none` : "";
}

/** The newest run since then that had outputs to look at. */
function freshRun({ store }: Ground, { entry, source }: Watched, since: number): RunRow | null {
  const kind = source === null ? "golden" : "sampled";
  const run = store.runs
    .list(entry.id, runsLookedAt)
    .find((each) => each.kind === kind && each.state === "done" && each.drawn > 0);
  return run === undefined || run.slotAt < since ? null : run;
}

/**
 * "12 of 20 outputs fail “Totals match”"; null where the run is as usual. Of a zero-tolerance check none may fail; of
 * the others no more than the usual level allows for: the upper end of the run's interval reaches it.
 */
function failsIn(ground: Ground, watched: Watched, run: RunRow, finding: Finding): string | null {
  const check = watched.checks.find((each) => each.id === finding.check);
  if (check === undefined) return null;
  const { outputs: fails, passing } = ground.store.outputs.failingOfRun(check.id, run.id);
  const n = fails + passing;
  const usual = usualShare(watched, finding);
  const asUsual =
    usual === null || check.rule.kind === "zero-tolerance"
      ? fails === 0
      : wilsonInterval({ hits: passing, n }).high >= usual;
  return asUsual ? null : `${fails} of ${n} outputs fail “${check.title}”`;
}

function usualShare({ metrics }: Watched, { baseline, metric }: Finding): number | null {
  if (baseline !== null && "share" in baseline) return baseline.share;
  return metrics.find((plan) => plan.id === metric)?.settings.floor ?? null;
}
