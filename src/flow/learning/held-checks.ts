/**
 * Checks that people contradict are held: what they find counts for the digest only, from the judgement on that made it
 * too much, whether or not they had earned the right to page. In: a check, why. Out: a finding that says so for as long as
 * it is held, an incident that rests on nothing else ended, the decision on record.
 */
import type { Check } from "../../domain/check.js";
import { findingKey } from "../../incident/finding-key.js";
import { lowerFirst } from "../../wording/sentences.js";
import type { Found } from "../describe.js";
import { keyOf } from "../follow-metrics.js";
import type { Ground, Watched } from "../ground.js";
import { raise, self } from "../raise.js";
import { endUnfounded } from "../settle-standings.js";
import { tellUntold } from "../tell.js";

/** Why a check is held, and since when. */
interface Held {
  readonly why: string;
  readonly at: number;
}

/** The checks of an automation that are held, with when that began. */
export function heldChecks(
  { store }: Pick<Ground, "store">,
  automation: string,
): ReadonlyMap<string, number> {
  return new Map(
    store.findings
      .active(automation)
      .flatMap(({ finding: { rule, check, changedAt, foundAt } }) =>
        rule === "contradicted" && check !== null ? [[check, changedAt ?? foundAt]] : [],
      ),
  );
}

/** Holds a check; call inside a transaction. */
export function holdCheck(ground: Ground, watched: Watched, check: Check, { why, at }: Held): void {
  const { store } = ground;
  const { id } = watched.entry;
  const plans = watched.metrics.filter((plan) => plan.check === check.id);
  for (const plan of plans) {
    if (store.metrics.get(id, plan.id)?.standing === "active")
      store.metrics.setStanding(id, plan.id, "probation", why);
  }
  if (check.rule.kind === "zero-tolerance" && store.loweredChecks.of(id, check.id) === null)
    store.loweredChecks.lower(id, check.id, { at, who: self, why });
  raiseHeld(ground, watched, { found: [foundOf(watched, check, { why, at })], endedKeys: [] }, at);
  const zero = findingKey({ rule: "zero-tolerance", metric: null, check: check.id });
  endUnfounded(ground, watched, new Set([...plans.map(keyOf), zero]), {
    at,
    why: `people contradict the check it rests on, “${check.title}”`,
  });
  tellUntold(ground, watched, at);
  store.decisions.record({ at, who: self, why, what: "contradicted", automation: id, subject: check.id });
}

/** A judge that agrees with people again speaks as before; call inside a transaction. */
export function believeAgain(ground: Ground, watched: Watched, check: Check, { why, at }: Held): void {
  const { store } = ground;
  const { id } = watched.entry;
  for (const plan of watched.metrics.filter((each) => each.check === check.id)) {
    const row = store.metrics.get(id, plan.id);
    if (row !== null && row.standing === "probation" && row.phase !== "learning")
      store.metrics.setStanding(id, plan.id, "active", why);
  }
  if (store.loweredChecks.of(id, check.id)?.who === self) store.loweredChecks.raise(id, check.id);
  endHeld(ground, watched, [check.id], at);
  store.decisions.record({ at, who: self, why, what: "agrees-again", automation: id, subject: check.id });
}

/** Ends what is said of held checks that are held no more. */
export function endHeld(ground: Ground, watched: Watched, checks: readonly string[], at: number): void {
  const keys = checks.map((check) => findingKey({ rule: "contradicted", metric: null, check }));
  raiseHeld(ground, watched, { found: [], endedKeys: keys }, at);
}

function raiseHeld(
  ground: Ground,
  { entry }: Watched,
  raised: { readonly found: readonly Found[]; readonly endedKeys: readonly string[] },
  at: number,
): void {
  raise(ground, { automation: entry.id, kind: "outputs", at, ...raised });
}

function foundOf({ entry }: Watched, { id, title, asks }: Check, { why, at }: Held): Found {
  const headline = `people contradict the ${asks ? "judge of" : "check"} “${title}” of ${lowerFirst(entry.title)}`;
  const enable = `evenkeel enable ${entry.id} ${id} --why "..."`;
  const until = asks
    ? `until it agrees with people again, or someone enables it: ${enable}`
    : `until someone enables it: ${enable}`;
  return {
    headline,
    finding: {
      rule: "contradicted",
      metric: null,
      check: id,
      level: "digest",
      baseline: null,
      current: null,
      evidence: null,
      changedAt: at,
      foundAt: at,
      chanceMonths: null,
      sentence: `${headline}: ${why}; what it finds counts for the digest only ${until}`,
      improvement: false,
    },
  };
}
