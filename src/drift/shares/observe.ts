import { addCounts } from "../../measure/counts.js";
import { tellRun } from "./share-detector.js";
import type { ShareKind } from "./share-kind.js";
import { sizeOf, thinned } from "./tally.js";
import { addRun, phiOf, unsettledRuns } from "./variation.js";
import type { LearnedRun, SeenRun, Watch, WatchedShare } from "./watch.js";

/** So many runs are kept to search the start of a change in. */
const historyRuns = 200;
/** So many distinct values are kept for a later baseline; the newest runs keep theirs. */
const keptValues = 1_000;

/** Appends a run to the history without judging it; what falls out at its far end is counted as older. */
export function recordRun(kind: ShareKind, watch: Watch, run: LearnedRun): Watch {
  const seen: SeenRun = {
    runId: run.runId,
    at: run.at,
    n: sizeOf(run.tally),
    hits: kind.count(
      watch.shares.map(({ plan }) => plan.share),
      run.tally,
    ),
    tally: thinned(run.tally, keptValues),
  };
  const history = [...watch.history, seen];
  const dropped = history.length > historyRuns ? history.shift() : undefined;
  const shares =
    dropped === undefined
      ? watch.shares
      : watch.shares.map((share, i) => ({
          ...share,
          older: addCounts(share.older, { hits: dropped.hits[i] ?? 0, n: dropped.n }),
        }));
  return { ...watch, shares, history: forgetValues(history) };
}

/** Tells every share the latest run of the history. */
export function weighRun(kind: ShareKind, watch: Watch): Watch {
  const shares = watch.shares.map((share, i) => weighShare(share, i, watch));
  return { ...watch, shares, evidence: kind.evidence(shares, watch.history) };
}

function weighShare(share: WatchedShare, i: number, { history, dependence }: Watch): WatchedShare {
  const settled = history.at(-1 - unsettledRuns);
  const variation =
    settled === undefined
      ? share.variation
      : addRun(share.variation, { hits: settled.hits[i] ?? 0, n: settled.n });
  const latest = history.at(-1);
  const n = latest?.n ?? 0;
  const hits = latest?.hits[i] ?? 0;
  const passes = share.plan.hitsAre === "passes" ? hits : n - hits;
  const phi = dependence * phiOf(variation);
  const told = tellRun(share.stories, share.plan.outlook, passes / phi, (n - passes) / phi);
  return { ...share, variation, stories: told.stories, evidence: told.evidence };
}

/** Drops the values of the oldest runs when there are too many in all. */
function forgetValues(history: readonly SeenRun[]): readonly SeenRun[] {
  let left = keptValues;
  let last = history.length;
  while (last > 0) {
    const tally = history[last - 1]?.tally ?? null;
    if (tally === null || tally.size > left) {
      break;
    }
    left -= tally.size;
    last -= 1;
  }
  return history.map((run, at) => (at < last && run.tally !== null ? { ...run, tally: null } : run));
}
