/**
 * Reminders of reviews. In: now. Out: for whoever has to be reminded one message in the outbox, in the transaction that
 * notes of what: each reminder once, whatever restarts, downtime and changes of the clock lie between. Several reviews of
 * one person are one message, in that person's working hours.
 *
 * Whoever makes a review is reminded ahead of it, on its day and a week after; two weeks after the AI owner hears of it,
 * once. What had passed before the date was set (the entry first met, or last decided) is shown on pages and in the
 * digest and never sent: whoever begins with a register full of old entries is not flooded. After downtime only the
 * newest reminder of each review goes out.
 */
import { hash } from "node:crypto";
import { messageOf } from "../../domain/errors.js";
import type { Person } from "../../domain/person.js";
import { type ReminderStage, wholeRegister } from "../../domain/review.js";
import { composeReviewNotice, type NoticedReview } from "../../notify/compose-review-notice.js";
import { remindersReached } from "../../review/review-times.js";
import { type Ground, pageUrl } from "../ground.js";
import { isClockDoubtful } from "../keep-time.js";
import { oweMessage } from "../tell.js";
import { type DueReview, dueReviews } from "./due-reviews.js";
import { isDueStale, noteDue } from "./note-due.js";
import { channelsOfPerson, isAtWork } from "./reached-person.js";
import { remindVendorDates } from "./remind-vendor-dates.js";
import { sayDue } from "./say-due.js";

const lookEveryMs = 60_000;

/** Reminders of one review that have come for one person. */
interface Reminder {
  readonly due: DueReview;
  readonly reached: readonly ReminderStage[];
}

/** Looks for reminders that have come, of reviews and of vendors; whoever calls it decides how often, it looks once a minute. */
export function createReviewReminders() {
  let lookedAt = Number.NEGATIVE_INFINITY;
  return (ground: Ground): void => {
    const monotonic = ground.clock.monotonic();
    if (monotonic - lookedAt < lookEveryMs) return;
    lookedAt = monotonic;
    remindReviews(ground);
    remindVendorDates(ground);
  };
}

/** Owes every reminder that has come. One person's failure leaves the others theirs. */
export function remindReviews(ground: Ground): void {
  // with a wrong date everything would be overdue
  if (isClockDoubtful(ground)) return;
  const dues = dueReviews(ground);
  const stale = dues.filter((due) => isDueStale(ground, due));
  if (stale.length > 0)
    ground.store.transaction(() => {
      for (const due of stale) noteDue(ground, due);
    });
  for (const [person, reminders] of remindersOf(ground, dues)) {
    try {
      remind(ground, person, reminders);
    } catch (thrown) {
      ground.logger.error("a reminder of reviews could not be made", {
        person: person.name,
        reason: messageOf(thrown),
      });
    }
  }
}

function remindersOf(ground: Ground, dues: readonly DueReview[]): ReadonlyMap<Person, readonly Reminder[]> {
  const { aiOwner } = ground.register;
  const found = new Map<Person, Reminder[]>();
  for (const due of dues) {
    const own: readonly ReminderStage[] = ["before", "due", "after"];
    const isAiOwner = due.person.name === aiOwner.name;
    const told: readonly (readonly [Person, readonly ReminderStage[]])[] = isAiOwner
      ? [[due.person, [...own, "passed-on"]]]
      : [
          [due.person, own],
          [aiOwner, ["passed-on"]],
        ];
    for (const [person, stages] of told) {
      const reached = reachedBy(ground, due, person, stages);
      if (reached.length > 0) found.set(person, [...(found.get(person) ?? []), { due, reached }]);
    }
  }
  return found;
}

/** The reminders whose time has come, if the newest of them was not sent yet. */
function reachedBy(
  { store, clock }: Ground,
  due: DueReview,
  person: Person,
  stages: readonly ReminderStage[],
): readonly ReminderStage[] {
  const { automation, dueOn, aheadDays } = due;
  // in another's zone it may be a day later; working out the hour of what is far off would cost more than all the rest
  if (due.daysLeft > aheadDays + 1) return [];
  const now = clock.now();
  const setAt = store.reviews.due(automation)?.setAt ?? now;
  const reached = remindersReached({ dueOn, aheadDays, setAt }, stages, person, now);
  const newest = reached.at(-1);
  if (newest === undefined) return [];
  return store.reviews.remindedOf(automation, dueOn, person.name).includes(newest) ? [] : reached;
}

function remind(ground: Ground, person: Person, reminders: readonly Reminder[]): void {
  const { store, clock, register } = ground;
  const now = clock.now();
  if (!isAtWork(person, now)) return;
  const reviews = reminders.map((each) => noticed(each, person));
  const key = reminders
    .map(({ due, reached }) => `${due.automation} ${due.dueOn} ${reached.at(-1)}`)
    .join("\n");
  store.transaction(() => {
    for (const { due, reached } of reminders)
      for (const stage of reached) {
        const { automation, dueOn } = due;
        store.reviews.remind({ automation, dueOn, stage, person: person.name, at: now });
      }
    for (const channel of channelsOfPerson(ground, person)) {
      const facts = {
        notificationId: ground.random.hex(16),
        instance: register.name,
        zone: person.timeZone,
        recipients: [{ name: person.name, email: person.email }],
        reader: { name: person.name, slackId: person.slackId },
        url: pageUrl(register, "/reviews"),
      };
      oweMessage(ground, channel, {
        message: composeReviewNotice({ ...facts, reviews }, now),
        incident: null,
        dedupeKey: `${channel.id}:reviews:${person.name}:${hash("sha256", key)}`,
        now,
      });
    }
  });
}

function noticed({ due, reached }: Reminder, person: Person): NoticedReview {
  const passedOn = reached.at(-1) === "passed-on" && due.person.name !== person.name;
  return {
    title: due.title,
    words: `${sayDue(due)}${passedOn ? `, and waits for ${due.person.name}` : ""}`,
    overdue: due.daysLeft < 0,
    command:
      due.automation === wholeRegister ? "evenkeel review --governance" : `evenkeel review ${due.automation}`,
  };
}
