/**
 * One number per run: the usual latency, the mean cost. Its one value is that number, above 0.
 *
 * Formula: ln x less the median of ln x at the same hour of day (daily/daily-pattern.ts), then the number recipe with
 * one value a run, counts divided by phi = (1 + r) / (1 - r) (daily/dependence.ts). The baseline are the residuals of
 * the weeks the pattern was learned from, each week against the others.
 * Assumes that the logarithm has the same spread at every hour. Smallest sample: two weeks and a full baseline (100
 * runs). The pattern is learned anew with each further week, up to four, while nothing is suspicious; then it stands
 * still. Of runs more often than every 20 minutes some are left out of the pattern, so that r is that of runs 20
 * minutes apart: where they resemble each other for longer, the promise is approximate. Default: DETECTION 1.7. Source: number.ts and the two files named.
 */
import {
  baselineResiduals,
  dailyPattern,
  type LoggedRun,
  residualOf,
  spanMs,
} from "../daily/daily-pattern.js";
import { serialPhi } from "../daily/dependence.js";
import { decodeDaily, encodeDaily, type StoredDaily } from "../daily/encoding.js";
import type { Explanation, ShareName } from "../explanation.js";
import type { Metric, MetricKind, Observed, ObservedRun } from "../metric.js";
import type { MetricSettings } from "../settings.js";
import { shareMetric } from "../shares/share-metric.js";
import { number } from "./number.js";

const weekMs = 7 * 86_400_000;
const fewestWeeks = 2;
const mostWeeks = 4;
/** Evidence under this part of the alarm level is no reason to keep the pattern as it is. */
const quietPart = 1 / 30;

const residuals = shareMetric({ ...number, dependence: serialPhi });

/** A number per run with a daily pattern. */
export const numberPerRun = {
  kind: "number-per-run",
  begin: (settings) => metricOf(settings, { runs: [], pattern: null, inner: residuals.begin(settings) }),
  decode: (settings, bytes) => {
    const { residuals: stored, ...rest } = decodeDaily(bytes);
    return metricOf(settings, { ...rest, inner: residuals.decode(settings, stored) });
  },
} as const satisfies MetricKind<"number-per-run">;

interface Daily extends Omit<StoredDaily, "residuals"> {
  /** Follows what is left of each number. */
  readonly inner: Metric;
}

function metricOf(settings: MetricSettings, daily: Daily): Metric {
  const withInner = (inner: Metric) => metricOf(settings, { ...daily, inner });
  const itself: Metric = {
    phase: daily.inner.phase,
    observe: (run, alarmLevel) => {
      const logged = loggedRun(run);
      return logged === null || logged.at <= latestAt(daily)
        ? { ...reported(daily, daily.inner.observe(nothing(run), alarmLevel)), metric: itself }
        : follow(settings, daily, logged, alarmLevel);
    },
    explain: () => inOwnUnit(daily, daily.inner.explain()),
    accept: () => withInner(daily.inner.accept()),
    fix: () => withInner(daily.inner.fix()),
    encode: () => encodeDaily({ ...daily, residuals: daily.inner.encode() }),
    usualShare: () => null,
    followed: () => followedInOwnUnit(daily),
  };
  return itself;
}

function nothing(run: ObservedRun): ObservedRun {
  return { ...run, values: [] };
}

function loggedRun({ runId, at, values }: ObservedRun): LoggedRun | null {
  const [value] = values;
  return typeof value === "number" && Number.isFinite(value) && value > 0
    ? { runId, at, ln: Math.fround(Math.log(value)) }
    : null;
}

/** Runs come in order; the parts of a history without times stand at one instant and have no time of day. */
function latestAt({ runs, pattern }: Daily): number {
  return runs?.at(-1)?.at ?? pattern?.latestAt ?? Number.NEGATIVE_INFINITY;
}

function reported(daily: Daily, seen: Observed): Observed {
  const alarm = inOwnUnit(daily, seen.alarm);
  const learned =
    daily.pattern === null
      ? { outputs: daily.runs?.length ?? 0, runs: daily.runs?.length ?? 0 }
      : seen.learned;
  return { ...seen, alarm, learned };
}

