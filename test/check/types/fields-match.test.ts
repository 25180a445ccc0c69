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
    [
      "list items in another order",
      { ...known, lines: [{ amount: 837.004 }, { amount: 412 }] },
      { fields: { lines: { list: { fields: { amount: { number: { abs: 0.01 } } } } } } },
    ],
    [
      "plain items in another order",
      { ...known, tags: ["paper", "urgent"] },
      { fields: { tags: { list: {} } } },
    ],
    [
      "items that are close",
      { ...known, tags: ["papers", "urgent"] },
      { fields: { tags: { list: { item: { fuzzy: 0.8 } } } } },
    ],
    [
      "an extra field that is ignored",
      { ...known, note: "x" },
      { fields: { note: "ignore" }, extra: "count" },
    ],
    ["no extra field", known, { extra: "count" }],
    [
      "a field by the first of two rules that select it",
      { ...known, lines: [{ amount: 0 }, { amount: 837 }] },
      { fields: { "lines[0].amount": "ignore", "lines[*].amount": "exact" } },
    ],
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
    [
      "a field by the first rule, where a later one would accept it",
      { ...known, lines: [{ amount: 0 }, { amount: 837 }] },
      { fields: { "lines[*].amount": "exact", "lines[0].amount": "ignore" } },
      "1 of 9 fields differ: lines[0].amount is 0, expected 412",
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
    [
      "a line whose amount changed, in another order",
      {
        ...known,
        lines: [
          { amount: 837, vat: 20 },
          { amount: 421, vat: 10 },
        ],
      },
      {
        expected: {
          lines: [
            { amount: 412, vat: 10 },
            { amount: 837, vat: 20 },
          ],
        },
        fields: { lines: { list: {} } },
      },
      "1 of 4 fields differ: lines[0].amount is 421, expected 412",
    ],
    [
      "a line that is missing and one that is not expected",
      {
        lines: [
          { sku: "Z", amount: 5 },
          { sku: "A", amount: 412 },
        ],
      },
      {
        expected: {
          lines: [
            { sku: "A", amount: 412 },
            { sku: "B", amount: 837 },
          ],
        },
        fields: { lines: { list: {} } },
      },
      '2 of 4 fields differ: lines[1] is missing, expected {"sku":"B","amount":837}; lines has an item that is not expected: {"sku":"Z","amount":5}',
    ],
    [
      "a value in place of a list",
      { ...known, lines: "none" },
      { fields: { lines: { list: {} } } },
      'lines is "none", expected [{"amount":412},{"amount":837}]',
    ],
    [
      "an extra field where they count",
      { ...known, note: "x", supplier: { ...known.supplier, rating: { stars: 5 } } },
      { extra: "count" },
      '2 of 11 fields differ: note is "x", expected no such field; supplier.rating is {"stars":5}, expected no such field',
    ],
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
      reason: "is not JSON: it begins with other text, so no field can match",
    });
    expect(await compare(known, { otherwise: "ignore" })).toEqual({
      status: "skipped",
      reason: "no field to compare",
    });
  });

  it("cannot tell about lists that are too long to be paired", async () => {
    const lines = Array.from({ length: 300 }, (_, amount) => ({ amount }));
    const settings = { type: "fields-match", fields: { lines: { list: {} } } };
    const output = anOutput(JSON.stringify({ lines }), { reference: { lines } });
    expect(await judge(settings, output)).toEqual({
      status: "error",
      reason: "could not tell: the list has 300 items and the known one 300; at most 200 each can be paired",
    });
  });

  it.each([
    ["minus zero", '{"a":-0}', { a: 0 }, {}, "pass"],
    ["a number that is too large, itself", '{"a":1e999}', { a: Number.POSITIVE_INFINITY }, {}, "fail"],
    [
      "a number that is too large, as a number",
      '{"a":"1e999"}',
      { a: "1e999" },
      { a: { number: {} } },
      "pass",
    ],
    ["a number that is too large, and null", '{"a":1e999}', { a: null }, {}, "fail"],
    ["numbers as far apart as can be", '{"a":1e308}', { a: -1e308 }, { a: { number: { rel: 1 } } }, "fail"],
    ["not a number, as text", '{"a":"NaN"}', { a: "NaN" }, { a: { number: {} } }, "fail"],
    ["whole numbers beyond 2^53", '{"a":"9007199254740993"}', { a: "9007199254740992" }, {}, "fail"],
    ["composed and decomposed letters", '{"a":"cafe\u0301"}', { a: "caf\u00e9" }, {}, "pass"],
    ["letters that only look alike", '{"a":"\u0430"}', { a: "a" }, {}, "fail"],
    ["a key called __proto__", '{"__proto__":1}', JSON.parse('{"__proto__":2}'), {}, "fail"],
    ["names with dots and brackets", '{"a.b[0]":{"c":1}}', { "a.b[0]": { c: 1 } }, {}, "pass"],
  ])("compares %s", async (_name, text, reference, fields, status) => {
    expect(
      await judge({ type: "fields-match", fields, extra: "count" }, anOutput(text, { reference })),
    ).toMatchObject({ status });
  });

  it("refuses unknown rules and broken paths", () => {
    expect(
      faultsOf({
        id: "a",
        type: "fields-match",
        fields: { lines: { list: { item: "date", fields: {} } } },
      }),
    ).toEqual([
      ": fields lines: either item or fields: item compares items as a whole, fields one field at a time",
    ]);
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

  it("finds lists equal in any order of their items, with extra fields counted", async () => {
    const item = fc.record({
      sku: fc.string({ maxLength: 4 }),
      amount: fc.integer(),
      tags: fc.array(fc.boolean()),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(item, { minLength: 1, maxLength: 8 }), fc.nat(7), async (lines, at) => {
        const turned = [...lines.slice(at), ...lines.slice(0, at)].reverse();
        const verdict = await judge(
          { type: "fields-match", fields: { lines: { list: { extra: "count" } } }, extra: "count" },
          anOutput(JSON.stringify({ lines: turned }), { reference: { lines } }),
        );
        expect(verdict).toMatchObject({ status: "pass", score: 1 });
      }),
      { seed, numRuns: 150 },
    );
  });

  it("with an absolute tolerance does not care which number is the known one", async () => {
    const number = fc.double({ noNaN: true, min: -1e9, max: 1e9 });
    await fc.assert(
      fc.asyncProperty(number, number, fc.double({ noNaN: true, min: 0, max: 1e9 }), async (a, b, abs) => {
        const settings = { type: "fields-match", fields: { n: { number: { abs } } } };
        const [one, other] = await Promise.all([
          judge({ ...settings, expected: { n: a } }, JSON.stringify({ n: b })),
          judge({ ...settings, expected: { n: b } }, JSON.stringify({ n: a })),
        ]);
        expect(one.status).toBe(other.status);
      }),
      { seed, numRuns: 300 },
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
