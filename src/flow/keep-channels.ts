import { messageOf } from "../domain/errors.js";
import type { IncidentMessage } from "../notify/message.js";
import { readMessage } from "../notify/read-message.js";
import type { OutboxRow } from "../store/outbox.js";
import { usualChannels } from "./channels-for.js";
import type { Ground } from "./ground.js";
import { oweMessage } from "./tell.js";

/**
 * What is still owed to a channel that is no longer configured goes to the configured ones that were not owed the
 * same message: a channel that was renamed or replaced loses nothing. Looked for at every beat, for a run that began
 * before a reload may owe it later. Returns how many messages that concerns.
 */
export function keepChannels(ground: Ground): number {
  const { store, register, clock, random } = ground;
  const now = clock.now();
  const known = new Set(register.channels.map((each) => each.id));
  const withWork = store.outbox.channelsWithWork().filter((id) => !known.has(id));
  // asked at every beat, and nearly always nothing is owed to such a channel
  if (withWork.length === 0) return 0;
  return store.transaction(() => {
    let moved = 0;
    for (const gone of withWork) {
      for (let row = store.outbox.head(gone); row !== null; row = store.outbox.head(gone)) {
        // under way at this moment: the next look finds it
        if (row.state === "sending") break;
        // a digest is one reader's own, and so are its links
        const message = row.kind === "digest" ? null : storedMessage(ground, row);
        if (message === null) {
          const why =
            row.kind === "digest"
              ? "a digest goes to nobody but its reader; evenkeel digest --send sends one now"
              : "the message cannot be read for another";
          store.outbox.settle(row.seq, {
            state: "dead",
            error: `channel ${gone} is no longer configured, and ${why}`,
          });
          continue;
        }
        const subject = row.dedupeKey.slice(gone.length);
        for (const channel of usualChannels(ground))
          oweMessage(ground, channel, {
            message: { ...message, notificationId: random.hex(16) },
            incident: row.incident,
            dedupeKey: `${channel.id}${subject}`,
            now,
          });
        store.outbox.settle(row.seq, {
          state: "superseded",
          error: `channel ${gone} is no longer configured`,
        });
        moved += 1;
      }
    }
    return moved;
  });
}

/** null: it is none, which one message must not stop the others for. */
function storedMessage({ logger }: Ground, row: OutboxRow): IncidentMessage | null {
  try {
    return readMessage(JSON.parse(row.message));
  } catch (thrown) {
    logger.error("a stored message cannot be read", { message: row.id, reason: messageOf(thrown) });
    return null;
  }
}
