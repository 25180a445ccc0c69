/**
 * Volume: the outputs of every full hour, fed to the metric that follows them when a run is closed.
 * In: the slot, and which run came before it. Out: what the metric found. Counts come from the hourly rollup, and an
 * hour is fed once: a late output never moves an hour that was fed. Hours nobody knows are not fed: those before a
 * reading that failed, and, where outputs are pushed, those in which nobody listened.
 */
import type { RunRow } from "../store/run.js";
import type { AlarmLevels } from "./alarm-levels.js";
import { type Followed, followMetric, keyOf } from "./follow-metrics.js";
import type { Ground, MetricPlan, Watched } from "./ground.js";
import type { MetricBook } from "./metric-book.js";
import { volumeMetric } from "./volume-metric.js";
import { silenceKey } from "./watch-silence.js";

const hourMs = 3_600_000;
/** A volume that was never followed before begins with so much of what is stored. */
const lookBackMs = 28 * 24 * hourMs;
/** A run made later than this after its time tells that Evenkeel was not running then. */
const lateMs = hourMs / 2;

/** The run whose slot is being closed. */
export interface VolumeRun {
  readonly runId: number;
  readonly at: number;
  readonly replay: boolean;
  /** True when the slot was missed. */
  readonly silent: boolean;
  /** True for a part of a history without times: its outputs have no hours. */
  readonly untimed: boolean;
}

/** What the volume says after a run. */
export interface VolumeFollowed extends Followed {
  /** True while nothing comes at all, although it should. */
  readonly silent: boolean;
}

/** Feeds the hours that have become full since the run before. Changes the book, nothing else. */
export function followVolume(
  ground: Ground,
  watched: Watched,
  book: MetricBook,
  run: VolumeRun,
  levels: AlarmLevels,
): VolumeFollowed {
  const plan = watched.metrics.find(({ id }) => id === volumeMetric);
  if (plan === undefined) return nothing;
  const asBefore = { ...nothing, silent: isSilent(book, plan) };
  if (run.untimed || nobodyListened(ground, watched, run)) return asBefore;
  const until = floorHour(run.at - watched.settleMs);
  const from = feedFrom(ground, watched, book.get(plan).row.runs === 0, run);
  if (from === null || from >= until) return asBefore;
  return feed(ground, watched, book, { plan, run, levels, from: Math.max(from, until - lookBackMs), until });
}

const nothing: VolumeFollowed = { found: [], endedKeys: [], silent: false };

function feed(
  ground: Ground,
  watched: Watched,
  book: MetricBook,
  feeding: { plan: MetricPlan; run: VolumeRun; levels: AlarmLevels; from: number; until: number },
): VolumeFollowed {
  const { plan, run, levels, from, until } = feeding;
  const counts = ground.store.outputs.hourCounts(watched.entry.id, from, until);
  let last: Followed = nothing;
  let ended = false;
  for (let at = from; at < until; at += hourMs) {
    last = followMetric(watched, book, {
      plan,
      observed: { runId: run.runId, at, values: [counts.get(at) ?? 0] },
      run: { runId: run.runId, at: at + hourMs, replay: run.replay, nameOf: () => null },
      levels,
    });
    ended ||= last.endedKeys.length > 0;
  }
  const alarmed = book.get(plan).metric.phase === "alarmed";
  // outputs of an hour that is not full yet: whoever was silent is so no more
  const heard = (ground.store.outputs.newestAt(watched.entry.id) ?? 0) >= until;
  const silent = isSilent(book, plan);
  const over = silent && heard && !run.replay;
  return { found: over ? [] : last.found, endedKeys: ended && !alarmed ? [keyOf(plan)] : [], silent };
}

function isSilent(book: MetricBook, plan: MetricPlan): boolean {
  const { metric } = book.get(plan);
  const explanation = metric.phase === "alarmed" ? metric.explain() : null;
  return explanation?.what === "volume" && explanation.seen === 0;
}

function nobodyListened({ clock }: Ground, watched: Watched, run: VolumeRun): boolean {
  if (watched.push === null || run.replay) return false;
  return run.silent || clock.now() - run.at > watched.settleMs + lateMs;
}

/** The first hour that is not fed yet and that is known; null: nothing has ever come. */
function feedFrom(ground: Ground, watched: Watched, isFresh: boolean, run: VolumeRun): number | null {
  const { runs, outputs, registry } = ground.store;
  const { id } = watched.entry;
  const firstHourAt = outputs.firstHourAt(id);
  if (firstHourAt === null) return null;
  const before = runs.before(id, run.at);
  const fresh = before === null || (isFresh && watched.push === null);
  const from = fresh ? firstHourAt : knownFrom(watched, before, run.replay);
  // outputs without times stand at the instant at which their history was met
  const metAt = registry.firstSeenAt(id);
  const untimed = metAt !== null && outputs.firstAt(id) === metAt - 1;
  return untimed ? Math.max(from, ceilHour(metAt)) : from;
}

function knownFrom(watched: Watched, before: RunRow, replay: boolean): number {
  // what a failed reading should have brought may be lost
  if (before.state === "failed") return ceilHour(before.slotAt);
  const late = before.startedAt - before.slotAt > watched.settleMs + lateMs;
  if (watched.push !== null && late && !replay) return ceilHour(before.startedAt);
  return floorHour(before.slotAt - watched.settleMs);
}

/**
 * The same silence is told once: whichever of the two rules spoke first goes on speaking; where both would begin, the
 * plain one about the longest gap.
 */
export function toldOnce(
  ground: Ground,
  watched: Watched,
  volume: VolumeFollowed,
  scheduled: Followed["found"],
): { readonly volume: Followed["found"]; readonly scheduled: Followed["found"] } {
  const plan = watched.metrics.find(({ id }) => id === volumeMetric);
  if (plan === undefined || !volume.silent) return { volume: volume.found, scheduled };
  const active = new Set(ground.store.findings.active(watched.entry.id).map(({ key }) => key));
  if (active.has(keyOf(plan))) return { volume: volume.found, scheduled: [] };
  const spoken = scheduled.length > 0 || active.has(silenceKey);
  return { volume: spoken ? [] : volume.found, scheduled };
}

function floorHour(at: number): number {
  return Math.floor(at / hourMs) * hourMs;
}

function ceilHour(at: number): number {
  return Math.ceil(at / hourMs) * hourMs;
}
