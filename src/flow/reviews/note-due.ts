import type { Ground } from "../ground.js";
import type { DueReview } from "./due-reviews.js";

/**
 * Notes when a review is due, and since when that is so: reminders whose time had passed by then are not sent. Call inside
 * a transaction.
 */
export function noteDue({ store, clock }: Ground, { automation, dueOn, metAt }: DueReview): void {
  const now = clock.now();
  const before = store.reviews.due(automation);
  const setAt = before !== null && before.dueOn === dueOn ? Math.min(before.setAt, now) : now;
  store.reviews.putDue({ automation, metAt: Math.min(metAt, now), dueOn, setAt });
}

/** True where what is noted of a review is not how it stands now. */
export function isDueStale({ store, clock }: Ground, { automation, dueOn }: DueReview): boolean {
  const before = store.reviews.due(automation);
  return before === null || before.dueOn !== dueOn || before.setAt > clock.now();
}
