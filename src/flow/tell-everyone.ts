import type { AboutEvenkeel } from "../notify/about-evenkeel.js";
import type { IncidentMessage } from "../notify/message.js";
import type { Ground, ReadyChannel } from "./ground.js";
import { oweMessage } from "./tell.js";

/**
 * Owes a message about Evenkeel itself to whoever looks after it, on every channel given; call inside a transaction.
 * `subject` keeps the same news from being owed twice. Returns the ids of the messages.
 */
export function tellEveryone(
  ground: Ground,
  channels: readonly ReadyChannel[],
  subject: string,
  compose: (facts: AboutEvenkeel, now: number) => IncidentMessage,
): readonly string[] {
  const { register, clock, random } = ground;
  const now = clock.now();
  const { name, email } = register.aiOwner;
  return channels.map((channel) => {
    const notificationId = random.hex(16);
    const facts = { instance: register.name, zone: register.timeZone, recipients: [{ name, email }] };
    const message = compose({ ...facts, notificationId }, now);
    const dedupeKey = `${channel.id}:${subject}`;
    oweMessage(ground, channel, { message, incident: null, dedupeKey, now });
    return notificationId;
  });
}
