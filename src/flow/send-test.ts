import { composeTest } from "../notify/compose-test-message.js";
import type { Ground } from "./ground.js";
import { oweMessage } from "./tell.js";

/** Owes one test message to every channel; delivery sends it like any other. Returns the ids of the messages. */
export function sendTest(ground: Ground, by: string | null): readonly string[] {
  const { register, clock, random, store } = ground;
  const now = clock.now();
  return store.transaction(() =>
    register.channels.map((channel) => {
      const notificationId = random.hex(16);
      const { aiOwner } = register;
      const message = composeTest(
        {
          notificationId,
          instance: register.name,
          zone: register.timeZone,
          automations: register.automations.map((each) => each.entry.title),
          by,
          recipients: [{ name: aiOwner.name, email: aiOwner.email }],
        },
        now,
      );
      oweMessage(ground, channel, {
        message,
        incident: null,
        dedupeKey: `${channel.id}:test:${notificationId}`,
        now,
      });
      return notificationId;
    }),
  );
}
