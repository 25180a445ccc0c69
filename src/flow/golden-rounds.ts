/**
 * Asks and judges the cases of a golden run. A case whose result flickers is asked again, up to `repeat` times, until
 * one side has the majority: only where a question sets nothing off, and never a steady case, for each costs a call.
 * In: the run, which cases flicker. Out: what each case came to. The answers are in the store, the decision is not.
 */
import type { GoldenCase } from "../domain/golden-case.js";
import { error, type Verdict } from "../domain/verdict.js";
import { askGolden } from "./ask-golden.js";
import type { Found } from "./describe.js";
import { agreement } from "./golden-agreement.js";
import type { Ground, Watched, WatchedGolden } from "./ground.js";
import { askingChecks, judgeOutputs } from "./judge-outputs.js";

/** A golden run about to be asked. */
export interface Rounds {
  readonly run: number;
  readonly golden: WatchedGolden;
  readonly slotAt: number;
  readonly signal: AbortSignal;
  /** Ids of the cases that may be asked again. */
  readonly flickering: ReadonlySet<string>;
}

/** What a case came to, and the answer that shows it. */
export interface CaseOutcome {
  readonly id: string;
  readonly verdict: Verdict;
  readonly asked: number;
  /** Key of the output; null: there was no answer. */
  readonly output: number | null;
}

/** What asking came to. */
export interface RoundsDone {
  readonly outcomes: readonly CaseOutcome[];
  /** What judges said, by output, still to be stored. */
  readonly judged: readonly { readonly key: number; readonly verdicts: ReadonlyMap<string, Verdict> }[];
  /** Judges that cannot be trusted. */
  readonly found: readonly Found[];
  /** Findings about judges that are right again. */
  readonly endedKeys: readonly string[];
}

/** One answer of one case, judged. */
interface Vote {
  readonly verdict: Verdict;
  readonly output: number | null;
}

const noAnswer = "the automation gave no answer";

/** Asks every case, and those that flicker again; null: it was cut off by the stop. */
export async function askRounds(
  ground: Ground,
  watched: Watched,
  rounds: Rounds,
): Promise<RoundsDone | null> {
  const { golden, signal, flickering } = rounds;
  const most = golden.effects === "real" ? 1 : golden.repeat;
  const votes = new Map<string, Vote[]>(golden.cases.map((each) => [each.id, []]));
  const judged: RoundsDone["judged"][number][] = [];
  const found: Found[] = [];
  let endedKeys: readonly string[] = [];
  let open = golden.cases;
  for (let ask = 1; open.length > 0; ask += 1) {
    const round = await askOnce(ground, watched, rounds, { cases: open, ask });
    if (round === null || signal.aborted) return null;
    for (const [id, vote] of round.votes) votes.get(id)?.push(vote);
    judged.push(...round.judged);
    found.push(...round.found.filter((each) => !found.some((known) => isOfSameCheck(known, each))));
    // a judge that is wrong in one round is not right again in another
    endedKeys = found.length > 0 ? [] : round.endedKeys;
    const undecided = (id: string) => flickering.has(id) && isOpen(votes.get(id) ?? [], most);
    open = ask < most ? open.filter((each) => undecided(each.id)) : [];
  }
  const outcomes = golden.cases.map(({ id }) => ({ id, ...outcomeOf(votes.get(id) ?? []) }));
  return { outcomes, judged, found, endedKeys };
}

async function askOnce(
  ground: Ground,
  watched: Watched,
  { run, golden, slotAt, signal }: Rounds,
  { cases, ask }: { cases: readonly GoldenCase[]; ask: number },
): Promise<(Omit<RoundsDone, "outcomes"> & { votes: ReadonlyMap<string, Vote> }) | null> {
  const { store } = ground;
  await askGolden(ground, watched, { run, golden, signal, cases, ask });
  if (signal.aborted) return null;
  const answers = store.golden.answers(run, ask);
  const asked = await judgeOutputs(ground, watched, {
    run: `golden ${run}`,
    at: slotAt,
    outputs: cases.flatMap((each) => answers.get(each.id)?.output ?? []),
    checks: askingChecks(watched).filter((check) => golden.checks.includes(check.id)),
    signal,
  });
  const reasons = new Map(store.golden.results(run, ask).map((each) => [each.caseId, each.reason]));
  const judged: RoundsDone["judged"][number][] = [];
  const votes = cases.map(({ id }): readonly [string, Vote] => {
    const answer = answers.get(id);
    if (answer === undefined) return [id, { verdict: error(reasons.get(id) ?? noAnswer), output: null }];
    const later = asked.verdicts.get(answer.output.id) ?? new Map<string, Verdict>();
    judged.push({ key: answer.key, verdicts: later });
    const verdict = agreement(golden.checks, new Map([...answer.verdicts, ...later]));
    return [id, { verdict, output: answer.key }];
  });
  return { votes: new Map(votes), judged, found: asked.found, endedKeys: asked.endedKeys };
}

function isOfSameCheck(one: Found, other: Found): boolean {
  return one.finding.check === other.finding.check;
}

/** Whether another answer could decide: the first was told, and no side has the majority of all there may be. */
function isOpen(votes: readonly Vote[], most: number): boolean {
  const needed = Math.floor(most / 2) + 1;
  const first = votes[0]?.verdict.status;
  if (first !== "pass" && first !== "fail") return false;
  return saying(votes, "pass").length < needed && saying(votes, "fail").length < needed;
}

function saying(votes: readonly Vote[], status: Verdict["status"]): readonly Vote[] {
  return votes.filter((each) => each.verdict.status === status);
}

/** One answer decides by itself; of several the majority, and where there is none it could not be told. */
function outcomeOf(votes: readonly Vote[]): Omit<CaseOutcome, "id"> {
  const [first] = votes;
  const asked = votes.length;
  if (first === undefined) return { verdict: error(noAnswer), asked, output: null };
  if (asked === 1) return { ...first, asked };
  const [passes, fails] = [saying(votes, "pass"), saying(votes, "fail")];
  const told = passes.length + fails.length;
  if (passes.length === fails.length)
    return {
      ...first,
      asked,
      verdict: error(`${passes.length} of ${told} answers agree: there is no majority`),
    };
  const shown = (passes.length > fails.length ? passes[0] : fails[0]) ?? first;
  const reason =
    passes.length > fails.length
      ? `${passes.length} of ${told} answers agree`
      : `${fails.length} of ${told} answers do not agree: ${shown.verdict.reason ?? "no reason given"}`;
  return { asked, output: shown.output, verdict: { ...shown.verdict, reason } };
}
