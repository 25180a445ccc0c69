import { describe, expect, it } from "vitest";
import { deliverDue } from "../../src/flow/deliver.js";
import { keepWaits } from "../../src/flow/keep-waits.js";
import { sendTest } from "../../src/flow/send-test.js";
import type { Delivery } from "../../src/notify/channel-type.js";
import { benchGround, hour, monday, options, recordingChannel } from "./bench-ground.js";

describe("what is owed when a clock is set back", () => {
  const wait = 3_600_000;
  const years = 2 * 365 * 24 * hour;

  function owedAhead(answers: readonly Delivery[]) {
    const channel = recordingChannel("ops");
    channel.answers.push(...answers);
    const bench = benchGround({ channels: [channel.ready] });
    bench.clock.set(monday + years);
    sendTest(bench.ground, null);
    const deliver = () => deliverDue(bench.ground, new Set(), options.signal);
    return { ...bench, channel, deliver };
  }

  it("goes at once where it was never tried", async () => {
    const { ground, channel, clock, deliver } = owedAhead([]);
    clock.set(monday);
    keepWaits(ground);
    await deliver();
    expect(channel.sent).toHaveLength(1);
  });

  it.each([
    ["the receiver asked for time", 60_000],
    ["the try failed", null],
  ])("waits no longer than the longest wait there is: %s", async (_, afterMs) => {
    const { ground, channel, clock, deliver } = owedAhead([{ status: "retry", reason: "503", afterMs }]);
    await deliver();
    clock.set(monday);
    keepWaits(ground);
    clock.set(monday + wait - 1);
    await deliver();
    expect(channel.sent).toHaveLength(1);
    clock.set(monday + wait);
    await deliver();
    expect(channel.sent).toHaveLength(2);
  });

  it("is given up a day later, not two years", async () => {
    const down = Array.from(
      { length: 60 },
      () => ({ status: "retry", reason: "503", afterMs: wait }) as const,
    );
    const { ground, clock, deliver } = owedAhead(down);
    await deliver();
    clock.set(monday);
    keepWaits(ground);
    for (let hours = 1; hours <= 26; hours += 1) {
      clock.set(monday + hours * hour);
      await deliver();
    }
    // the one that waits says that the channel is broken; there is no other to say it on
    expect(ground.store.outbox.counts()).toEqual({ dead: 1, pending: 1 });
  });

  it("keeps its wait where the clock was right", async () => {
    const { ground, channel, clock, deliver } = owedAhead([
      { status: "retry", reason: "503", afterMs: 60_000 },
    ]);
    await deliver();
    const { now } = clock;
    keepWaits(ground);
    clock.set(now() + 59_999);
    await deliver();
    expect(channel.sent).toHaveLength(1);
    clock.set(now() + 1);
    await deliver();
    expect(channel.sent).toHaveLength(2);
  });
});
