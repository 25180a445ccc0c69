import { addCounts, type Counts, noCounts } from "../../measure/counts.js";
import type { CasesChange, TurnedCase } from "../explanation.js";
import { passesGate } from "../shares/effect-gate.js";
import type { Start } from "./evidence.js";
import { type CaseRun, type CasesState, seenIn, type WatchedCase } from "./watch.js";

/** A case is named when it is more likely than not that it turned. */
const namedFrom = 0.5;

/** The best account of what was seen, and whether it is large enough to tell anyone. */
export interface CasesAccount {
  readonly explanation: CasesChange;
  readonly passesGate: boolean;
}

/**
 * Explains the evidence by its likeliest start; null before the first run after a baseline. Named are the cases that
 * more likely than not turned there, by their probability (evidence.ts), and always the likeliest.
 *
 * Gate, as in effect-gate.ts but on the cases that are named: together they fail at least `minimumEffect` more often
 * than before, and by that at least twice more. On the whole set three points would hide one case of fifty for ever.
 */
export function accountOf(
  state: CasesState,
  starts: readonly Start[],
  minimumEffect: number,
): CasesAccount | null {
  const best = likeliest(starts);
  const first = best === null ? undefined : state.history[best.at];
  if (best === null || first === undefined) return null;
  const older = state.history.slice(0, best.at);
  const since = state.history.slice(best.at);
  const turned = turnedAt(state.cases, best, older, since);
  const all = state.cases.map((each) => around(each, older, since));
  const explanation: CasesChange = {
    what: "cases",
    before: total(all.map((each) => each.before)),
    since: total(all.map((each) => each.since)),
    turned,
    startRunId: first.runId,
    startAt: first.at,
    evidence: state.evidence,
    improvement: false,
  };
  const before = total(turned.map((each) => each.before));
  return { explanation, passesGate: fell(before, total(turned.map((each) => each.since)), minimumEffect) };
}

function likeliest(starts: readonly Start[]): Start | null {
  return starts.reduce<Start | null>(
    (best, each) => (best === null || each.lnWeight > best.lnWeight ? each : best),
    null,
  );
}

function turnedAt(
  cases: readonly WatchedCase[],
  start: Start,
  older: readonly CaseRun[],
  since: readonly CaseRun[],
): readonly TurnedCase[] {
  const ranked = cases
    .map((each, i) => ({
      each: around(each, older, since),
      probability: start.turned[i] ?? 0,
      lnRatio: start.lnRatios[i] ?? 0,
    }))
    .filter(({ each }) => each.since.n > 0)
    .sort((a, b) => b.lnRatio - a.lnRatio);
  return ranked
    .filter(({ probability }, rank) => rank === 0 || probability >= namedFrom)
    .map(({ each }) => each);
}

function around(each: WatchedCase, older: readonly CaseRun[], since: readonly CaseRun[]): TurnedCase {
  return {
    case: each.case,
    before: addCounts(each.older, seenIn(older, each.case)),
    since: seenIn(since, each.case),
  };
}

function total(counts: readonly Counts[]): Counts {
  return counts.reduce(addCounts, noCounts);
}

function fell(before: Counts, since: Counts, minimumEffect: number): boolean {
  return since.hits * before.n < before.hits * since.n && passesGate(before, since, minimumEffect);
}
