/**
 * A model in use whose end is near, as a finding. In: the use, the announced end, how many days are left. Out: the words
 * of the owner. Never looks anything up.
 */
import type { Level } from "../domain/check.js";
import type { ModelSunset } from "../domain/model-sunset.js";
import { dayMs } from "../domain/time.js";
import { findingKey } from "../incident/finding-key.js";
import { dateOf, wallTime } from "../measure/local-time.js";
import { sayCount, sayNumber, sayShare } from "../wording/numbers.js";
import { sayDay } from "../wording/times.js";
import type { Found } from "./describe.js";
import type { Watched } from "./ground.js";
import type { ModelUse } from "./model-use.js";

/** The metric that findings about a model name. */
const metricOf = (model: string) => `model:${model}`;

/** The identity of "this model ends". */
export function sunsetKey(model: string): string {
  return findingKey({ rule: "model-sunset", metric: metricOf(model), check: null });
}

/** Days from the local day of an instant to a date; negative once it has passed. */
export function daysUntil(date: string, at: number, timeZone: string): number {
  return Math.round((Date.parse(date) - Date.parse(dateOf(wallTime(at, timeZone)))) / dayMs);
}

/** "in 30 days", "tomorrow", "today", "3 days ago". */
export function sayDaysUntil(days: number): string {
  if (days === 0) return "today";
  if (days === 1) return "tomorrow";
  return days > 0 ? `in ${sayNumber(days)} days` : `${sayCount(-days, "day")} ago`;
}

/** What the model's end means for this automation. */
export function sunsetFound(
  { entry, golden }: Watched,
  { use, sunset }: { readonly use: ModelUse; readonly sunset: ModelSunset },
  when: { readonly at: number; readonly daysLeft: number; readonly level: Level },
): Found {
  const day = sayDay(sunset.shutsDownOn);
  const headline = `${use.model} ${when.daysLeft < 0 ? "was to shut down" : "shuts down"} on ${day}`;
  const says = sunset.vendor === null ? "as your configuration says" : `says ${sunset.vendor}`;
  const parts = [
    `${headline} (${sayDaysUntil(when.daysLeft)}), ${says}`,
    sayUse(use),
    sunset.replacement === null
      ? "no replacement is named"
      : `${sunset.replacement} is named as its replacement`,
    golden === null
      ? `try the new model on known inputs before you switch`
      : `try it on your known inputs before you switch: evenkeel golden run ${entry.id}`,
  ];
  return {
    headline,
    finding: {
      rule: "model-sunset",
      metric: metricOf(use.model),
      check: null,
      level: when.level,
      baseline: null,
      current: use.outputs === null ? null : { share: use.outputs.hits / use.outputs.n, n: use.outputs.n },
      evidence: null,
      changedAt: null,
      foundAt: when.at,
      chanceMonths: null,
      sentence: parts.join("; "),
      improvement: false,
    },
  };
}

function sayUse({ outputs }: ModelUse): string {
  if (outputs === null) return "the register names it as the model of this automation";
  return `this automation used it in ${sayShare(outputs)} of its last ${sayCount(outputs.n, "output")}`;
}
