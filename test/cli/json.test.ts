import { describe, expect, it } from "vitest";
import { z } from "zod";
import { inCompanyFolder } from "./company.js";
import { evenkeel } from "./fake-terminal.js";

const company = inCompanyFolder();

const instant = z.iso.datetime();
const measured = z.union([
  z.looseObject({ share: z.number(), n: z.int() }),
  z.looseObject({ median: z.number(), n: z.int() }),
]);
const finding = z.looseObject({
  rule: z.string(),
  metric: z.string().nullable(),
  check: z.string().nullable(),
  baseline: measured.nullable(),
  current: measured.nullable(),
  evidence: z.number().nullable(),
  changedAt: instant.nullable(),
  sentence: z.string(),
});

const shapes = {
  backtest: z.looseObject({
    automations: z.array(
      z.looseObject({
        id: z.string(),
        runs: z.int(),
        outputs: z.int(),
        alarmLevel: z.number(),
        incidents: z.array(
          z.looseObject({
            openedAt: instant,
            resolvedAt: instant.nullable(),
            level: z.enum(["page", "digest", "record"]),
            findings: z.array(finding),
          }),
        ),
        metrics: z.array(
          z.looseObject({
            id: z.string(),
            kind: z.string(),
            runs: z.int(),
            baselineOutputs: z.int(),
            maxEvidence: z.number().nullable(),
            firstAlarmAt: instant.nullable(),
          }),
        ),
      }),
    ),
  }),
  incidents: z.looseObject({
    incidents: z.array(
      z.looseObject({
        id: z.int(),
        automation: z.string(),
        status: z.string(),
        openedAt: instant,
        findings: z.array(finding),
      }),
    ),
  }),
  incident: z.looseObject({
    incident: z.looseObject({ id: z.int(), status: z.string(), openedAt: instant }),
  }),
  any: z.looseObject({}),
};

/** Reads the one envelope on stdout; stderr may hold messages, stdout nothing else. */
async function envelope<T>(words: readonly string[], data: z.ZodType<T>): Promise<T> {
  const { out } = await evenkeel([...words, "--json"]);
  expect(out.split("\n")).toHaveLength(2);
  return z.strictObject({ data, warnings: z.array(z.string()) }).parse(JSON.parse(out)).data;
}

describe("--json", () => {
  it("says of a backtest what the issue names", async () => {
    company.found();
    const { automations } = await envelope(["backtest"], shapes.backtest);
    expect(automations.map(({ id }) => id)).toEqual(["order-reading", "meeting-notes"]);
    const [orders] = automations;
    expect(orders?.outputs).toBe(300);
    expect(orders?.incidents).toHaveLength(1);
    expect(orders?.incidents[0]?.findings[0]).toMatchObject({
      rule: "drift",
      metric: "check:currency-known",
      check: "currency-known",
    });
    const metric = orders?.metrics.find(({ id }) => id === "check:currency-known");
    expect(metric).toMatchObject({ kind: "pass-share", baselineOutputs: 100 });
    expect(metric?.firstAlarmAt).toBe(orders?.incidents[0]?.openedAt);
  });

  it("says the same of an automation whether it is replayed alone or with the others", async () => {
    company.found();
    const all = await envelope(["backtest"], shapes.backtest);
    const alone = await envelope(["backtest", "order-reading"], shapes.backtest);
    expect(alone.automations).toEqual(all.automations.slice(0, 1));
  });

  it("lists incidents with the same findings", async () => {
    company.found();
    await evenkeel(["run", "order-reading"]);
    const { incidents } = await envelope(["incidents", "list"], shapes.incidents);
    expect(incidents).toHaveLength(1);
    expect(incidents[0]).toMatchObject({ id: 1, automation: "order-reading", status: "open" });
    expect(incidents[0]?.findings[0]?.check).toBe("currency-known");
  });

  it("keeps stdout for the envelope where a message goes to the terminal", async () => {
    company.found();
    await evenkeel(["run", "order-reading"]);
    const { incident } = await envelope(["incidents", "ack", "1"], shapes.incident);
    expect(incident).toMatchObject({ id: 1, status: "acknowledged", acknowledgedBy: "Jonas Feld" });
  });

  it.each([
    ["validate"],
    ["schema"],
    ["try order-reading"],
    ["run order-reading"],
    ["register"],
    ["doctor"],
    ["doctor --types"],
    ["doctor --send-test"],
    ["incidents show 1"],
    ["incidents show 1 --list"],
    ["enable order-reading currency-known --why trusted"],
  ])("prints one envelope for %s", async (words) => {
    company.found();
    await evenkeel(["run", "order-reading"]);
    await envelope(words.split(" "), shapes.any);
  });

  it.each([
    [
      "an unknown automation",
      ["try", "order-raeding"],
      "automation-unknown",
      'did you mean "order-reading"?',
    ],
    [
      "a faulty number",
      ["try", "order-reading", "--last", "many"],
      "usage",
      "--last many: expected a whole number",
    ],
    ["an unknown option", ["validate", "--strict"], "usage", 'unknown option "--strict"'],
    ["an unknown incident", ["incidents", "ack", "99"], "store-missing", "no database yet"],
  ])("names %s in the envelope", async (_, words, code, message) => {
    company.found();
    const { out, err, exitCode } = await evenkeel([...words, "--json"]);
    const parsed = z
      .strictObject({
        data: z.null(),
        warnings: z.array(z.string()),
        error: z.strictObject({ code: z.string(), message: z.string() }),
      })
      .parse(JSON.parse(out));
    expect(parsed.error.code).toBe(code);
    expect(parsed.error.message).toContain(message);
    expect(err).toBe("");
    expect(exitCode).toBe(2);
  });
});
