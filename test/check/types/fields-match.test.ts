import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { anOutput, faultsOf, judge } from "../judge.js";

const seed = 20_261_102;
const known = {
  number: "RE-20418",
  total: 1249,
  due: "2026-11-03",
  supplier: { name: "Ostrava Paper", vatId: "CZ1234" },
  tags: ["urgent", "paper"],
  lines: [{ amount: 412 }, { amount: 837 }],
};

async function compare(seen: unknown, settings: Readonly<Record<string, unknown>> = {}) {
  return judge({ type: "fields-match", ...settings }, anOutput(JSON.stringify(seen), { reference: known }));
}

describe("fields-match", () => {
  it.each([
    ["the same fields in another order", { ...known, total: 1249.0 }, {}],
    ["fields beyond the known ones", { ...known, note: "x" }, {}],
    [
      "a number within its absolute tolerance",
      { ...known, total: 1249.01 },
      { fields: { total: { number: { abs: 0.01 } } } },
    ],
    [
      "a number within its relative tolerance",
      { ...known, total: 1261.49 },
      { fields: { total: { number: { rel: 0.01 } } } },
    ],
    ["a number written as text", { ...known, total: "1249.00" }, { fields: { total: { number: {} } } }],
    ["a date written otherwise", { ...known, due: "3. 11. 2026" }, { fields: { due: "date" } }],
    ["a date with a time", { ...known, due: "2026-11-03T08:00:00Z" }, { fields: { due: "date" } }],
    ["a date with its month by name", { ...known, due: "November 3, 2026" }, { fields: { due: "date" } }],
    ["a set in another order", { ...known, tags: ["paper", "urgent", "paper"] }, { fields: { tags: "set" } }],
    [
      "a text that is close",
      { ...known, supplier: { name: "Ostrava Papers", vatId: "CZ1234" } },
      { fields: { "supplier.name": { fuzzy: 0.9 } } },
    ],
    ["an ignored field", { ...known, total: 0 }, { fields: { total: "ignore" } }],
    ["an ignored field that is gone", { ...known, total: undefined }, { fields: { total: "ignore" } }],
    [
      "list items by one rule",
      { ...known, lines: [{ amount: 412.004 }, { amount: 837 }] },
      { fields: { "lines[*].amount": { number: { abs: 0.01 } } } },
    ],
    ["only the fields with a rule", { total: 1249 }, { fields: { total: "exact" }, otherwise: "ignore" }],
    ["enough of them", { ...known, total: 0 }, { minShare: 0.8 }],
  ])("passes %s", async (_name, seen, settings) => {
    expect(await compare(seen, settings)).toMatchObject({ status: "pass" });
  });

  it.each([
    [
      "a changed number",
      { ...known, total: 1.249 },
      {},
      "1 of 9 fields differ: total is 1.249, expected 1249",
    ],
    [
      "a missing field",
      { ...known, due: undefined },
      {},
      '1 of 9 fields differ: due is missing, expected "2026-11-03"',
    ],
    [
      "a number outside its tolerance",
      { ...known, total: 1249.02 },
      { fields: { total: { number: { abs: 0.01 } } } },
      "total is 1249.02, expected 1249",
    ],
    ["a number that became text", { ...known, total: "1249" }, {}, 'total is "1249", expected 1249'],
    [
      "a list that lost an item",
      { ...known, lines: [{ amount: 412 }] },
      {},
      "lines[1].amount is missing, expected 837",
    ],
    [
      "a list that gained an item",
      { ...known, tags: ["urgent", "paper", "x"] },
      {},
      "tags has 3 items, expected 2",
    ],
    [
      "a list in another order",
      { ...known, tags: ["paper", "urgent"] },
      {},
      '2 of 9 fields differ: tags[0] is "paper", expected "urgent"',
    ],
    [
      "an ambiguous date",
      { ...known, due: "03/11/2026" },
      { fields: { due: "date" } },
      'due is "03/11/2026", expected "2026-11-03"',
    ],
    ["a day that does not exist", { ...known, due: "2026-02-30" }, { fields: { due: "date" } }, "due is"],
    [
      "too few of them",
      { ...known, total: 0, due: "" },
      { minShare: 0.8 },
      "2 of 9 fields differ, 80% must match: total is 0",
    ],
    ["all of them", {}, {}, "9 of 9 fields differ"],
  ])("fails %s", async (_name, seen, settings, reason) => {
    const verdict = await compare(seen, settings);
    expect(verdict).toMatchObject({ status: "fail", reason: expect.stringContaining(reason) });
  });

  it("gives the share of matching fields as score", async () => {
    expect(await compare({ ...known, total: 0 })).toMatchObject({ score: 8 / 9 });
  });

  it("compares a part with the same part of the reference", async () => {
    expect(
      await compare({ ...known, supplier: { name: "X", vatId: "CZ1234" } }, { on: "supplier" }),
    ).toMatchObject({
      status: "fail",
      reason: '$.supplier 1 of 2 fields differ: name is "X", expected "Ostrava Paper"',
    });
  });

  it.each([
    ["nothing is known", null, "no reference to compare with"],
    ["the reference has no fields", "Yes", "the reference is not a JSON object or list"],
  ])("skips where %s", async (_name, reference, reason) => {
    expect(await judge({ type: "fields-match" }, anOutput("{}", { reference }))).toEqual({
      status: "skipped",
      reason,
    });
  });

  it("fails text, and skips where every field is ignored", async () => {
    expect(await judge({ type: "fields-match" }, anOutput("text", { reference: known }))).toMatchObject({
      status: "fail",
      reason: "is not a JSON object or list, so no field can match",
    });
    expect(await compare(known, { otherwise: "ignore" })).toEqual({
      status: "skipped",
      reason: "no field to compare",
    });
  });

  it("refuses unknown rules and broken paths", () => {
    expect(faultsOf({ id: "a", type: "fields-match", fields: { total: "roughly" } })).toHaveLength(1);
    expect(faultsOf({ id: "a", type: "fields-match", fields: { "a[": "exact" } })).toHaveLength(1);
  });

  it("passes any document against itself, whatever the order of its keys", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.dictionary(fc.string(), fc.jsonValue({ maxDepth: 4 }), { minKeys: 1 }),
        async (document) => {
          const text = JSON.stringify(document);
          const turned = JSON.stringify(Object.fromEntries(Object.entries(document).reverse()));
          const verdict = await judge(
            { type: "fields-match" },
            anOutput(turned, { reference: JSON.parse(text) }),
          );
          expect(verdict).toMatchObject({ status: "pass", score: 1 });
        },
      ),
      { seed, numRuns: 200 },
    );
  });

  it("finds exactly the fields that were changed", async () => {
    const name = fc.stringMatching(/^[a-z]{1,8}$/);
    await fc.assert(
      fc.asyncProperty(
        fc.dictionary(name, fc.integer(), { minKeys: 1, maxKeys: 12 }),
        fc.array(fc.nat(11), { maxLength: 4 }),
        async (document, picked) => {
          const keys = Object.keys(document);
          const changed = new Set(picked.flatMap((index) => keys[index] ?? []));
          const seen = Object.fromEntries(
            Object.entries(document).map(([key, value]) => [key, changed.has(key) ? value + 1 : value]),
          );
          const verdict = await judge(
            { type: "fields-match" },
            anOutput(JSON.stringify(seen), { reference: document }),
          );
          if (changed.size === 0) expect(verdict).toMatchObject({ status: "pass" });
          else expect(verdict.reason).toMatch(new RegExp(`^${changed.size} of ${keys.length} field`));
        },
      ),
      { seed, numRuns: 200 },
    );
  });

  it("accepts every number up to its tolerance and none beyond", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: -100_000, max: 100_000 }),
        fc.integer({ min: 1, max: 500 }),
        fc.integer({ min: -1_000, max: 1_000 }),
        async (cents, tolerance, apart) => {
          const verdict = await judge(
            {
              type: "fields-match",
              expected: { total: cents / 100 },
              fields: { total: { number: { abs: tolerance / 100 } } },
            },
            JSON.stringify({ total: (cents + apart) / 100 }),
          );
          expect(verdict.status).toBe(Math.abs(apart) <= tolerance ? "pass" : "fail");
        },
      ),
      { seed, numRuns: 300 },
    );
  });
});
