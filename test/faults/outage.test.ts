import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { endAll } from "./daemon-process.js";
import { pushFolder, removeFolders } from "./folder.js";
import { outage, outageAutomations } from "./outage.js";
import { type Receiver, startReceiver } from "./receiver.js";

let receiver: Receiver;
beforeEach(async () => {
  receiver = await startReceiver();
});
afterEach(async () => {
  endAll();
  await receiver.close();
  removeFolders();
});

describe("a receiver that answers 500 for a while", () => {
  it("gets each problem once within 30 s of its recovery, and one that passed meanwhile in one message", async () => {
    const folder = pushFolder({ automations: [...outageAutomations], webhook: receiver.url });
    const done = await outage(folder, receiver, 12_000);
    expect(done.triesMeanwhile).toBeGreaterThan(1);
    expect(done.deliveredAfterMs).toBeLessThan(30_000);
    expect(done.repeated).toBe(0);
    expect(done.lasting).toEqual(["incident.opened"]);
    expect(done.passed).toHaveLength(1);
  });
});
