import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { runChecks } from "../src/check/run-checks.js";
import { checkSettings } from "../src/check/settings.js";
import { parseSettings } from "../src/config/document.js";
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

/** Beside the checks that are on, those that are commented out below `// off:`. */
const writtenSchema = z.object({ checks: z.array(checkSettings) });
const textOf = (pack: string) => readFileSync(`${root}checks/packs/${pack}.json`, "utf8");
const packsWithMore = packs.filter((pack) => textOf(pack).includes("// off: "));

describe.each(packsWithMore)("the pack %s, with all of its checks switched on", (pack) => {
  it("is accepted", async () => {
    const text = textOf(pack);
    const all = parseSettings(`${pack}.json`, text.replace(/^ {4}\/\/ (?=[{}]| {2}")/gm, "    "));
    expect(all.faults).toEqual([]);
    const ids = writtenSchema.parse(all.value).checks.map(({ id }) => id);
    const on = (await checksOf(pack)).map(({ id }) => id);
    expect(ids.filter((id) => !on.includes(id))).toHaveLength(text.match(/\/\/ off: /g)?.length ?? 0);
    expect(new Set(ids).size).toBe(ids.length);
  });
});

it("has checks to switch on where a model or a list is needed", () => {
  expect(packsWithMore.sort()).toEqual(["internal-search", "invoice-extraction", "summarising"]);
});

describe.each(packs)("the pack %s", (pack) => {
  const records = recordsOf(pack);

  it("has 8 to 15 checks, and says of each why", async () => {
    const text = textOf(pack);
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
