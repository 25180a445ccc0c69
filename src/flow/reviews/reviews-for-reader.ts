import { wholeRegister } from "../../domain/review.js";
import type { DigestFacts } from "../../report/digest-facts.js";
import type { DigestReader } from "../../report/digest-settings.js";
import type { Ground } from "../ground.js";
import { type DueReview, dueReviews } from "./due-reviews.js";
import { sayDue } from "./say-due.js";
import { sayVendorDate, vendorDatesAhead } from "./vendor-dates.js";

/** A weekly digest tells of what is due before the next one. */
const weekDays = 7;
/** Days of vendors are told so long ahead. */
const vendorDays = 30;

/** What a reader's digest tells of reviews: those of what they read about; to the AI owner also of the register and of vendors. */
export function reviewsForReader(ground: Ground, reader: DigestReader): DigestFacts["reviewsDue"] {
  const { aiOwner, governance } = ground.register;
  const looksAfterAll = reader.person === aiOwner.name;
  const isFor = ({ automation }: DueReview): boolean =>
    automation === wholeRegister
      ? looksAfterAll || reader.person === governance.who
      : looksAfterAll || reader.automations.includes(automation);
  const due = dueReviews(ground)
    .filter((each) => each.daysLeft <= Math.max(weekDays, each.aheadDays) && isFor(each))
    .map((each) => ({ title: each.title, words: sayDue(each) }));
  if (!looksAfterAll) return due;
  const ahead = vendorDatesAhead(ground, vendorDays).filter(({ daysLeft }) => daysLeft >= -weekDays);
  return [...due, ...ahead.map((each) => ({ title: each.title, words: sayVendorDate(each) }))];
}
