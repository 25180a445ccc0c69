/**
 * What is usual, learned anew: for a baseline that was taken while something was broken already. In: a check or metric,
 * who says so and why. Out: metrics that learn from their next run on; what they held to be usual stays on record.
 */
import { KnownError } from "../domain/errors.js";
import { keyOf } from "./follow-metrics.js";
import type { Ground, MetricPlan, Watched } from "./ground.js";
import { openBook } from "./metric-book.js";
import { raise } from "./raise.js";
import { subjectPlans } from "./subject-plans.js";
import { tellUntold } from "./tell.js";

/** Forgets what is usual for a check or metric. Returns the metrics that learn now. */
export function relearn(
  ground: Ground,
  watched: Watched,
  { subject, who, why }: { subject: string; who: string; why: string },
): readonly MetricPlan[] {
  const { store, clock } = ground;
  const { id } = watched.entry;
  const now = clock.now();
  const plans = subjectPlans(watched, subject);
  store.transaction(() => {
    const book = openBook(ground, watched);
    for (const plan of plans) {
      if (store.metrics.get(id, plan.id) === null)
        throw new KnownError(
          "metric-unseen",
          `${id} has no outputs for ${plan.id} yet; there is nothing to learn anew before its first run`,
        );
      book.begin(plan, `${who}: ${why}`);
      store.decisions.record({ at: now, who, why, what: "relearn", automation: id, subject: plan.id });
    }
    book.save(now);
    const endedKeys = plans.map(keyOf);
    raise(ground, { automation: id, kind: "outputs", at: now, found: [], endedKeys, outlived: endedKeys });
    tellUntold(ground, watched, now);
  });
  return plans;
}