function follow(settings: MetricSettings, daily: Daily, run: LoggedRun, alarmLevel: number): Observed {
  const { pattern } = daily;
  const collected = daily.runs === null ? null : collect(daily.runs, run);
  if (pattern === null) {
    const next = settle(settings, { ...daily, runs: collected });
    const seen = next.inner.observe({ runId: run.runId, at: run.at, values: [] }, alarmLevel);
    return { ...reported(next, seen), metric: metricOf(settings, next) };
  }
  const value = residualOf(pattern, run, settings.timeZone);
  const seen = daily.inner.observe({ runId: run.runId, at: run.at, values: [value] }, alarmLevel);
  const known = { ...pattern, latestAt: run.at };
  // an alarm: what came since its start is not usual, and no fuller pattern is learned from it
  const changedAt = seen.alarm?.startAt ?? Number.POSITIVE_INFINITY;
  const usual = daily.inner.phase === "watching" ? collected : daily.runs;
  const next: Daily = {
    runs: usual?.filter(({ at }) => at < changedAt) ?? null,
    pattern: known,
    inner: seen.metric,
  };
  const quiet = seen.phase === "watching" && (seen.evidence ?? 0) < alarmLevel * quietPart;
  const settled = quiet ? settle(settings, next) : next;
  return { ...reported(settled, seen), metric: metricOf(settings, settled) };
}

/** Runs that follow each other sooner than this are not collected: four weeks are two thousand runs at most. */
const closestMs = 20 * 60_000;

function collect(runs: readonly LoggedRun[], run: LoggedRun): readonly LoggedRun[] {
  const latest = runs.at(-1);
  return latest !== undefined && run.at - latest.at < closestMs ? runs : [...runs, run];
}

/** Learns the pattern, or a fuller one, once there are runs and weeks enough. */
function settle(settings: MetricSettings, daily: Daily): Daily {
  const { runs, pattern } = daily;
  if (runs === null) return daily;
  const weeks = Math.floor(spanMs(runs) / weekMs);
  const wanted = pattern === null ? fewestWeeks : Math.min(mostWeeks, pattern.weeks + 1);
  if (weeks < wanted || runs.length < settings.baselineOutputs) return daily;
  const { timeZone } = settings;
  return {
    runs: weeks >= mostWeeks ? null : runs,
    pattern: { ...dailyPattern(runs, timeZone), weeks, latestAt: runs.at(-1)?.at ?? 0 },
    inner: learnedFrom(settings, runs),
  };
}

/** The residual metric with these runs as its baseline, all of them and no more. */
function learnedFrom(settings: MetricSettings, runs: readonly LoggedRun[]): Metric {
  const values = baselineResiduals(runs, settings.timeZone);
  const all = { ...settings, baselineOutputs: runs.length, baselineRuns: runs.length };
  const learned = runs.reduce<Metric>(
    (metric, { runId, at }, index) =>
      metric.observe({ runId, at, values: [values[index] ?? 0] }, Number.MAX_VALUE).metric,
    residuals.begin(all),
  );
  return residuals.decode(settings, learned.encode());
}

function followedInOwnUnit({ inner, pattern }: Daily): ReturnType<Metric["followed"]> {
  if (pattern === null) return [];
  const own = (ln: number) => Math.exp(ln + pattern.centre);
  return inner.followed().map((each) => ({ ...each, share: shareIn(each.share, own) }));
}

/** Residuals as numbers again, at the usual level of all hours together. */
function inOwnUnit({ pattern }: Daily, explanation: Explanation | null): Explanation | null {
  if (explanation?.what !== "shares" || pattern === null) return explanation;
  const own = (ln: number) => Math.exp(ln + pattern.centre);
  const { medians } = explanation;
  return {
    ...explanation,
    share: shareIn(explanation.share, own),
    moved: explanation.moved.map((move) => ({ ...move, share: shareIn(move.share, own) })),
    medians: medians === null ? null : { before: own(medians.before), since: own(medians.since) },
  };
}

function shareIn(share: ShareName, own: (ln: number) => number): ShareName {
  switch (share.kind) {
    case "above":
    case "below":
      return { ...share, cut: own(share.cut) };
    case "outside":
      return { ...share, cut: [own(share.cut[0]), own(share.cut[1])] };
    default:
      return share;
  }
}
