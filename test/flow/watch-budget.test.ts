import { describe, expect, it } from "vitest";
import type { Automation, Budget } from "../../src/domain/automation.js";
import { lookDaily } from "../../src/flow/daily-look.js";
import { runSlots } from "../../src/flow/run.js";
import { benchGround, draft, hour, levels, options } from "./bench-ground.js";

const { signal } = new AbortController();
const usd: Budget = { perMonth: 50, currency: "USD", perUsd: 1 };
/** Midnight UTC of a day of March 2026. */
const march = (date: number) => Date.UTC(2026, 2, date);

function watch(budget: Budget | null, entryChange: Partial<Automation> = {}) {
  const bench = benchGround({ entryChange: { budget, ...entryChange } });
  bench.ground.store.registry.see("invoices", march(1));
  bench.ground.store.registry.markHistoryRead("invoices", march(1));
  /** One output at noon of each day from one to another, of that cost in dollars. */
  const spend = async (from: number, to: number, dollars: number | null) => {
    for (let date = from; date <= to; date += 1) {
      const at = march(date) + 12 * hour;
      const costMicros = dollars === null ? null : dollars * 1_000_000;
      bench.source.outputs.push(draft(`d${date}`, at, "ok", { costMicros }));
      bench.clock.set(at + hour);
      await runSlots(bench.ground, bench.watched, [at + hour], options);
    }
  };
  const look = async (at: number) => {
    bench.clock.set(at);
    await lookDaily(bench.ground, levels, signal);
    return bench.ground.store.findings.active("invoices").filter(({ finding }) => finding.rule === "budget");
  };
  return { ...bench, spend, look };
}

describe("the budget of a month", () => {
  it("is a finding for the digest when the pace exceeds it, with the figures", async () => {
    const { spend, look, ground } = watch(usd);
    await spend(1, 17, 2);
    const [found] = await look(march(18) + hour);
    expect(found?.finding.level).toBe("digest");
    expect(found?.finding.sentence).toBe(
      "the budget of the month will not last: spent 34.00 of 50.00 USD by the 18th; at this pace 62.00 (62.00 to 62.00) by the end of the month; used up about the 26th",
    );
    expect(ground.store.incidents.open()).toEqual([]);
  });

  it("is none while the pace keeps to it", async () => {
    const { spend, look } = watch(usd);
    await spend(1, 17, 1.5);
    expect(await look(march(18) + hour)).toEqual([]);
  });

  it("waits for a week of days, unless half is spent", async () => {
    const slow = watch(usd);
    await slow.spend(1, 5, 3);
    expect(await slow.look(march(6) + hour)).toEqual([]);
    const fast = watch(usd);
    await fast.spend(1, 5, 6);
    expect(await fast.look(march(6) + hour)).toHaveLength(1);
  });

  it("says when it is used up, keeps saying it to the end of the month and begins anew", async () => {
    const { spend, look } = watch(usd);
    await spend(1, 10, 6);
    const [found] = await look(march(11) + hour);
    expect(found?.headline).toBe("the budget of the month is used up");
    expect(found?.finding.sentence).toContain("used up on the 9th");
    expect(await look(march(31) + hour)).toHaveLength(1);
    expect(await look(march(32) + hour)).toEqual([]);
  });

  it("is in the currency that it was set in", async () => {
    const { spend, look } = watch({ perMonth: 50, currency: "EUR", perUsd: 0.5 });
    await spend(1, 17, 4);
    expect((await look(march(18) + hour))[0]?.finding.sentence).toContain("spent 34.00 of 50.00 EUR");
  });

  it("takes an unknown cost for no cost of zero", async () => {
    const unknown = watch(usd);
    await unknown.spend(1, 17, null);
    expect(await unknown.look(march(18) + hour)).toEqual([]);
    const partly = watch(usd);
    await partly.spend(1, 7, null);
    await partly.spend(8, 17, 4);
    expect((await partly.look(march(18) + hour))[0]?.finding.sentence).toContain(
      "spent at least 40.00 of 50.00 USD by the 18th; the cost of 10 of 17 outputs is known",
    );
  });

  it("ends at midnight of the automation's own time zone", async () => {
    const { spend, look } = watch(usd, { timeZone: "America/New_York" });
    await spend(1, 20, 3);
    expect(await look(march(21))).toHaveLength(1);
    // 1 April 02:00 UTC is still March there
    expect(await look(march(32) + 2 * hour)).toHaveLength(1);
    expect(await look(march(33) + 2 * hour)).toEqual([]);
  });

  it("stays one finding while the forecast hovers about the budget", async () => {
    const { spend, look, ground } = watch(usd);
    await spend(1, 14, 1.65);
    expect(await look(march(15) + hour)).toHaveLength(1);
    await spend(15, 17, 1);
    expect(await look(march(18) + hour)).toHaveLength(1);
    expect(
      ground.store.findings.list("invoices", 100).filter(({ finding }) => finding.rule === "budget"),
    ).toHaveLength(1);
  });
});
