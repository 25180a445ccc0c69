import { DateTime } from "luxon";
import type { Automation } from "../domain/automation.js";

/** Local date on which an automation is to be reviewed again; null: nobody ever reviewed it. */
export function reviewDueOn({ review }: Pick<Automation, "review">): string | null {
  if (review.last === null) return null;
  const last = DateTime.fromISO(review.last, { zone: "utc" });
  return last.plus({ months: review.everyMonths }).toISODate();
}
