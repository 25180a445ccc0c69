import { describe, expect, it } from "vitest";
import { openStore } from "../../src/store/open.js";
import { inCompanyFolder, jsonLines, orderRecords, withAutomation } from "./company.js";
import { evenkeel, wednesday } from "./fake-terminal.js";

const company = inCompanyFolder();
const hour = 3_600_000;

/** A currency check of the same kind under another id: it knows fewer currencies. */
const added = {
  id: "currency-euro",
  title: "The currency is the euro",
  type: "one-of",
  on: "currency",
  values: ["EUR"],
};

/** Orders whose currency is wrong for eighteen hours, twice; all others are right. */
function orders(until: number) {
  return orderRecords().flatMap((each, index) => {
    const at = wednesday - (300 - index) * 72 * 60_000;
    const wrong = [105, 150].some((from) => index >= from && index < from + 20) && index % 2 === 0;
    const output = { customer: "Customer 1", total: 10, currency: wrong ? "EURO" : "EUR" };
    return at < until ? [{ ...each, output }] : [];
  });
}

function withAdded() {
  company.found((config) => {
    const { automations } = config;
    const first = Array.isArray(automations) ? automations[0] : undefined;
    const checks =
      typeof first === "object" && first !== null && !Array.isArray(first) && Array.isArray(first.checks)
        ? first.checks
        : [];
    return withAutomation(config, "order-reading", { checks: [...checks, added] });
  });
}

function standing() {
  const store = openStore({
    path: `${company.folder()}/data/evenkeel.db`,
    newInstanceId: "",
    readOnly: true,
  });
  try {
    return {
      row: store.metrics.get("order-reading", "check:currency-euro"),
      decisions: store.decisions.list("order-reading", 5),
    };
  } finally {
    store.close();
  }
}

describe("a check that is added to a watched automation", () => {
  it("stays on probation where its past swings more than the budget allows, says why, and is enabled on record", async () => {
    company.found();
    const early = wednesday - 108 * 72 * 60_000 + hour;
    company.write("orders.jsonl", jsonLines(orders(early)));
    expect((await evenkeel(["run", "order-reading"], { now: early })).exitCode).toBeLessThan(2);
    withAdded();
    company.write("orders.jsonl", jsonLines(orders(early)));
    for (let now = early + 6 * hour; now <= wednesday; now += 6 * hour) {
      company.write("orders.jsonl", jsonLines(orders(now)));
      await evenkeel(["run", "order-reading"], { now });
    }
    const { row } = standing();
    expect(row).toMatchObject({ phase: "watching", standing: "probation", endedAlarms: 0 });
    expect(row?.standingWhy).toMatch(/^2 alarms came and went in its history; the budget allows 1\.0$/);
    const doctor = await evenkeel(["doctor"], { columns: null });
    expect(doctor.out).toMatch(/“The currency is the euro” .*may not notify yet: 2 alarms came and went/);
    const replay = await evenkeel(["backtest", "order-reading"], { columns: null });
    expect(replay.out).toMatch(
      /The currency is the euro: on probation, digest only \(2 alarms came and went/,
    );
    const enable = [
      "enable",
      "order-reading",
      "currency-euro",
      "--who",
      "Marta Quill",
      "--why",
      "true faults",
    ];
    expect((await evenkeel(enable)).out).toContain("Recorded as decided by Marta Quill: true faults");
    expect(standing()).toMatchObject({
      row: { standing: "active", standingWhy: "enabled by Marta Quill: true faults" },
      decisions: [{ what: "enable", who: "Marta Quill", why: "true faults", subject: "check:currency-euro" }],
    });
  });
});
