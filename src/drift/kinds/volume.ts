/**
 * The outputs of an hour: a run of this metric is one hour, its one value the outputs of that hour, `at` its beginning.
 *
 * The week is learned from the first hour with an output on: used from two full weeks (336 known hours), improved at
 * three and four while nothing is suspicious, and then it stands still until a person accepts a change. How an hour is
 * judged: volume/level-stories.ts; what is large enough to tell: volume/change.ts. Hours that come out of order or
 * twice, as when a clock was set back, change nothing; hours that nobody knows are left out by not being observed.
 */
import type { VolumeChange } from "../explanation.js";
import type { Metric, MetricKind, Observed, ObservedRun } from "../metric.js";
import type { MetricSettings } from "../settings.js";
import { silentSince, volumeIsBack } from "../volume/after-alarm.js";
import { accountOfVolume } from "../volume/change.js";
import { decodeVolume, encodeVolume } from "../volume/encoding.js";
import type { Hour } from "../volume/profile.js";
import {
  accepted,
  improved,
  learnedOf,
  learnHour,
  nothingLearned,
  placed,
  recorded,
  restarted,
  weighed,
  withoutHoursSince,
} from "../volume/volume-state.js";
import type { SeenHour, VolumeAlarm, VolumeState, VolumeWatch } from "../volume/watched-hours.js";

/** A thirtieth of the alarm level is worth a mark on the page. */
const warningPart = 1 / 30;

/** Outputs an hour, against their usual week. */
export const volume = {
  kind: "volume",
  begin: (settings) => metricOf(settings, nothingLearned),
  decode: (settings, bytes) => metricOf(settings, decodeVolume(bytes)),
} as const satisfies MetricKind<"volume">;

interface Step {
  readonly state: VolumeState;
  readonly alarm?: VolumeChange;
  readonly warning?: boolean;
  readonly recovered?: boolean;
}

function metricOf(settings: MetricSettings, state: VolumeState): Metric {
  const after = (next: VolumeState) => (next === state ? itself : metricOf(settings, next));
  const itself: Metric = {
    phase: state.phase,
    observe: (run, alarmLevel) => {
      const step = observeHour(settings, state, run, alarmLevel);
      return { ...report(step), metric: after(step.state) };
    },
    explain: () => explain(state),
    accept: () => after(accepted(state, settings.timeZone)),
    fix: () =>
      after(state.phase === "learning" ? state : { phase: "watching", watch: restarted(state.watch) }),
    encode: () => encodeVolume(state),
    usualShare: () => null,
    followed: () => [],
  };
  return itself;
}

function report({ state, alarm, warning, recovered }: Step): Omit<Observed, "metric"> {
  return {
    phase: state.phase,
    evidence: state.phase === "learning" ? null : state.watch.evidence,
    learned: learnedOf(state),
    alarm: alarm ?? null,
    warning: warning ?? false,
    recovered: recovered ?? false,
  };
}

function explain(state: VolumeState): VolumeChange | null {
  switch (state.phase) {
    case "learning":
      return null;
    case "watching":
      return accountOfVolume(state.watch)?.explanation ?? null;
    case "alarmed":
      return state.alarm.explanation;
  }
}

function observeHour(
  settings: MetricSettings,
  state: VolumeState,
  run: ObservedRun,
  alarmLevel: number,
): Step {
  const hour = hourOf(run);
  if (hour === null || hour.at <= latestAt(state)) return { state };
  const { timeZone } = settings;
  switch (state.phase) {
    case "learning":
      return { state: learnHour(state.hours, hour, timeZone) };
    case "watching":
      return judge(weighed(state.watch, placed(state.watch, hour, timeZone)), alarmLevel, timeZone);
    case "alarmed":
      return follow(state, placed(state.watch, hour, timeZone), alarmLevel);
  }
}

function hourOf({ runId, at, values }: ObservedRun): Hour | null {
  const [seen] = values;
  // beyond exact integers nothing was counted, and sums of such figures could not be stored
  const counted = typeof seen === "number" && seen >= 0 && seen <= Number.MAX_SAFE_INTEGER;
  return counted ? { runId, at, seen } : null;
}

function latestAt(state: VolumeState): number {
  const latest = state.phase === "learning" ? state.hours.at(-1)?.at : state.watch.latestAt;
  return latest ?? Number.NEGATIVE_INFINITY;
}

function judge(watch: VolumeWatch, alarmLevel: number, timeZone: string): Step {
  if (watch.evidence < alarmLevel * warningPart) {
    return { state: { phase: "watching", watch: improved(watch, timeZone) } };
  }
  const account = accountOfVolume(watch);
  if (account === null || !account.passesGate) return { state: { phase: "watching", watch } };
  if (watch.evidence < alarmLevel) return { state: { phase: "watching", watch }, warning: true };
  const { explanation } = account;
  const usual = withoutHoursSince(watch, explanation.startAt);
  return { state: alarmedBy(usual, explanation), alarm: explanation, warning: true };
}

function alarmedBy(watch: VolumeWatch, explanation: VolumeChange): VolumeState {
  const since = watch.history.filter(({ at }) => at >= explanation.startAt);
  const expectedToAlarm = since.reduce((sum, { expected }) => sum + expected, 0);
  const usualLevel = explanation.expected / Math.max(expectedToAlarm, Number.MIN_VALUE);
  return { phase: "alarmed", watch, alarm: { explanation, expectedToAlarm, usualLevel, hoursAfter: 0 } };
}

/** While alarmed the stories stand still; hours count towards recovery, towards a later week, and may fall silent. */
function follow(
  { watch, alarm }: Extract<VolumeState, { phase: "alarmed" }>,
  hour: SeenHour,
  alarmLevel: number,
): Step {
  const next = recorded(watch, hour, alarm.explanation.startAt);
  const followed: VolumeAlarm = { ...alarm, hoursAfter: alarm.hoursAfter + 1 };
  if (volumeIsBack(next, followed)) {
    return { state: { phase: "watching", watch: restarted(next) }, recovered: true };
  }
  const silent = silentSince(next, followed, alarmLevel);
  if (silent !== null) {
    const explanation = silenceOf(next, followed.explanation, silent);
    return { state: alarmedBy(next, explanation), alarm: explanation, warning: true };
  }
  const { explanation } = alarm;
  const longer: VolumeChange = {
    ...explanation,
    hours: explanation.hours + 1,
    seen: explanation.seen + hour.seen,
    expected: explanation.expected + alarm.usualLevel * hour.expected,
  };
  return { state: { phase: "alarmed", watch: next, alarm: { ...followed, explanation: longer } } };
}

function silenceOf(watch: VolumeWatch, change: VolumeChange, first: SeenHour): VolumeChange {
  const hours = watch.history.filter(({ at }) => at >= first.at);
  const before = watch.history.filter(({ at }) => at >= change.startAt && at < first.at);
  const expected = before.reduce((sum, each) => sum + each.expected, 0);
  const level = before.reduce((sum, { seen }) => sum + seen, 0) / Math.max(expected, Number.MIN_VALUE);
  return {
    ...change,
    startRunId: first.runId,
    startAt: first.at,
    hours: hours.length,
    expected: level * hours.reduce((sum, each) => sum + each.expected, 0),
    seen: 0,
  };
}
