import { describe, expect, it } from "vitest";
import { deliverDue, recoverOutbox } from "../../src/flow/deliver.js";
import { sendTest } from "../../src/flow/send-test.js";
import type { Delivery } from "../../src/notify/channel-type.js";
import { benchGround, recordingChannel } from "./bench-ground.js";

const signal = new AbortController().signal;
const second = 1_000;

function owing(channels: ReturnType<typeof recordingChannel>[]) {
  const bench = benchGround({ channels: channels.map((each) => each.ready) });
  sendTest(bench.ground, "Marta Quill");
  const deliver = () => deliverDue(bench.ground, new Set(), signal);
  const later = (ms: number) => bench.clock.set(bench.clock.now() + ms);
  return { ...bench, deliver, later, counts: () => bench.ground.store.outbox.counts() };
}

describe("delivering what is owed", () => {
  it("sends each message once and keeps the channel's reference", async () => {
    const channel = recordingChannel("ops");
    const { deliver, ground, counts } = owing([channel]);
    expect(await deliver()).toBe(1);
    expect(await deliver()).toBe(0);
    expect(counts()).toEqual({ sent: 1 });
    expect(ground.store.outbox.inState("sent", 1)[0]?.reference).toEqual({ ts: channel.sent[0]?.id });
  });

  it("tries again with the same id, later and later, and not before", async () => {
    const channel = recordingChannel("ops");
    channel.answers.push(
      { status: "retry", reason: "503", afterMs: null },
      { status: "retry", reason: "503", afterMs: null },
    );
    const { deliver, later } = owing([channel]);
    await deliver();
    await deliver();
    expect(channel.sent).toHaveLength(1);
    later(second);
    await deliver();
    later(2 * second);
    await deliver();
    expect(channel.sent.map((each) => each.attempt)).toEqual([1, 2, 3]);
    expect(new Set(channel.sent.map((each) => each.id)).size).toBe(1);
  });

  it("gives a receiver the time it asks for, on that channel only", async () => {
    const slow = recordingChannel("slow");
    const fine = recordingChannel("fine");
    slow.answers.push({ status: "retry", reason: "429", afterMs: 30 * second });
    const { deliver, later, ground } = owing([slow, fine]);
    await deliver();
    sendTest(ground, null);
    later(29 * second);
    await deliver();
    expect([slow.sent.length, fine.sent.length]).toEqual([1, 2]);
    later(second);
    await deliver();
    expect(slow.sent.length).toBe(3);
  });

  it("hands a refused message to the other channel at once, and only then", async () => {
    const slack = recordingChannel("slack", { fallback: "mail" });
    const mail = recordingChannel("mail", { onlyAsFallback: true });
    slack.answers.push({ status: "refused", reason: "channel_not_found" });
    const bench = benchGround({ channels: [slack.ready, mail.ready] });
    sendTest(bench.ground, null);
    await deliverDue(bench.ground, new Set(), signal);
    await deliverDue(bench.ground, new Set(), signal);
    expect(bench.ground.store.outbox.inState("dead", 5)).toMatchObject([
      { channel: "slack", lastError: "channel_not_found", passedOn: true },
    ]);
    expect(bench.ground.store.channels.get("slack")).toMatchObject({ reason: "channel_not_found" });
    // one by sendTest itself, one passed on, one that says that the channel is broken
    expect(mail.sent).toHaveLength(3);
  });

  it("asks the other channel after five tries, once, and goes on trying", async () => {
    const slack = recordingChannel("slack", { fallback: "mail" });
    const mail = recordingChannel("mail", { onlyAsFallback: true });
    slack.answers.push(
      ...Array.from({ length: 8 }, () => ({ status: "retry", reason: "503", afterMs: null }) as const),
    );
    const { deliver, later } = owing([slack, mail]);
    for (let tries = 0; tries < 9; tries += 1) {
      await deliver();
      later(30 * second);
    }
    expect(slack.sent.length).toBe(9);
    // one by sendTest itself, one passed on, one that says that the channel is broken
    expect(mail.sent.length).toBe(3);
  });

  it("keeps the order within a channel while the first one waits", async () => {
    const channel = recordingChannel("ops");
    channel.answers.push({ status: "retry", reason: "503", afterMs: null });
    const { deliver, later, ground } = owing([channel]);
    await deliver();
    sendTest(ground, null);
    await deliver();
    expect(channel.sent).toHaveLength(1);
    later(second);
    await deliver();
    const [first, again, next] = channel.sent.map((each) => each.id);
    expect(again).toBe(first);
    expect(next).not.toBe(first);
  });

  it("gives up after a day, keeps the message and says so", async () => {
    const channel = recordingChannel("ops");
    channel.answers.push(
      ...Array.from({ length: 500 }, () => ({ status: "retry", reason: "down", afterMs: null }) as const),
    );
    const { deliver, later, ground, counts } = owing([channel]);
    for (let tries = 0; tries < 450 && counts().dead === undefined; tries += 1) {
      await deliver();
      later(300 * second);
    }
    // the one about the broken channel has no other to go to
    expect(counts()).toEqual({ dead: 1, pending: 1 });
    expect(ground.store.outbox.inState("dead", 1)[0]?.lastError).toBe("down; tried for 24 h");
  });

  it("looks an interrupted message up before it is sent again", async () => {
    const found = recordingChannel("found");
    const asked: string[] = [];
    const ready = {
      ...found.ready,
      channel: {
        ...found.ready.channel,
        reconcile: async (_: unknown, context: { notificationId: string }) => {
          asked.push(context.notificationId);
          return { status: "sent", reference: { ts: "adopted" } } as const;
        },
      },
    };
    const bench = benchGround({ channels: [ready] });
    sendTest(bench.ground, null);
    const row = bench.ground.store.outbox.head("found");
    bench.ground.store.outbox.markSending(row?.seq ?? 0, bench.clock.now());
    expect(recoverOutbox(bench.ground)).toBe(1);
    await deliverDue(bench.ground, new Set(), signal);
    expect(asked).toEqual([row?.id]);
    expect(found.sent).toEqual([]);
    expect(bench.ground.store.outbox.inState("sent", 1)[0]?.reference).toEqual({ ts: "adopted" });
  });

  it("looks again, later and later, where it could not look an interrupted message up", async () => {
    const channel = recordingChannel("ops");
    const mail = recordingChannel("mail", { onlyAsFallback: true });
    const looked: number[] = [];
    const answers: Delivery[] = [
      ...Array.from({ length: 5 }, () => ({ status: "retry", reason: "429", afterMs: null }) as const),
      { status: "retry", reason: "429", afterMs: 30 * second },
    ];
    const ready = {
      ...channel.ready,
      fallback: "mail",
      channel: {
        ...channel.ready.channel,
        reconcile: async () => {
          looked.push(bench.clock.now());
          return answers.shift() ?? ({ status: "sent", reference: null } as const);
        },
      },
    };
    const bench = benchGround({ channels: [ready, mail.ready] });
    const { store } = bench.ground;
    sendTest(bench.ground, null);
    store.outbox.markSending(store.outbox.head("ops")?.seq ?? 0, bench.clock.now());
    recoverOutbox(bench.ground);
    for (let seconds = 0; seconds < 120 && store.outbox.head("ops") !== null; seconds += 1) {
      await deliverDue(bench.ground, new Set(), signal);
      bench.clock.set(bench.clock.now() + second);
    }
    expect(channel.sent).toEqual([]);
    expect(looked.slice(1).map((at, index) => (at - (looked[index] ?? at)) / second)).toEqual([
      2, 4, 8, 13, 13, 30,
    ]);
    // one by sendTest itself, one passed on, one that says that the channel is broken
    expect(mail.sent).toHaveLength(3);
  });

  it("sends an interrupted message again, with the same id, where the channel cannot look", async () => {
    const channel = recordingChannel("ops");
    const { deliver, ground } = owing([channel]);
    const row = ground.store.outbox.head("ops");
    ground.store.outbox.markSending(row?.seq ?? 0, 0);
    recoverOutbox(ground);
    await deliver();
    expect(channel.sent).toEqual([{ id: row?.id, attempt: 2 }]);
  });
});
