import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { seeded } from "../drift/streams.js";
import { endAll } from "./daemon-process.js";
import { pushFolder, removeFolders } from "./folder.js";
import { killAtRandom } from "./kill-at-random.js";
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

describe("kill -9 at random instants under load", () => {
  it("ten times loses nothing acknowledged, nothing owed, and repeats at most one message a kill", async () => {
    const automations = ["replies", "invoices", "leads", "summaries"];
    const folder = pushFolder({ automations, webhook: receiver.url });
    const kills = 10;
    const done = await killAtRandom({ folder, automations, receiver, kills, chance: seeded(20_261_126) });
    // that it was under load is part of the claim
    expect(done.acknowledged.outputs.size).toBeGreaterThan(50);
    expect(done.acknowledged.runs).toBeGreaterThan(5);
    expect(done.messages).toBeGreaterThan(10);
    expect(done.lostOutputs).toEqual([]);
    expect(done.lostMessages).toEqual([]);
    expect(done.damages).toEqual([]);
    expect(Math.max(...done.repeatsPerKill)).toBeLessThanOrEqual(1);
  });
});
