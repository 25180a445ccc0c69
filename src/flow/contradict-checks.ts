/**
 * A check that people contradict goes back on probation (DESIGN, rule 4). In: an output that was just judged. Out: the
 * checks that page no more, on record as a decision. What was judged before someone enabled a check again counts no
 * more against it.
 */
import type { Check } from "../domain/check.js";
import { truthOf } from "../domain/judgement.js";
import { type Agreement, agreementOf, type JudgedVerdicts } from "../review/agreement.js";
import { agreesEnough } from "../review/agrees-enough.js";
import { standingOf } from "../review/contradicted.js";
import type { JudgedVerdict } from "../store/judgement.js";
import { sayCount, sayOf } from "../wording/numbers.js";
import { type Ground, type Watched, watchedOf } from "./ground.js";
import { believeAgain, heldChecks, holdCheck } from "./learning/held-checks.js";

/** Decisions before which what people said counts no more against a check. */
const begins: ReadonlySet<string> = new Set(["enable", "agrees-again"]);
/** Decisions that are looked through. */
const decisionsRead = 1000;

/** Looks at every check that judged the output; call inside the judgement's transaction. Returns titles of those held by it. */
export function contradictChecks(ground: Ground, automation: string, output: number): readonly string[] {
  const watched = watchedOf(ground.register, automation);
  if (watched === null) return [];
  const said = ground.store.spotChecks.verdictsOf(output);
  const held = heldChecks(ground, automation);
  const judging = watched.checks.filter((check) => said.some((each) => each.check === check.id));
  for (const check of judging) {
    const since = held.get(check.id);
    if (check.asks && since !== undefined) believe(ground, watched, check, since);
  }
  return judging
    .filter(({ id }) => !held.has(id) && said.some((each) => each.check === id && each.status === "fail"))
    .filter((check) => contradict(ground, watched, check))
    .map(({ title }) => title);
}

function contradict(ground: Ground, watched: Watched, check: Check): boolean {
  const { store, clock } = ground;
  const since = enabledAt(ground, watched, check.id);
  const fails = judgedFails(store.judgements.verdicts(watched.entry.id, since), check.id);
  if (standingOf(fails).contradictedAt === null) return false;
  const right = fails.filter(({ wrong }) => !wrong).length;
  const why = `people called ${right} of ${sayCount(fails.length, "output")} right that it failed`;
  holdCheck(ground, watched, check, { why, at: clock.now() });
  return true;
}

/** Only a judge is believed again by itself: what else is wrong in a check, a person mends. */
function believe(ground: Ground, watched: Watched, check: Check, since: number): void {
  const { store, clock } = ground;
  const counts = agreementCounts(store.judgements.verdicts(watched.entry.id, since + 1), check.id);
  if (!agreesEnough(counts)) return;
  const { failWrong, failRight, passWrong, passRight } = counts;
  const n = failWrong + failRight + passWrong + passRight;
  const why = `it agreed with people on ${sayOf({ hits: failWrong + passRight, n })} outputs judged since`;
  believeAgain(ground, watched, check, { why, at: clock.now() });
}

/** What people say of what the check failed, in the order they said it; what they disagree on tells nothing. */
export function judgedFails(
  verdicts: readonly JudgedVerdict[],
  check: string,
): readonly { readonly wrong: boolean }[] {
  return verdicts
    .filter((each) => each.check === check && each.status === "fail")
    .flatMap((each) => {
      const truth = truthOf(each);
      return truth === "right" || truth === "wrong" ? [{ wrong: truth === "wrong" }] : [];
    });
}

/** When a person last enabled the check, or it was believed again; 0: never. */
export function enabledAt({ store }: Ground, { entry, metrics }: Watched, check: string): number {
  const subjects = new Set([check, ...metrics.filter((plan) => plan.check === check).map((plan) => plan.id)]);
  const enabled = store.decisions
    .list(entry.id, decisionsRead)
    .find((each) => begins.has(each.what) && subjects.has(each.subject));
  return enabled?.at ?? 0;
}

/** A check against people, from what they have said since an instant. */
export function agreementWith(verdicts: readonly JudgedVerdict[], check: string): Agreement {
  return agreementOf(agreementCounts(verdicts, check));
}

/** How often a check said what of outputs that people agree on. */
export function agreementCounts(verdicts: readonly JudgedVerdict[], check: string): JudgedVerdicts {
  const told = verdicts
    .filter((each) => each.check === check)
    .map((each) => ({ status: each.status, truth: truthOf(each) }));
  const count = (status: "pass" | "fail", truth: "right" | "wrong") =>
    told.filter((each) => each.status === status && each.truth === truth).length;
  return {
    failWrong: count("fail", "wrong"),
    failRight: count("fail", "right"),
    passWrong: count("pass", "wrong"),
    passRight: count("pass", "right"),
  };
}
