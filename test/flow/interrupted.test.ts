import { describe, expect, it } from "vitest";
import { SourceError } from "../../src/domain/errors.js";
import { deliverDue } from "../../src/flow/deliver.js";
import { enableCheck } from "../../src/flow/enable-check.js";
import { keepSchedules } from "../../src/flow/keep-schedules.js";
import { readHistory } from "../../src/flow/read-history.js";
import { runSlots } from "../../src/flow/run.js";
import { runDue } from "../../src/flow/run-due.js";
import { sendTest } from "../../src/flow/send-test.js";
import {
  benchGround,
  draft,
  hour,
  hourOf,
  monday,
  okCheck,
  options,
  recordingChannel,
} from "./bench-ground.js";

describe("work that is broken off", () => {
  it.each(["runs", "history"])(
    "takes a read cut off by the stop for no fault of the source: %s",
    async (what) => {
      const stopping = new AbortController();
      const channel = recordingChannel("ops");
      const bench = benchGround({ channels: [channel.ready] });
      const watched = {
        ...bench.watched,
        source: {
          read: async () => {
            stopping.abort();
            throw new SourceError("source-aborted", "the request was aborted");
          },
        },
      };
      const cut = { ...options, signal: stopping.signal };
      bench.clock.set(monday + hour);
      if (what === "runs") await runSlots(bench.ground, watched, [monday + hour], cut);
      else await readHistory(bench.ground, watched, cut);
      expect(bench.ground.store.incidents.open()).toEqual([]);
      expect(channel.messages).toEqual([]);
      bench.source.outputs.push(...hourOf(monday + hour, 0));
      const report = await runSlots(bench.ground, bench.watched, [monday + hour], options);
      expect(report.outputs).toBe(20);
    },
  );

  it("looks a message up whose answer could not be noted, instead of sending it again", async () => {
    const channel = recordingChannel("ops");
    const asked: string[] = [];
    const ready = {
      ...channel.ready,
      channel: {
        ...channel.ready.channel,
        reconcile: async (_: unknown, context: { notificationId: string }) => {
          asked.push(context.notificationId);
          return { status: "sent", reference: null } as const;
        },
      },
    };
    const bench = benchGround({ channels: [ready] });
    sendTest(bench.ground, null);
    // the database was locked by another program when the answer came
    bench.ground.store.outbox.markSending(bench.ground.store.outbox.head("ops")?.seq ?? 0, monday);
    await deliverDue(bench.ground, new Set(), options.signal);
    expect(asked).toHaveLength(1);
    expect(channel.sent).toEqual([]);
  });

  it("keeps what a person decides while a long history is replayed", async () => {
    const bench = benchGround();
    for (let index = 1; index <= 120; index += 1)
      bench.source.outputs.push(...hourOf(monday - (121 - index) * hour, index < 3 ? 5 : 0));
    const decided: string[] = [];
    const onProgress = ({ doing, done }: { doing: string; done: number }) => {
      if (doing !== "replaying" || done !== 50) return;
      decided.push(
        ...enableCheck(bench.ground, bench.watched, { subject: "ok", who: "Marta Quill", why: "sure" }).map(
          (plan) => plan.id,
        ),
      );
    };
    await readHistory(bench.ground, bench.watched, { ...options, onProgress });
    expect(decided).toEqual(["check:ok"]);
    expect(bench.ground.store.metrics.get("invoices", "check:ok")?.standingWhy).toBe(
      "enabled by Marta Quill: sure",
    );
  });
});

