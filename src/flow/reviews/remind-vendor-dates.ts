/**
 * Reminders of days on which something changes with a vendor (`vendorDates`). In: now. Out: for the AI owner one message
 * in the outbox, in the transaction that notes of what: a month ahead, on the day and a week after, each once, in working
 * hours, whatever restarts, downtime and changes of the clock lie between. What had passed before the day was written
 * down is shown in reviews and never sent; after downtime only the newest of each goes out.
 */
import { hash } from "node:crypto";
import type { ReminderStage } from "../../domain/review.js";
import { composeVendorNotice, type NoticedVendorDate } from "../../notify/compose-vendor-notice.js";
import { remindersReached } from "../../review/review-times.js";
import { excerpt } from "../../text/excerpt.js";
import { sayListUpTo } from "../../wording/sentences.js";
import { sayDay } from "../../wording/times.js";
import { type Ground, pageUrl } from "../ground.js";
import { isClockDoubtful } from "../keep-time.js";
import { oweMessage } from "../tell.js";
import { channelsOfPerson, isAtWork } from "./reached-person.js";
import { sayDaysLeft, type VendorDateAhead, vendorDatesAhead } from "./vendor-dates.js";

/** So many days ahead there is still time to give notice, or to look for something else. */
const aheadDays = 30;
const stages = ["before", "due", "after"] as const;
const longestNote = 200;
const namedAtMost = 5;

interface Reached {
  readonly date: VendorDateAhead;
  readonly key: string;
  readonly reached: readonly ReminderStage[];
}

/** Owes the reminder of every such day whose time has come. */
export function remindVendorDates(ground: Ground): void {
  const { register, clock, store } = ground;
  if (register.vendorDates.length === 0 || isClockDoubtful(ground)) return;
  const all = vendorDatesAhead(ground, Number.POSITIVE_INFINITY).map((date) => ({ date, key: keyOf(date) }));
  const unmet = all.filter(({ key }) => store.reviews.due(key) === null);
  const now = clock.now();
  if (unmet.length > 0)
    store.transaction(() => {
      for (const { date, key } of unmet)
        store.reviews.putDue({ automation: key, metAt: now, dueOn: date.date, setAt: now });
    });
  const due = all
    .map((each) => ({ ...each, reached: reachedOf(ground, each.date, each.key) }))
    .filter(({ reached }) => reached.length > 0);
  if (due.length > 0 && isAtWork(register.aiOwner, now)) remind(ground, due);
}

/** Tells it apart from reviews and from other days, and names nobody. */
function keyOf({ vendor, tool, kind, date }: VendorDateAhead): string {
  return `vendor-date:${hash("sha256", JSON.stringify([vendor, tool, kind, date])).slice(0, 32)}`;
}

function reachedOf(
  { store, clock, register }: Ground,
  { date, daysLeft }: VendorDateAhead,
  key: string,
): readonly ReminderStage[] {
  // in the AI owner's zone it may be a day later
  if (daysLeft > aheadDays + 1) return [];
  const now = clock.now();
  const { aiOwner } = register;
  const setAt = store.reviews.due(key)?.setAt ?? now;
  const reached = remindersReached({ dueOn: date, aheadDays, setAt }, stages, aiOwner, now);
  const newest = reached.at(-1);
  if (newest === undefined) return [];
  return store.reviews.remindedOf(key, date, aiOwner.name).includes(newest) ? [] : reached;
}

function remind(ground: Ground, due: readonly Reached[]): void {
  const { store, clock, register } = ground;
  const { aiOwner: person } = register;
  const now = clock.now();
  const dates = due.map(({ date }) => noticed(date));
  const key = due.map((each) => `${each.key} ${each.reached.at(-1)}`).join("\n");
  store.transaction(() => {
    for (const { date, key: automation, reached } of due)
      for (const stage of reached)
        store.reviews.remind({ automation, dueOn: date.date, stage, person: person.name, at: now });
    for (const channel of channelsOfPerson(ground, person)) {
      const facts = {
        notificationId: ground.random.hex(16),
        instance: register.name,
        zone: person.timeZone,
        recipients: [{ name: person.name, email: person.email }],
        reader: { name: person.name, slackId: person.slackId },
        url: pageUrl(register, "/governance"),
      };
      oweMessage(ground, channel, {
        message: composeVendorNotice({ ...facts, dates }, now),
        incident: null,
        dedupeKey: `${channel.id}:vendor-dates:${hash("sha256", key)}`,
        now,
      });
    }
  });
}

const verbs: Readonly<Record<VendorDateAhead["kind"], string>> = {
  terms: "change",
  price: "changes",
  licence: "changes",
  contract: "changes",
};

function noticed({ title, kind, date, daysLeft, note, touches }: VendorDateAhead): NoticedVendorDate {
  const far = sayDaysLeft(daysLeft);
  return {
    title,
    when:
      daysLeft === 0
        ? `${verbs[kind]} today`
        : `${daysLeft > 0 ? verbs[kind] : "changed"} on ${sayDay(date)}, ${far}`,
    note: note === null ? null : excerpt(note, longestNote),
    touches: touches.length === 0 ? null : `touches ${sayListUpTo(touches, namedAtMost)}`,
  };
}
