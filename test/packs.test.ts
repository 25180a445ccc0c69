import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { runChecks } from "../src/check/run-checks.js";
import { loadConfig } from "../src/config/load.js";
import { nobody } from "../src/domain/asking.js";
import { anOutput } from "./check/judge.js";

const root = new URL("../", import.meta.url).pathname;
const packs = readdirSync(`${root}checks/packs`).map((name) => name.replace(/\.json$/, ""));

const recordSchema = z.strictObject({
  id: z.string(),
  /** The one check that fails it; null: it is good. */
  fails: z.string().nullable(),
  input: z.string(),
  output: z.union([z.string(), z.record(z.string(), z.json())]),
  latencyMs: z.number(),
  finishReason: z.string().default("stop"),
});

function recordsOf(pack: string) {
  const lines = readFileSync(`${root}fixtures/packs/${pack}.jsonl`, "utf8").trimEnd().split("\n");
  return lines.map((line) => recordSchema.parse(JSON.parse(line)));
}

/** The pack as an automation of an ordinary configuration has it. */
async function checksOf(pack: string) {
  const config = {
    timeZone: "Europe/Vienna",
    aiOwner: "Ines Calder",
    people: [{ name: "Ines Calder", email: "ines.calder@example.com" }],
    automations: [
      { id: pack, does: "Work", owner: "Ines Calder", risk: "low", checks: [`checks/packs/${pack}.json`] },
    ],
  };
  const read = await loadConfig(`${root}made-for-this-test.json`, {
    readFile: (path) =>
      path.endsWith("made-for-this-test.json") ? JSON.stringify(config) : readFileSync(path, "utf8"),
    stampOf: () => "",
    readColumn: () => [],
    secretPresent: () => false,
  });
  return read.automations.flatMap(({ checks }) => checks.map(({ check }) => check));
}

describe.each(packs)("the pack %s", (pack) => {
  const records = recordsOf(pack);

  it("has 8 to 15 checks, and says of each why", async () => {
    const text = readFileSync(`${root}checks/packs/${pack}.json`, "utf8");
    const { length } = await checksOf(pack);
    expect(length).toBeGreaterThanOrEqual(8);
    expect(length).toBeLessThanOrEqual(15);
    expect(text.match(/\/\/ why: /g)).toHaveLength(length);
    expect(text).toContain("ADAPT");
  });

  it("is tried on 12 good and 12 bad outputs at least, one bad for every check", async () => {
    const failing = records.flatMap(({ fails }) => fails ?? []);
    expect(records.length - failing.length).toBeGreaterThanOrEqual(12);
    expect(failing.length).toBeGreaterThanOrEqual(12);
    expect([...new Set(failing)].sort()).toEqual((await checksOf(pack)).map(({ id }) => id).sort());
  });

  it.each(records)("$id fails only $fails", async ({ fails, output, ...more }) => {
    const text = typeof output === "string" ? output : JSON.stringify(output);
    const { input, latencyMs, finishReason } = more;
    const subject = anOutput(text, { input, latencyMs, finishReason });
    const verdicts = await runChecks(await checksOf(pack), subject, nobody);
    const said = [...verdicts].filter(([, { status }]) => status === "fail" || status === "error");
    expect(said.map(([id, { status }]) => `${id} ${status}`)).toEqual(
      fails === null ? [] : [`${fails} fail`],
    );
  });
});
