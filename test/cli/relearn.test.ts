import { describe, expect, it } from "vitest";
import { inCompanyFolder } from "./company.js";
import { evenkeel } from "./fake-terminal.js";

const company = inCompanyFolder();

describe("evenkeel relearn", () => {
  it("learns anew what is usual, on record, and shows what was usual before", async () => {
    company.found();
    await evenkeel(["run", "order-reading"]);
    const words = ["relearn", "order-reading", "currency-known"];
    expect((await evenkeel(words)).err).toContain("--why");
    const { out, exitCode } = await evenkeel([...words, "--why", "the ledger was wrong that week"]);
    expect(out).toMatch(/learns anew what is usual, from the next 100 outputs, \d+ runs at least\./);
    expect(out).toContain("Recorded as decided by Jonas Feld: the ledger was wrong that week");
    expect(exitCode).toBe(0);
    const changes = await evenkeel(["changes", "order-reading"]);
    expect(changes.out).toMatch(
      /learns anew since .* \(Jonas Feld: the ledger was wrong that week\); usual before: \d+ of \d+ outputs/,
    );
    const json: unknown = JSON.parse((await evenkeel(["changes", "order-reading", "--json"])).out);
    expect(json).toMatchObject({
      data: { earlierBaselines: [{ metric: "check:currency-known", automation: "order-reading" }] },
    });
  });

  it("names the check that was probably meant, and what has no outputs yet", async () => {
    company.found();
    await evenkeel(["run", "order-reading"]);
    const why = ["--why", "x"];
    const meant = await evenkeel(["relearn", "order-reading", "curency-known", ...why]);
    expect(meant.err).toMatch(/has no check or metric "curency-known"; .*currency-known/);
    expect(meant.exitCode).toBe(2);
    const unseen = await evenkeel(["relearn", "order-reading", "tokens", ...why]);
    expect(unseen.err).toContain("there is nothing to learn anew before its first run");
  });
});

describe("a backtest of nothing", () => {
  it.each([
    ["before the first output", ["--to", "2020-01-02"]],
    ["after the last one", ["--from", "2030-01-01"]],
    ["between two outputs", ["--from", "2026-11-01T00:00:00Z", "--to", "2026-11-01T00:00:01Z"]],
  ])("says that there were no outputs, and counts none: %s", async (_, span) => {
    company.found();
    const { out, exitCode } = await evenkeel(["backtest", "order-reading", ...span]);
    expect(out).toContain("Order reading: no outputs in this time; nothing to replay");
    expect(exitCode).toBe(0);
    const json: unknown = JSON.parse((await evenkeel(["backtest", "order-reading", ...span, "--json"])).out);
    expect(json).toMatchObject({
      data: { automations: [{ runs: 0, outputs: 0, from: null, to: null, incidents: [], limits: null }] },
    });
  });

  it("refuses a time that ends before it begins", async () => {
    company.found();
    const { err, exitCode } = await evenkeel([
      "backtest",
      "order-reading",
      "--from",
      "2026-11-02",
      "--to",
      "2026-11-01",
    ]);
    expect(err).toContain("--from 2026-11-02 is not before --to 2026-11-01");
    expect(exitCode).toBe(2);
  });
});
