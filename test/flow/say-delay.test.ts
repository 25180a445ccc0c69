import { describe, expect, it } from "vitest";
import { deliverDue } from "../../src/flow/deliver.js";
import { runSlots } from "../../src/flow/run.js";
import { benchGround, draft, hour, monday, okCheck, options, recordingChannel } from "./bench-ground.js";

const minute = 60_000;

/** An incident opened on Monday at 01:00 whose messages nobody has tried to send. */
async function owed(channels: ReturnType<typeof recordingChannel>[]) {
  const checks = [okCheck({ rule: { kind: "zero-tolerance" } })];
  const bench = benchGround({ checks, channels: channels.map(({ ready }) => ready) });
  bench.ground.store.registry.markHistoryRead("invoices", monday);
  bench.source.outputs.push(draft("a", monday + 30 * minute, "bad"));
  bench.clock.set(monday + hour);
  await runSlots(bench.ground, bench.watched, [monday + hour], options);
  const deliver = () => deliverDue(bench.ground, new Set(), options.signal);
  const later = (ms: number) => bench.clock.set(bench.clock.now() + ms);
  return { ...bench, deliver, later };
}

describe("fault 1: a message that is first sent long after it was owed", () => {
  it.each([
    [5, null],
    [20, "Delayed by 20 min"],
    [3 * 24 * 60, "Delayed by 3 days"],
  ])("after %i min says %s", async (minutes, says) => {
    const channel = recordingChannel("ops");
    const { deliver, later } = await owed([channel]);
    later(minutes * minute);
    await deliver();
    const [message] = channel.messages;
    expect(channel.sent).toHaveLength(1);
    if (says === null) {
      expect(JSON.stringify(message)).not.toContain("Delayed");
      return;
    }
    expect(message?.alert).toMatch(new RegExp(`^${says}\\. `));
    expect(message?.since.at(-1)).toBe(
      `${says}: this is how it stood Mon 01:00 UTC, and it may have changed since`,
    );
  });

  it("replays the same bytes at every further try, however long that takes", async () => {
    const channel = recordingChannel("ops");
    const { ground, deliver, later } = await owed([channel]);
    channel.answers.push({ status: "retry", reason: "refused", afterMs: null });
    await deliver();
    const first = ground.store.outbox.head("ops")?.payload;
    later(hour);
    await deliver();
    expect(channel.sent.map(({ attempt }) => attempt)).toEqual([1, 2]);
    const [sent] = ground.store.outbox.inState("sent", 9);
    expect(sent?.payload).toEqual(first);
    expect(JSON.stringify(channel.messages)).not.toContain("Delayed");
  });

  it("says so too where another channel carries it, counted from when it was first owed", async () => {
    const mail = recordingChannel("mail", { onlyAsFallback: true });
    const channel = recordingChannel("ops", { fallback: "mail" });
    const { deliver, later } = await owed([channel, mail]);
    later(20 * minute);
    channel.answers.push({ status: "refused", reason: "the receiver answered 410" });
    await deliver();
    await deliver();
    const carried = mail.messages.find(({ incident }) => incident?.id === 1);
    expect(carried?.alert).toMatch(/^Delayed by 20 min\. /);
    expect(carried?.alert.match(/Delayed/g)).toHaveLength(1);
  });

  it("is doubted with the date of the computer: a clock two years ahead delays nothing", async () => {
    const channel = recordingChannel("ops");
    const { ground, clock, deliver } = await owed([channel]);
    clock.jump(730 * 24 * hour);
    ground.store.meta.set("clock_doubted_at", String(clock.now()));
    await deliver();
    expect(JSON.stringify(channel.messages)).not.toContain("Delayed");
  });
});