describe("a clock that was wrong", () => {
  it("goes on with the present slots after it stood two years ahead", async () => {
    const bench = benchGround();
    const state = { resting: new Map<string, number>() };
    const beat = () =>
      runDue(bench.ground, { ...options, ...state, limit: (work) => work(), askingLimit: (work) => work() });
    keepSchedules(bench.ground);
    await beat();
    bench.clock.set(monday + 200 * hour);
    await beat();
    bench.clock.set(monday + hour);
    keepSchedules(bench.ground);
    bench.source.outputs.push(draft("a", monday + 1.5 * hour, "ok"));
    bench.clock.set(monday + 2 * hour + 10_000);
    await beat();
    const runs = bench.ground.store.runs.list("invoices", 300).filter((run) => run.outputs > 0);
    expect(runs).toMatchObject([{ slotAt: monday + 2 * hour, state: "done", outputs: 1 }]);
  });
});

describe("a blind incident", () => {
  it("ends at the first good read of a history that holds nothing yet", async () => {
    const channel = recordingChannel("ops");
    const bench = benchGround({ channels: [channel.ready] });
    bench.source.break("no such file");
    await readHistory(bench.ground, bench.watched, options);
    expect(bench.ground.store.incidents.open()).toHaveLength(1);
    bench.source.break(null);
    await readHistory(bench.ground, bench.watched, options);
    expect(bench.ground.store.incidents.open()).toEqual([]);
    expect(channel.messages.map((message) => message.kind)).toEqual(["opened", "recovered"]);
  });
});

describe("an incident", () => {
  const zero = { kind: "zero-tolerance" } as const;

  it("tells of a problem that joined it while the daemon was down", async () => {
    const channel = recordingChannel("ops");
    const bench = benchGround({
      checks: [
        okCheck({ rule: zero }),
        okCheck({
          id: "short",
          title: "Short",
          rule: zero,
          judge: ({ text }) => (text.length < 40 ? { status: "pass" } : { status: "fail", reason: "long" }),
        }),
      ],
      channels: [channel.ready],
    });
    const long = "ok ".repeat(20);
    bench.source.outputs.push(draft("a", monday + 1, "bad"));
    bench.clock.set(monday + hour);
    await runSlots(bench.ground, bench.watched, [monday + hour], options);
    bench.source.outputs.push(draft("b", monday + hour + 1, long), draft("c", monday + 3 * hour - 1, "ok"));
    bench.clock.set(monday + 3 * hour);
    await runSlots(bench.ground, bench.watched, [monday + 2 * hour, monday + 3 * hour], options);
    expect(channel.messages.map((message) => message.kind)).toEqual(["opened", "moved"]);
    expect(JSON.stringify(channel.messages[1])).toContain("“Short” does not hold");
  });

  it("does not end because a check could not tell for three runs", async () => {
    const bench = benchGround({
      checks: [
        okCheck({
          rule: zero,
          judge: ({ text }) =>
            text === "bad"
              ? { status: "fail", reason: "bad" }
              : { status: "error", reason: "could not tell" },
        }),
      ],
    });
    for (let index = 1; index <= 5; index += 1) {
      bench.source.outputs.push(draft(`o${index}`, monday + index * hour - 1, index === 1 ? "bad" : "?"));
      bench.clock.set(monday + index * hour);
      await runSlots(bench.ground, bench.watched, [monday + index * hour], options);
    }
    expect(bench.ground.store.incidents.open()).toHaveLength(1);
  });

  it("that was opened again speaks of what is wrong now", async () => {
    const channel = recordingChannel("ops");
    const bench = benchGround({ checks: [okCheck({ rule: zero })], channels: [channel.ready] });
    for (let index = 1; index <= 6; index += 1) {
      bench.source.outputs.push(
        draft(
          `o${index}`,
          monday + index * hour - 1,
          index === 1 ? "bad first" : index === 6 ? "bad again" : "ok",
        ),
      );
      bench.clock.set(monday + index * hour);
      await runSlots(bench.ground, bench.watched, [monday + index * hour], options);
    }
    expect(channel.messages.map((message) => message.kind)).toEqual(["opened", "recovered", "opened"]);
    const again = JSON.stringify(channel.messages[2]);
    expect(again).toContain("o6");
    expect(again).not.toContain("o1");
  });
});
