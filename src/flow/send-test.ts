import { composeTest } from "../notify/compose-test-message.js";
import type { Ground } from "./ground.js";
import { tellEveryone } from "./tell-everyone.js";

/** Owes one test message to every channel; delivery sends it like any other. Returns the ids of the messages. */
export function sendTest(ground: Ground, by: string | null): readonly string[] {
  const { register, random, store } = ground;
  const automations = register.automations.map((each) => each.entry.title);
  return store.transaction(() =>
    tellEveryone(ground, register.channels, `test:${random.hex(16)}`, (facts, now) =>
      composeTest({ ...facts, automations, by }, now),
    ),
  );
}
