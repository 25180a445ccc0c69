/**
 * A check that people contradict goes back on probation (DESIGN, rule 4). In: an output that was just judged. Out: the
 * checks that page no more, on record as a decision. What was judged before someone enabled a check again counts no
 * more against it.
 */
import type { Check } from "../domain/check.js";
import { truthOf } from "../domain/judgement.js";
import { type Agreement, agreementOf, type JudgedVerdicts } from "../review/agreement.js";
import { standingOf } from "../review/contradicted.js";
import type { JudgedVerdict } from "../store/judgement.js";
import { sayCount } from "../wording/numbers.js";
import { type Ground, type Watched, watchedOf } from "./ground.js";
import { self } from "./raise.js";

/** Decisions that are looked through. */
const decisionsRead = 1000;

/** Looks at every check that failed the output; call inside the judgement's transaction. Returns titles. */
export function contradictChecks(ground: Ground, automation: string, output: number): readonly string[] {
  const watched = watchedOf(ground.register, automation);
  if (watched === null) return [];
  const failed = ground.store.spotChecks.verdictsOf(output).filter(({ status }) => status === "fail");
  return watched.checks
    .filter((check) => failed.some((each) => each.check === check.id))
    .filter((check) => contradict(ground, watched, check))
    .map(({ title }) => title);
}

function contradict(ground: Ground, watched: Watched, { id: check, rule }: Check): boolean {
  const { store, clock } = ground;
  const { id } = watched.entry;
  const plans = watched.metrics.filter((plan) => plan.check === check);
  const since = enabledAt(ground, watched, check);
  const fails = judgedFails(store.judgements.verdicts(id, since), check);
  if (standingOf(fails).contradictedAt === null) return false;
  const right = fails.filter(({ wrong }) => !wrong).length;
  const why = `people called ${right} of ${sayCount(fails.length, "output")} right that it failed`;
  const pages = plans.filter((plan) => store.metrics.get(id, plan.id)?.standing === "active");
  for (const plan of pages) store.metrics.setStanding(id, plan.id, "probation", why);
  const at = clock.now();
  const pagesAtOnce = rule.kind === "zero-tolerance" && store.loweredChecks.of(id, check) === null;
  if (pagesAtOnce) store.loweredChecks.lower(id, check, { at, who: self, why });
  if (pages.length === 0 && !pagesAtOnce) return false;
  store.decisions.record({ at, who: self, why, what: "contradicted", automation: id, subject: check });
  return true;
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

/** When a person last enabled the check; 0: never. */
export function enabledAt({ store }: Ground, { entry, metrics }: Watched, check: string): number {
  const subjects = new Set([check, ...metrics.filter((plan) => plan.check === check).map((plan) => plan.id)]);
  const enabled = store.decisions
    .list(entry.id, decisionsRead)
    .find((each) => each.what === "enable" && subjects.has(each.subject));
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
