import { addCounts } from "../../measure/counts.js";
import { type Outlook, type Stories, type Told, tellRun } from "./share-detector.js";
import type { ShareKind } from "./share-kind.js";
import { roomFor, sizeOf, thinned } from "./tally.js";
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
  const tell = tellOnce();
  const shares = watch.shares.map((share, i) => weighShare(share, i, watch, tell));
  return { ...watch, shares, evidence: kind.evidence(shares, watch.history) };
}

/** Tells the same run to the same stories once: most fields of a shape are in every output, and alike. */
function tellOnce(): typeof tellRun {
  const told = new Map<Stories, { outlook: Outlook; passes: number; fails: number; told: Told }[]>();
  return (stories, outlook, passes, fails) => {
    const before = told.get(stories) ?? [];
    const same = before.find(
      (each) => each.passes === passes && each.fails === fails && isSame(each.outlook, outlook),
    );
    if (same !== undefined) return same.told;
    const fresh = tellRun(stories, outlook, passes, fails);
    told.set(stories, [...before, { outlook, passes, fails, told: fresh }]);
    return fresh;
  };
}

function isSame(a: Outlook, b: Outlook): boolean {
  const alike = (one: readonly number[], other: readonly number[]) =>
    one.length === other.length && one.every((value, at) => value === other[at]);
  return a === b || (alike(a.odds, b.odds) && alike(a.weights, b.weights));
}

function weighShare(
  share: WatchedShare,
  i: number,
  { history, dependence }: Watch,
  tell: typeof tellRun,
): WatchedShare {
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
  const told = tell(share.stories, share.plan.outlook, passes / phi, (n - passes) / phi);
  return { ...share, variation, stories: told.stories, evidence: told.evidence };
}

/** Drops the values of the oldest runs when there are too many in all. */
function forgetValues(history: readonly SeenRun[]): readonly SeenRun[] {
  let left = keptValues;
  let last = history.length;
  while (last > 0) {
    const tally = history[last - 1]?.tally ?? null;
    if (tally === null || roomFor(tally) > left) {
      break;
    }
    left -= roomFor(tally);
    last -= 1;
  }
  return history.map((run, at) => (at < last && run.tally !== null ? { ...run, tally: null } : run));
}
