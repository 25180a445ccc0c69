import { describe, expect, it } from "vitest";
import { inCompanyFolder, jsonLines, orderRecords, withAutomation } from "./company.js";
import { evenkeel, wednesday } from "./fake-terminal.js";

const company = inCompanyFolder();
const dayMs = 86_400_000;

/** Twenty-six days of right orders, one run a day, so many a day. */
function rightOrders(aDay: number, days = 26) {
  const records = orderRecords().map((each) => ({
    ...each,
    output: { customer: "A", total: 5, currency: "EUR" },
  }));
  return Array.from({ length: days * aDay }, (_, index) => ({
    ...records[index % records.length],
    id: `R-${index}`,
    at: new Date(wednesday - (days - index / aDay) * dayMs).toISOString(),
  }));
}

async function watchedWith(aDay: number): Promise<void> {
  company.found((config) =>
    withAutomation(config, "order-reading", { schedule: "0 6 * * *", sample: { size: 20 } }),
  );
  company.write("orders.jsonl", jsonLines(rightOrders(aDay)));
  await evenkeel(["run", "order-reading"]);
}

describe("evenkeel register <automation>", () => {
  it("says how much of a fall shows now, and when larger ones do", async () => {
    await watchedWith(5);
    const { out, exitCode } = await evenkeel(["register", "order-reading"], { columns: null });
    expect(exitCode).toBe(0);
    expect(out).toContain("About 36 outputs a week.");
    const said =
      /A customer is named\n +A fall from 100% to 90% needs about (\d+) outputs, (\d+) days; to 80% needs about (\d+) outputs/.exec(
        out,
      );
    expect(Number(said?.[1])).toBeGreaterThan(Number(said?.[3]));
    // 35 outputs a week are 5 a day
    expect(Math.abs(Number(said?.[2]) - Number(said?.[1]) / 5)).toBeLessThanOrEqual(1);
    expect(out).not.toContain("Sample more");
  });

  it("says what is still learned, and that many outputs are missing", async () => {
    await watchedWith(1);
    const { out } = await evenkeel(["register", "order-reading"], { columns: null });
    expect(out).toMatch(
      /A customer is named\n +Learning what is usual: 2\d of 100 outputs; until then no change can be shown\./,
    );
  });

  it("shows what the alarm levels were derived from", async () => {
    await watchedWith(5);
    const { out } = await evenkeel(["register", "order-reading"], { columns: null });
    expect(out).toMatch(
      /\d measures may notify, [\d,]+ metric-runs a month, at most 1 false alarm a month: alarm level \d+/,
    );
    expect(out).toMatch(
      /\d+ measures only in the digest, .* at most 4 findings by chance a month: alarm level/,
    );
    const doctor = await evenkeel(["doctor"], { columns: null });
    expect(doctor.out).toMatch(
      /^fine +false alarms +\d measures may notify, .*; by chance each about once in \d+ months$/m,
    );
  });

  it("gives the same as numbers in --json", async () => {
    await watchedWith(5);
    const { out } = await evenkeel(["register", "order-reading", "--json"]);
    expect(JSON.parse(out).data).toMatchObject({
      automation: { id: "order-reading" },
      cannotSee: expect.arrayContaining([
        expect.objectContaining({ metric: "check:customer-there", level: "page" }),
      ]),
      falseAlarms: [
        { level: "page", budget: 1 },
        { level: "digest", budget: 4 },
      ],
    });
  });

  it("names the nearest automation where there is no such one", async () => {
    company.found();
    const { err, exitCode } = await evenkeel(["register", "order-readin"]);
    expect(err).toContain('has no automation "order-readin"');
    expect(exitCode).toBe(2);
  });
});

describe("evenkeel doctor on a slow automation", () => {
  it("says what takes over two weeks to show, and what helps", async () => {
    company.found((config) =>
      withAutomation(config, "order-reading", { schedule: "0 6 * * *", sample: { size: 20 } }),
    );
    const slow = rightOrders(5).map((each, index) => ({
      ...each,
      output: { ...(index % 4 === 0 ? {} : { customer: "A" }), total: 5, currency: "EUR" },
    }));
    company.write("orders.jsonl", jsonLines(slow));
    await evenkeel(["run", "order-reading"]);
    const { out } = await evenkeel(["doctor"], { columns: null });
    expect(out).toMatch(
      /^at risk +order-reading +About 36 outputs a week: “A customer is named”: a fall from 75% to 65% .*; .* {2}state a floor or add a zero-tolerance check; all of it: evenkeel register order-reading$/im,
    );
  });
});
