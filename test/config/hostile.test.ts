import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readConfig } from "../../src/config/load.js";

const good = `{ // Harbour & Lane
  "timeZone": "Europe/Vienna", "aiOwner": "Ines Calder",
  "people": [{ "name": "Ines Calder" }],
  "automations": [
    { "id": "triage", "does": "Sorts", "owner": "Ines Calder", "risk": "low", "schedule": "0 9 * * *",
      "source": { "type": "file", "path": "o.jsonl" }, "checks": [{ "id": "a", "type": "not-empty" }] }
  ]
}
`;

async function read(text: string) {
  return readConfig("c.json", {
    readFile: () => text,
    stampOf: () => "",
    readColumn: () => [],
    secretPresent: () => true,
  });
}

const scraps = [
  '"',
  "{",
  "}",
  "[",
  "]",
  ",",
  ":",
  "\n",
  "\t",
  "#",
  "*",
  "&",
  "!",
  "//",
  "/*",
  "\0",
  "null",
  "1e999",
  "\uFEFF",
  "\u{1F600}",
];

describe("text that nobody meant to write", () => {
  it("is either a configuration or faults with a place, never a crash", async () => {
    const edits = fc.array(fc.tuple(fc.nat(good.length), fc.nat(6), fc.constantFrom("", ...scraps)), {
      minLength: 1,
      maxLength: 4,
    });
    await fc.assert(
      fc.asyncProperty(edits, async (changes) => {
        const text = changes.reduce(
          (so, [at, drop, scrap]) => so.slice(0, at) + scrap + so.slice(at + drop),
          good,
        );
        const { config, faults } = await read(text);
        expect(config === null).toBe(faults.length > 0);
        for (const { line, column } of faults) {
          expect(line).toBeGreaterThanOrEqual(1);
          expect(line).toBeLessThanOrEqual(text.split("\n").length);
          expect(column).toBeGreaterThanOrEqual(1);
        }
      }),
      { seed: 20261118, numRuns: 400 },
    );
  });

  it.each([
    ["lists in lists", "[".repeat(200_000)],
    ["objects in objects", '{"a":'.repeat(20_000)],
    ["closed lists in lists", "[".repeat(50_000) + "]".repeat(50_000)],
    ["YAML in YAML", Array.from({ length: 3_000 }, (_, depth) => `${" ".repeat(depth)}a:`).join("\n")],
  ])("is refused when nested without end: %s", async (_name, text) => {
    const { config, faults } = await read(text);
    expect(config).toBeNull();
    expect(faults.length).toBeGreaterThan(0);
  });
});
