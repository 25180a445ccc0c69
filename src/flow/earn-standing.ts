/**
 * A check that was added or edited after its automation's history had been read is on probation until its baseline is
 * full and its own history has been replayed: the outputs stored before it existed are judged by it, and alarms that
 * came and went more often than the budget allows leave it on probation. In: an automation after a journey. Out:
 * standings with their reason. Decides about the right to notify only; the baseline is the one the watch has learned.
 */
import { type AlarmLevels, alarmLevelOf } from "./alarm-levels.js";
import { awaitsReplay } from "./follow-metrics.js";
import type { Ground, MetricPlan, Watched } from "./ground.js";
import { countedRuns, replayMetric, runsAsObserved, runsJudgedAnew } from "./replay-metric.js";
import { alarmsAllowed, sayFailedReplay } from "./settle-standings.js";

/** Replays the history of every metric whose baseline is full and which has not been replayed yet. */
export async function earnStandings(ground: Ground, watched: Watched, levels: AlarmLevels): Promise<void> {
  const { store } = ground;
  const { id } = watched.entry;
  const waiting = watched.metrics.filter((plan) => isWaiting(ground, id, plan));
  if (waiting.length === 0) return;
  const runs = countedRuns(ground, id);
  const allowed = alarmsAllowed(ground, id);
  for (const plan of waiting) {
    const seen = asks(watched, plan) ? runsAsObserved(plan, runs) : await runsJudgedAnew(watched, plan, runs);
    const replay = replayMetric(plan.settings, seen, alarmLevelOf(levels, plan));
    store.transaction(() => {
      // a person may have enabled it meanwhile
      if (!isWaiting(ground, id, plan)) return;
      if (replay.ended > allowed)
        store.metrics.setStanding(id, plan.id, "probation", sayFailedReplay(replay.ended, allowed));
      else store.metrics.setStanding(id, plan.id, "active", `its usual level is known, ${sayPassed(replay)}`);
    });
  }
}

function isWaiting({ store }: Ground, automation: string, plan: MetricPlan): boolean {
  const row = store.metrics.get(automation, plan.id);
  return row !== null && row.standing === "probation" && row.standingWhy === awaitsReplay;
}

/** History is never put to models: what counts of a judge is what it has said. */
function asks({ checks }: Watched, plan: MetricPlan): boolean {
  return checks.some((check) => check.id === plan.check && check.asks);
}

function sayPassed({ runs, ended }: { runs: number; ended: number }): string {
  const alarms =
    ended === 0 ? "without an alarm that went by itself" : `with ${ended} that went by themselves`;
  return `and its history of ${runs} runs was replayed ${alarms}`;
}
