import { describe, expect, it } from "vitest";
import { z } from "zod";
import type { Json, JsonObject } from "../../src/domain/json.js";
import { inCompanyFolder, jsonLines, orderRecords, withAutomation } from "./company.js";
import { evenkeel } from "./fake-terminal.js";

const company = inCompanyFolder();
const envelope = z.object({
  data: z.object({
    automations: z.array(
      z.looseObject({
        outputs: z.int(),
        asides: z.int(),
        days: z.array(z.object({ day: z.string(), opened: z.int(), open: z.int() })),
        alarmsAMonth: z.looseObject({ incidents: z.int(), perMonth: z.number() }).nullable(),
        agreement: z.looseObject({ approved: z.int(), rejected: z.int() }),
        bearable: z.looseObject({ metrics: z.array(z.looseObject({ id: z.string() })) }).nullable(),
        metrics: z.array(z.looseObject({ id: z.string(), runs: z.int() })),
      }),
    ),
  }),
});

async function replayed(...options: readonly string[]) {
  const { out } = await evenkeel(["backtest", "order-reading", "--json", ...options]);
  const [result] = envelope.parse(JSON.parse(out)).data.automations;
  if (result === undefined) throw new Error("nothing was replayed");
  return result;
}

describe("evenkeel backtest", () => {
  it("finds settings for a number of alarms a month and says them in a sentence", async () => {
    company.found();
    const { out } = await evenkeel(["backtest", "order-reading", "--alarms", "0"], { columns: null });
    expect(out).toContain(
      "For at most 0 alarms a month on this history, true faults included, each by itself:",
    );
    expect(out).toMatch(
      /The currency is one the ledger knows: 1 alarm as it is; .*; 0 with a floor of \d\d%/,
    );
    const { bearable } = await replayed("--alarms", "0");
    expect(bearable?.metrics.map(({ id }) => id)).toContain("check:currency-known");
    expect((await replayed()).bearable).toBeNull();
  });

  it.each(["many", "-1", ""])("refuses --alarms %j", async (given) => {
    company.found();
    const { err, exitCode } = await evenkeel(["backtest", "--alarms", given]);
    expect(err).toContain(`--alarms ${given}: expected how many alarms a month are bearable, such as 1`);
    expect(exitCode).toBe(2);
  });

  it("says so where the given time holds nothing, and is clean", async () => {
    company.found();
    const { out, exitCode } = await evenkeel(["backtest", "order-reading", "--to", "2020-01-01"]);
    expect(out).toContain("Order reading: no outputs in this time; nothing to replay");
    expect(exitCode).toBe(0);
  });

  it("holds checks against approvals that the file names", async () => {
    const records = orderRecords().map((each, index) => ({
      ...each,
      approval: index % 3 === 0 ? "rejected" : "approved",
    }));
    company.found((config) => mapped(config, { approval: "approval" }));
    company.write("orders.jsonl", jsonLines(records));
    const { agreement } = await replayed();
    expect(agreement).toMatchObject({ approved: 200, rejected: 100 });
    const { out } = await evenkeel(["backtest", "order-reading"], { columns: null });
    expect(out).toContain("200 approved, 0 edited, 100 rejected; edited and rejected count as wrong");
    expect(out).toMatch(/\d+ of \d+ \(\d+-\d+%\)\s+\d+ of 100 \(\d+-\d+%\)\s+The currency is one/);
  });

  it("follows numbers only where they are numbers, and reads the rest all the same", async () => {
    const odd: readonly Json[] = ["12", "NaN", "Infinity", null, true];
    const records = orderRecords().map((each, index) => ({
      ...each,
      output: {
        customer: "Customer 1",
        currency: "EUR",
        total: index % 6 === 5 ? 10 : (odd[index % 6] ?? null),
      },
    }));
    company.found((config) => withAutomation(config, "order-reading", { follow: { numbers: ["total"] } }));
    company.write("orders.jsonl", jsonLines(records));
    const { outputs, asides, metrics } = await replayed();
    expect([outputs, asides]).toEqual([300, 0]);
    expect(metrics.find(({ id }) => id === "number:total")?.runs).toBeGreaterThan(0);
  });

  it("puts a line with NaN aside, which is no JSON, and replays the others", async () => {
    company.found();
    company.write("orders.jsonl", `${jsonLines(orderRecords())}{"id":"O-9","output":{"total":NaN}}\n`);
    expect(await replayed()).toMatchObject({ outputs: 300, asides: 1 });
  });

  it("says the same of a file whose rows are out of order", async () => {
    company.found();
    const inOrder = await replayed();
    company.write("orders.jsonl", jsonLines([...orderRecords()].reverse()));
    expect(await replayed()).toMatchObject({ days: inOrder.days, alarmsAMonth: inOrder.alarmsAMonth });
    expect(inOrder.days.length).toBeGreaterThan(0);
  });

  it("counts in runs where a file has no times", async () => {
    company.found();
    company.write("orders.jsonl", jsonLines(orderRecords().map(({ at: _, ...rest }) => rest)));
    const { out } = await evenkeel(["backtest", "order-reading"], { columns: null });
    expect(out).toContain("the outputs have no times, so the schedule tells how long that is");
    expect(out).not.toContain("Days with something open");
  });
});

function mapped(config: JsonObject, map: JsonObject): JsonObject {
  return withAutomation(config, "order-reading", {
    source: { type: "file", path: "orders.jsonl", complete: true, map },
  });
}
