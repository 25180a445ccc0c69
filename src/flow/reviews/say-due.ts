import type { ReviewDecision } from "../../domain/review.js";
import { sayCount } from "../../wording/numbers.js";
import { sayDay } from "../../wording/times.js";
import type { DueReview } from "./due-reviews.js";

/** Reviews due within so many days are due soon. */
const soonDays = 30;

/** Where a review stands. */
export type DueState = "overdue" | "soon" | "later";

/** Whether a review is overdue, due soon or later. */
export function dueStateOf({ daysLeft }: Pick<DueReview, "daysLeft">): DueState {
  if (daysLeft < 0) return "overdue";
  return daysLeft <= soonDays ? "soon" : "later";
}

/** "overdue since 2 Nov 2026", "due today", "due on 9 Dec 2026, in 13 days"; and that nobody ever made one. */
export function sayDue({
  dueOn,
  daysLeft,
  lastOn,
}: Pick<DueReview, "dueOn" | "daysLeft" | "lastOn">): string {
  const never = lastOn === null ? "; never reviewed yet" : "";
  if (daysLeft < 0) return `overdue since ${sayDay(dueOn)}${never}`;
  if (daysLeft === 0) return `due today${never}`;
  return `due on ${sayDay(dueOn)}, in ${sayCount(daysLeft, "day")}${never}`;
}

/** "2 reviews overdue, 1 due within 30 days", "no review is due within 30 days". */
export function sayDueCounts(dues: readonly DueReview[]): string {
  const overdue = dues.filter((due) => dueStateOf(due) === "overdue").length;
  const soon = dues.filter((due) => dueStateOf(due) === "soon").length;
  if (overdue + soon === 0) return `no review is due within ${soonDays} days`;
  const late = overdue === 0 ? [] : [`${sayCount(overdue, "review")} overdue`];
  const next =
    soon === 0 ? [] : [`${overdue === 0 ? sayCount(soon, "review") : soon} due within ${soonDays} days`];
  return [...late, ...next].join(", ");
}

/** What each decision is called where it is chosen. */
export const decisionWords: Readonly<Record<ReviewDecision, string>> = {
  keep: "Keep as it is",
  expand: "Expand: use it for more",
  reduce: "Reduce: use it for less",
  replace: "Replace with something else",
  retire: "Retire: stop using it",
};
