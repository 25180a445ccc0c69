import { addCounts, type Counts, noCounts, shareOf } from "../../measure/counts.js";
import type { Move, Newcomer, ShareChange } from "../explanation.js";
import type { MetricSettings } from "../settings.js";
import { changeStart } from "./change-start.js";
import { fallsShort, passesGate } from "./effect-gate.js";
import type { ShareKind } from "./share-kind.js";
import { mergeTallies, sizeOf, type Tally } from "./tally.js";
import type { SeenRun, Watch, WatchedShare } from "./watch.js";

const mostMoves = 5;
const mostNewcomers = 5;

/** The best account of what the watch has seen, and whether it is large enough to tell anyone. */
export interface Account {
  readonly explanation: ShareChange;
  readonly shareIndex: number;
  readonly passesGate: boolean;
}

/** Explains the watch by its share with the highest evidence; null before its first run. */
export function accountOf(kind: ShareKind, settings: MetricSettings, watch: Watch): Account | null {
  const shareIndex = leadingShare(watch.shares);
  const leading = watch.shares[shareIndex];
  if (leading === undefined) {
    return null;
  }
  const start = changeStart(leading.older, countsOf(watch.history, shareIndex));
  const first = watch.history[start];
  if (first === undefined) {
    return null;
  }
  const move = moveOf(watch, shareIndex, leading, start);
  const sinceStart = valuesSince(watch, start);
  const explanation: ShareChange = {
    what: "shares",
    ...move,
    startRunId: first.runId,
    startAt: first.at,
    evidence: watch.evidence,
    improvement: isImprovement(move),
    moved: movesBeside(settings, watch, shareIndex, start),
    newcomers: newcomersSince(kind, watch, sinceStart),
    medians: mediansAround(kind, watch, sinceStart),
  };
  const large =
    settings.floor === null
      ? passesGate(move.before, move.since, settings.minimumEffect)
      : fallsShort(settings.floor, move.since);
  return { explanation, shareIndex, passesGate: large };
}

/** One share's counts of these runs. */
export function countsOf(history: readonly SeenRun[], shareIndex: number): Counts[] {
  return history.map(({ hits, n }) => ({ hits: hits[shareIndex] ?? 0, n }));
}

function leadingShare(shares: readonly WatchedShare[]): number {
  return shares.reduce(
    (best, { evidence }, i) => (evidence > (shares[best]?.evidence ?? Number.NEGATIVE_INFINITY) ? i : best),
    0,
  );
}

function moveOf(watch: Watch, shareIndex: number, { plan, older }: WatchedShare, start: number): Move {
  return {
    share: plan.share,
    before: countsOf(watch.history.slice(0, start), shareIndex).reduce(addCounts, older),
    since: countsOf(watch.history.slice(start), shareIndex).reduce(addCounts, noCounts),
  };
}

function isImprovement({ share, before, since }: Move): boolean {
  return share.kind === "pass" && (shareOf(since) ?? 0) > (shareOf(before) ?? 0);
}

function movesBeside(settings: MetricSettings, watch: Watch, leading: number, start: number): Move[] {
  return watch.shares
    .map((share, i) => moveOf(watch, i, share, start))
    .filter(({ before, since }, i) => i !== leading && passesGate(before, since, settings.minimumEffect))
    .sort((a, b) => distance(b) - distance(a))
    .slice(0, mostMoves);
}

function distance({ before, since }: Move): number {
  return Math.abs((shareOf(since) ?? 0) - (shareOf(before) ?? 0));
}

/** The values since the change, as far as they are kept. */
function valuesSince(watch: Watch, start: number): Tally {
  return mergeTallies(watch.history.slice(start).flatMap(({ tally }) => (tally === null ? [] : [tally])));
}

function newcomersSince(kind: ShareKind, { shares }: Watch, values: Tally): readonly Newcomer[] {
  const n = sizeOf(values);
  return kind
    .newcomers(
      shares.map(({ plan }) => plan.share),
      values,
    )
    .toSorted(([a, more], [b, most]) => most - more || (a < b ? -1 : 1))
    .slice(0, mostNewcomers)
    .map(([value, hits]) => ({ value, since: { hits, n } }));
}

function mediansAround(kind: ShareKind, watch: Watch, values: Tally): ShareChange["medians"] {
  const since = kind.median(values);
  const before = watch.baseline.median;
  return before === null || since === null ? null : { before, since };
}
