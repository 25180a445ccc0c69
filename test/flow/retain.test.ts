import { describe, expect, it } from "vitest";
import { clockInDoubt, sweep } from "../../src/flow/retain.js";
import { runSlots } from "../../src/flow/run.js";
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

const day = 24 * hour;
const kept = { bodiesMs: 100 * day, verdictsMs: 400 * day };
const plan = { ...kept, messagesMs: 90 * day, of: () => kept };
const { signal } = new AbortController();

/** One run of twenty outputs, so many of them wrong, with a channel that is told. */
async function ranOnce(wrong: number) {
  const check = okCheck({ rule: { kind: "zero-tolerance" } });
  const bench = benchGround({ checks: [check], channels: [recordingChannel("ops").ready] });
  bench.source.outputs.push(...hourOf(monday + hour, wrong));
  bench.clock.set(monday + hour);
  bench.ground.store.registry.see("invoices", monday);
  bench.ground.store.registry.markHistoryRead("invoices", monday);
  await runSlots(bench.ground, bench.watched, [monday + hour], options);
  const { outputs } = bench.ground.store;
  const texts = () => outputs.between("invoices", 0, monday + day, 99).map(({ output }) => output.text);
  return { ...bench, texts };
}

describe("what has passed its age", () => {
  it("loses its text first, its row later, and never its counts", async () => {
    const { ground, clock, texts } = await ranOnce(0);
    clock.set(monday + 99 * day);
    expect(await sweep(ground, plan, signal)).toMatchObject({ bodies: 0, outputs: 0 });
    clock.set(monday + 101 * day);
    expect(await sweep(ground, plan, signal)).toMatchObject({ bodies: 20, outputs: 0 });
    expect(texts()).toEqual(Array(20).fill(""));
    expect(ground.store.outputs.passingBefore("invoices", "ok", monday + day, 9)).toEqual([]);
    clock.set(monday + 401 * day);
    expect(await sweep(ground, plan, signal)).toMatchObject({ bodies: 0, outputs: 20 });
    expect(texts()).toEqual([]);
    expect(ground.store.outputs.checkTotals("invoices", "ok")).toEqual({ pass: 20, judged: 20 });
    expect(ground.store.outputs.totals("invoices").outputs).toBe(20);
  });

  it("takes along what quotes it: the reason of its verdict, who it was for, where it lies, what broke", async () => {
    const bench = benchGround({ checks: [okCheck()] });
    const { ground, clock, source } = bench;
    const of = { user: "u-1", link: "https://example.com/a", error: "no reply to Zoë" };
    source.outputs.push(draft("a", monday + 1, "bad answer", of), draft("b", monday + 2, "ok"));
    clock.set(monday + hour);
    ground.store.registry.see("invoices", monday);
    ground.store.registry.markHistoryRead("invoices", monday);
    await runSlots(ground, bench.watched, [monday + hour], options);
    const key = () => ground.store.outputs.between("invoices", 0, monday + day, 9).at(-1)?.key ?? 0;
    expect(ground.store.forgetting.said(key())).toMatchObject([{ reason: "begins with bad a" }]);
    clock.set(monday + 101 * day);
    await sweep(ground, plan, signal);
    expect(ground.store.forgetting.said(key())).toEqual([{ reason: null, excerpt: null }]);
    const left = ground.store.outputs.between("invoices", 0, monday + day, 9).map(({ output }) => output);
    // that something broke is counted, what it said is not kept
    expect(left).toMatchObject([
      { id: "b", error: null },
      { id: "a", user: null, link: null, error: "" },
    ]);
    expect(ground.store.outputs.checkTotals("invoices", "ok")).toEqual({ pass: 1, judged: 2 });
  });

  it("stays while an incident that rests on it is open, and goes once that is over", async () => {
    const { ground, clock, texts } = await ranOnce(3);
    clock.set(monday + 500 * day);
    expect(await sweep(ground, plan, signal)).toMatchObject({ bodies: 0, outputs: 0, messages: 0 });
    expect(texts().filter((text) => text.startsWith("bad"))).toHaveLength(3);
    const [open] = ground.store.incidents.open();
    if (open !== undefined)
      ground.store.incidents.setStatus(open.id, {
        status: "resolved",
        endedAt: clock.now(),
        acknowledgedBy: null,
      });
    const message = ground.store.outbox.inState("pending", 1)[0];
    if (message !== undefined) ground.store.outbox.settle(message.seq, { state: "sent" });
    expect(await sweep(ground, plan, signal)).toMatchObject({ bodies: 20, outputs: 20, messages: 1 });
    expect(ground.store.incidents.list(9)).toHaveLength(1);
  });
});

describe("fault 11: a clock that is years off", () => {
  it("lets nothing go until it is back, or for seven days", () => {
    const { ground, clock } = benchGround();
    expect(clockInDoubt(ground)).toBe(false);
    clock.set(monday + 730 * day);
    expect([clockInDoubt(ground), clockInDoubt(ground)]).toEqual([true, true]);
    clock.set(monday + hour);
    expect(clockInDoubt(ground)).toBe(false);
    clock.set(monday + 730 * day);
    expect(clockInDoubt(ground)).toBe(true);
    clock.set(monday + 738 * day);
    expect(clockInDoubt(ground)).toBe(false);
  });
});
