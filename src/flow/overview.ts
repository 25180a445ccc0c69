/**
 * How every automation stands, for a page, a list or a command.
 * In: the store and the register. Out: one line each, worst first. Never says "steady" where it does not know.
 */
import { rulesBesideOutputs } from "../domain/finding.js";
import type { IncidentStatus } from "../domain/incident.js";
import { dayMs } from "../domain/time.js";
import type { IncidentRow } from "../store/incident.js";
import { sayCount } from "../wording/numbers.js";
import { upperFirst } from "../wording/sentences.js";
import { compareStates, type WatchState } from "../wording/states.js";
import { sayInstant } from "../wording/times.js";
import type { Ground, Watched } from "./ground.js";
import { shownSilence } from "./silences.js";

/** Nothing received for longer: whether its outputs are as usual is not known any more. */
const staleAfterMs = 7 * dayMs;

/** One automation as it stands. */
export interface AutomationState {
  readonly id: string;
  readonly title: string;
  readonly owner: string;
  readonly risk: string;
  readonly state: WatchState;
  /** Why it has this state: one sentence. */
  readonly reason: string;
  readonly lastRunAt: number | null;
  readonly lastOutputAt: number | null;
  readonly outputs: number;
  /** What people reported and nobody has settled. */
  readonly openReports: number;
  readonly openIncidents: readonly {
    readonly id: number;
    readonly status: IncidentStatus;
    readonly title: string;
    /** Recorded and shown, not sent. */
    readonly silenced: boolean;
  }[];
}

/** Every automation, in the order of every list. */
export function overview(ground: Ground): readonly AutomationState[] {
  const reports = ground.store.reports.openCounts();
  const open = ground.store.incidents.open();
  const states = ground.register.automations.map((watched) => ({
    ...stateOf(ground, watched, open),
    openReports: reports.get(watched.entry.id) ?? 0,
  }));
  return [...states].sort(
    (left, right) => compareStates(left.state, right.state) || left.title.localeCompare(right.title, "en"),
  );
}

/** One automation as it stands. */
export function stateOf(
  ground: Ground,
  watched: Watched,
  allOpen: readonly IncidentRow[] = ground.store.incidents.open(),
): Omit<AutomationState, "openReports"> {
  const { store } = ground;
  const { entry } = watched;
  const totals = store.outputs.totals(entry.id);
  const open = allOpen
    .filter((each) => each.automation === entry.id)
    .map((row) => ({
      id: row.id,
      status: row.status,
      title: row.title,
      silenced: shownSilence(ground, row, ground.clock.now()) !== null,
    }));
  const latest = store.runs.latest(entry.id, "sampled");
  return {
    id: entry.id,
    title: entry.title,
    owner: entry.owner,
    risk: entry.risk,
    ...judge(ground, watched, totals),
    lastRunAt: latest?.slotAt ?? null,
    lastOutputAt: totals.last,
    outputs: totals.outputs,
    openIncidents: open,
  };
}

function judge(
  ground: Ground,
  watched: Watched,
  totals: { outputs: number; last: number | null },
): { state: WatchState; reason: string } {
  const { store, clock } = ground;
  const { entry } = watched;
  const now = clock.now();
  const say = (at: number) => sayInstant(at, ground.register.timeZone, now);
  if (watched.source === null && watched.golden === null)
    return { state: "no-data", reason: "Registered, not watched: it has no source" };
  const outputs = store.incidents.openOf(entry.id, "outputs");
  if (outputs !== null) return { state: "incident", reason: upperFirst(outputs.title) };
  const source = store.sources.get(entry.id);
  if (source.failingSince !== null)
    return {
      state: "blind",
      reason: `Cannot be read since ${say(source.failingSince)}. Quality unknown, not bad`,
    };
  const findings = store.findings
    .active(entry.id)
    .filter(
      ({ finding }) =>
        finding.level !== "record" && !finding.improvement && !rulesBesideOutputs.has(finding.rule),
    );
  const first = findings[0];
  if (first !== undefined) return { state: "drifting", reason: upperFirst(first.finding.sentence) };
  if (watched.source === null) return goldenOnly(ground, watched, say);
  if (watched.push === null && source.readAt === null)
    return { state: "no-data", reason: "Not read yet; nothing is known of it" };
  if (totals.last === null)
    return {
      state: "no-data",
      reason: watched.push === null ? "It can be read; nothing came" : "Nothing was pushed yet",
    };
  const stale = !watched.complete && now - totals.last > staleAfterMs;
  if (stale) return { state: "no-data", reason: `Nothing received since ${say(totals.last)}` };
  return (
    learning(ground, watched) ?? {
      state: "steady",
      reason: `At its usual level; ${sayCount(totals.outputs, "output")} seen`,
    }
  );
}

/** Nothing but the golden set tells how such an automation stands. */
function goldenOnly(
  ground: Ground,
  watched: Watched,
  say: (at: number) => string,
): { state: WatchState; reason: string } {
  const latest = ground.store.runs.latestDone(watched.entry.id, "golden");
  if (latest === null) return { state: "no-data", reason: "No golden run yet" };
  if (latest.drawn === 0)
    return {
      state: "no-data",
      reason: `The golden run of ${say(latest.slotAt)} could not tell for any case`,
    };
  return (
    learningGolden(ground, watched) ?? {
      state: "steady",
      reason: `Its known answers agree as usual, last asked ${say(latest.slotAt)}`,
    }
  );
}

/** While every metric that may page still learns what is usual, "steady" is not known yet. */
function learning(ground: Ground, watched: Watched): { state: WatchState; reason: string } | null {
  const paging = watched.metrics.filter(
    (plan) =>
      plan.level !== "record" &&
      plan.settings.floor === null &&
      plan.higherIsBetter !== false &&
      // learned from weeks of hours and runs, not from a number of outputs
      plan.settings.kind !== "volume" &&
      plan.settings.kind !== "number-per-run" &&
      plan.rule !== "golden",
  );
  const ids = new Set(paging.map(({ id }) => id));
  const rows = ground.store.metrics.progress(watched.entry.id).filter(({ metric }) => ids.has(metric));
  if (rows.some((row) => row.phase !== "learning")) return null;
  const learned = Math.max(0, ...rows.map((row) => row.learnedOutputs));
  const needed = paging[0]?.settings.baselineOutputs ?? 100;
  return {
    state: "watching",
    reason: `Learning what is usual: ${Math.min(learned, needed)} of ${needed} outputs`,
  };
}

function learningGolden(ground: Ground, watched: Watched): { state: WatchState; reason: string } | null {
  const plan = watched.metrics.find((each) => each.rule === "golden");
  const row = plan === undefined ? null : ground.store.metrics.get(watched.entry.id, plan.id);
  if (plan === undefined || row === null || row.phase !== "learning") return null;
  return {
    state: "watching",
    reason: `Learning what is usual: ${row.learnedRuns} of ${plan.settings.baselineRuns} golden runs`,
  };
}
