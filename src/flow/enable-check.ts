import { KnownError } from "../domain/errors.js";
import { meantHint } from "../text/nearest.js";
import type { Ground, MetricPlan, Watched } from "./ground.js";

/** Ends probation early: a named person says why, and it is recorded. Returns the metrics that may page now. */
export function enableCheck(
  ground: Ground,
  watched: Watched,
  decision: { subject: string; who: string; why: string },
): readonly MetricPlan[] {
  const { store, clock } = ground;
  const plans = watched.metrics.filter(
    (plan) => plan.id === decision.subject || plan.check === decision.subject,
  );
  if (plans.length === 0) throw unknownSubject(watched, decision.subject);
  store.transaction(() => {
    for (const plan of plans) {
      const known = store.metrics.setStanding(
        watched.entry.id,
        plan.id,
        "active",
        `enabled by ${decision.who}: ${decision.why}`,
      );
      if (!known) {
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
  });
  return plans;
}

function unknownSubject(watched: Watched, subject: string): KnownError {
  const known = watched.metrics.map((plan) => plan.check ?? plan.id);
  const hint = meantHint(subject, known);
  return new KnownError("check-unknown", `${watched.entry.id} has no check or metric "${subject}"; ${hint}`);
}
