import { createHash } from "node:crypto";
import type { Check } from "../domain/check.js";
import type { MetricSettings } from "../drift/settings.js";
import type { MetricPlan } from "./ground.js";

/** A check with what it was declared with, so that an edited check starts a new baseline. */
export interface PlannedCheck {
  readonly check: Check;
  readonly settings: unknown;
}

/** A plan before what all plans have is filled in. */
export type Draft = Pick<MetricPlan, "id" | "title" | "level" | "observe"> &
  Partial<Omit<MetricPlan, "settings">> & {
    kind: MetricSettings["kind"];
    floor?: number;
    /** Where it is not that of all metrics. */
    baseline?: { readonly outputs: number; readonly runs: number };
  };

/** Changes when the value does. */
export function hash(value: unknown): string {
  return createHash("sha256").update(JSON.stringify(value)).digest("hex").slice(0, 16);
}
