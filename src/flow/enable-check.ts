import { KnownError } from "../domain/errors.js";
import type { Ground, MetricPlan, Watched } from "./ground.js";
import { endHeld } from "./learning/held-checks.js";
import { subjectPlans } from "./subject-plans.js";

/** Ends probation early: a named person says why, and it is recorded. Returns the metrics that may page now. */
export function enableCheck(
  ground: Ground,
  watched: Watched,
  decision: { subject: string; who: string; why: string },
): readonly MetricPlan[] {
  const { store, clock } = ground;
  const plans = subjectPlans(watched, decision.subject);
  store.transaction(() => {
    for (const plan of plans) {
      const raised = plan.check !== null && store.loweredChecks.raise(watched.entry.id, plan.check);
      const known = store.metrics.setStanding(
        watched.entry.id,
        plan.id,
        "active",
        `enabled by ${decision.who}: ${decision.why}`,
      );
      if (!known && !raised) {
        throw new KnownError(
          "metric-unseen",
          `${watched.entry.id} has no outputs for ${plan.id} yet; there is nothing to enable before its first run`,
        );
      }
      const { who, why } = decision;
      store.decisions.record({
        at: clock.now(),
        who,
        why,
        what: "enable",
        automation: watched.entry.id,
        subject: plan.id,
      });
    }
    const enabled = plans.flatMap(({ check }) => check ?? []);
    endHeld(ground, watched, enabled, clock.now());
  });
  return plans;
}
