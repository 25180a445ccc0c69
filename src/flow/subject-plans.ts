import { KnownError } from "../domain/errors.js";
import { meantHint } from "../text/nearest.js";
import type { MetricPlan, Watched } from "./ground.js";

/** The metrics a person means by a check or a metric; throws KnownError that names the nearest one. */
export function subjectPlans(watched: Watched, subject: string): readonly MetricPlan[] {
  const plans = watched.metrics.filter((plan) => plan.id === subject || plan.check === subject);
  if (plans.length > 0) return plans;
  const known = watched.metrics.map((plan) => plan.check ?? plan.id);
  const hint = meantHint(subject, known);
  throw new KnownError("check-unknown", `${watched.entry.id} has no check or metric "${subject}"; ${hint}`);
}
