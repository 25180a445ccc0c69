/**
 * The weekly digests. In: now. Out: for each reader whose digest is due one message in the outbox, in the transaction that
 * notes that it is owed: once for each reader and week, whatever restarts and changes of the clock lie between. After a
 * downtime the newest one that was missed goes out, once. Delivery is the outbox's (RELIABILITY 3.5).
 */

import type { Digest } from "../domain/digest.js";
import { messageOf } from "../domain/errors.js";
import { dayMs } from "../domain/time.js";
import { composeDigestMessage } from "../notify/compose-digest-message.js";
import { composeDigest, composeFollowUp } from "../report/compose-digest.js";
import { digestDue } from "../report/digest-due.js";
import type { DigestFacts } from "../report/digest-facts.js";
import type { DigestReader } from "../report/digest-settings.js";
import { carrierOf, personOf } from "./digest-carrier.js";
import { digestLinks } from "./digest-links.js";
import { gatherDigest } from "./gather-digest.js";
import type { Ground, ReadyChannel } from "./ground.js";
import { pickSpotChecks } from "./pick-spot-checks.js";
import { tellNames, untoldNames } from "./register/unregistered.js";
import { reviewsForReader } from "./reviews/reviews-for-reader.js";
import { historySettled } from "./run-due.js";
import { oweMessage } from "./tell.js";

const lookEveryMs = 60_000;
/** An unanswered digest is followed up once: not before, and not when the next one is near. */
const followUpFromMs = 3 * dayMs;
const followUpUntilMs = 6 * dayMs;

/** Looks for digests that are due; whoever calls it decides how often, it looks once a minute. */
export function createDigests() {
  let lookedAt = Number.NEGATIVE_INFINITY;
  return (ground: Ground): void => {
    const monotonic = ground.clock.monotonic();
    if (monotonic - lookedAt < lookEveryMs) return;
    lookedAt = monotonic;
    oweDigests(ground);
  };
}

/** Owes every digest that is due. One reader's failure leaves the others theirs. */
export function oweDigests(ground: Ground): void {
  for (const reader of ground.register.digest) {
    try {
      oweDue(ground, reader);
      followUp(ground, reader);
    } catch (thrown) {
      ground.logger.error("a digest could not be made", {
        reader: reader.person,
        reason: messageOf(thrown),
      });
    }
  }
}

function oweDue(ground: Ground, reader: DigestReader): void {
  const { store, clock, logger } = ground;
  const now = clock.now();
  const { period, dueAt } = digestDue(reader, personOf(ground.register, reader).timeZone, now);
  const known = store.digests.reader(reader.person);
  if (known === null) return void store.transaction(() => store.digests.meet(reader.person, now));
  const latest = store.digests.latest(reader.person);
  // of an earlier week: the clock was set back
  if (dueAt <= known.sinceAt || (latest !== null && latest.period >= period)) return;
  store.transaction(() => {
    const note = { reader: reader.person, period, dueAt, owedAt: now };
    const carrier = known.stoppedAt === null ? carrierOf(ground.register, reader) : null;
    if (carrier === null) {
      store.digests.owe({ ...note, asked: 0 });
      if (known.stoppedAt === null)
        logger.warn("a digest has no way to its reader", { reader: reader.person, period });
      return;
    }
    pickForWeek(ground, reader, now);
    const asked = oweTo(ground, reader, carrier, { subject: `digest:${reader.person}:${period}` });
    store.digests.owe({ ...note, asked });
    if (reader.person === ground.register.aiOwner.name) tellNames(ground, untoldNames(ground));
  });
}

/** Asks once more where the last digest asked to judge and nobody has since. */
function followUp(ground: Ground, reader: DigestReader): void {
  const { store, clock } = ground;
  const now = clock.now();
  const last = store.digests.latest(reader.person);
  if (last === null || last.asked === 0 || last.followedUpAt !== null) return;
  const age = now - last.owedAt;
  const stopped = (store.digests.reader(reader.person)?.stoppedAt ?? null) !== null;
  const carrier = carrierOf(ground.register, reader);
  if (stopped || carrier === null || age < followUpFromMs || age >= followUpUntilMs) return;
  const answered = reader.judges.some((id) => (store.judgements.lastAt(id) ?? 0) >= last.owedAt);
  if (answered) return;
  store.transaction(() => {
    if (!store.digests.followUp(last, now)) return;
    const subject = `digest:${reader.person}:${last.period}:again`;
    oweTo(ground, reader, carrier, { subject, compose: composeFollowUp });
  });
}

/** Picks last week's outputs before the day's look has come to it, or instead of one that was missed. */
export function pickForWeek(ground: Ground, { automations }: DigestReader, now: number): void {
  for (const watched of ground.register.automations)
    if (automations.includes(watched.entry.id) && historySettled(ground, watched))
      pickSpotChecks(ground, watched, now);
}

/** Owes a reader's digest as it is now; call inside a transaction. Returns how many outputs it asks to judge. */
export function oweTo(
  ground: Ground,
  reader: DigestReader,
  carrier: ReadyChannel,
  { subject, compose = composeDigest }: { subject: string; compose?: (facts: DigestFacts) => Digest },
): number {
  const now = ground.clock.now();
  const { email, slackId, timeZone } = personOf(ground.register, reader);
  const digest = compose(
    gatherDigest(ground, reader, digestLinks(ground, reader, carrier), reviewsForReader(ground, reader)),
  );
  const facts = {
    notificationId: ground.random.hex(16),
    instance: ground.register.name,
    zone: timeZone,
    recipients: [{ name: reader.person, email }],
    reader: { name: reader.person, slackId },
  };
  oweMessage(ground, carrier, {
    message: composeDigestMessage(facts, digest, now),
    incident: null,
    dedupeKey: `${carrier.id}:${subject}`,
    now,
  });
  return digest.judging.reduce((sum, { outputs }) => sum + outputs.length, 0);
}
