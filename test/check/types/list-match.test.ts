import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Json } from "../../../src/domain/json.js";
import { cpuMs } from "../cpu-ms.js";
import { anOutput, faultsOf, judge } from "../judge.js";

const seed = 20_261_102;
const lines = [
  { sku: "A-1", name: "Bolt M8", amount: 12.5 },
  { sku: "B-2", name: "Nut M8", amount: 7 },
  { sku: "C-3", name: "Washer", amount: 1 },
];

function compare(seen: unknown, reference: Json, settings: Readonly<Record<string, unknown>> = {}) {
  return judge(
    { type: "list-match", ...settings },
    anOutput(typeof seen === "string" ? seen : JSON.stringify(seen), { reference }),
  );
}

describe("list-match", () => {
  it.each([
    ["the same items in another order", ["b", "a", "c"], ["a", "b", "c"], {}],
    ["objects in another order, keys too", [{ y: 2, x: 1 }, { x: 0 }], [{ x: 0 }, { x: 1, y: 2 }], {}],
    ["items with fields beyond the known ones", [{ x: 1, note: "n" }], [{ x: 1 }], {}],
    ["nothing where nothing is expected", [], [], {}],
    ["numbers within their tolerance", [10.004, 5], [5.003, 10], { item: { number: { abs: 0.01 } } }],
    [
      "numbers where a greedy choice would leave one over",
      [10, 9],
      [10, 10.5],
      { item: { number: { abs: 1 } } },
    ],
    ["dates written otherwise", ["3 Nov 2026"], ["2026-11-03"], { item: "date" }],
    ["texts that are close", ["Widgets Gmbh"], ["Widgets GmbH"], { item: { fuzzy: 0.9 } }],
    [
      "fields by their own rules",
      [
        { sku: "C-3", name: "Washers", amount: 1.001 },
        { sku: "A-1", name: "Bolt  M8", amount: 12.5 },
        { sku: "B-2", name: "Nut M8", amount: 7 },
      ],
      lines,
      { fields: { amount: { number: { abs: 0.01 } }, name: { fuzzy: 0.8 } } },
    ],
    [
      "only the fields with a rule",
      [{ sku: "A-1", x: 9 }],
      [{ sku: "A-1", x: 1 }],
      { fields: { sku: "exact" }, otherwise: "ignore" },
    ],
    ["enough of them", ["a", "b"], ["a", "b", "c"], { minF1: 0.8 }],
    ["a text with a separator", "b, a", ["a", "b"], { separator: "," }],
  ])("passes %s", async (_name, seen, reference, settings) => {
    expect(await compare(seen, reference, settings)).toMatchObject({ status: "pass" });
  });

  it.each([
    ["a missing item", ["a"], ["a", "b"], {}, 'has 1 of 2 known items: missing "b"', 2 / 3],
    ["an item too many", ["a", "x9"], ["a"], {}, 'has 1 of 1 known items: not expected "x9"', 2 / 3],
    ["one that occurs too often", ["a", "a"], ["a"], {}, 'has 1 of 1 known items: not expected "a"', 2 / 3],
    [
      "one in place of another",
      ["apples", "1234"],
      ["apples", "pears"],
      {},
      'has 1 of 2 known items: missing "pears"; not expected "1234"',
      1 / 2,
    ],
    [
      "a changed item",
      ["Bolt M6", "Nut"],
      ["Nut", "Bolt M8"],
      {},
      'has 1 of 2 known items: changed: is "Bolt M6", expected "Bolt M8"',
      1 / 2,
    ],
    [
      "a changed field",
      [lines[2], { ...lines[0], amount: 99 }, lines[1]],
      lines,
      {},
      'has 2 of 3 known items: changed in {"sku":"A-1","name":"Bolt M8","amount":…: amount is 99, expected 12.5',
      2 / 3,
    ],
    [
      "a field too many where they count",
      [{ sku: "A-1", name: "Bolt", note: "n" }],
      [{ sku: "A-1", name: "Bolt" }],
      { extra: "count" },
      'note is "n", expected no such field',
      0,
    ],
    [
      "too few of them",
      ["a"],
      ["a", "b", "c"],
      { minF1: 0.8 },
      'has 1 of 3 known items (F1 0.5, expected at least 0.8): missing "b" and "c"',
      1 / 2,
    ],
    ["true instead of 1", [true], [1], {}, "has 0 of 1 known items", 0],
  ])("fails %s", async (_name, seen, reference, settings, reason, score) => {
    const verdict = await compare(seen, reference, settings);
    expect(verdict).toMatchObject({ status: "fail", reason: expect.stringContaining(reason) });
    expect("score" in verdict ? verdict.score : null).toBeCloseTo(score, 12);
  });

  it("compares the list at a path with the reference's at the same path", async () => {
    const output = anOutput('{"tags":["x1"]}', { reference: { tags: ["urgent"] } });
    expect(await judge({ type: "list-match", on: "tags" }, output)).toMatchObject({
      status: "fail",
      reason: '$.tags has 0 of 1 known items: missing "urgent"; not expected "x1"',
    });
  });

  it.each([
    ["nothing is known", "[1]", null, { status: "skipped", reason: "no reference to compare with" }],
    ["the reference is no list", "[1]", "Yes", { status: "skipped", reason: "the reference is not a list" }],
    [
      "the output is no list",
      "sure",
      [1],
      { status: "fail", reason: 'is "sure", expected a list of 1 items' },
    ],
    ["the output is an object", "{}", [1], { status: "fail" }],
  ])("where %s", async (_name, text, reference, verdict) => {
    expect(await judge({ type: "list-match" }, anOutput(text, { reference }))).toMatchObject(verdict);
  });

  it("cannot tell about lists that are too long, but compares long ones item by item", async () => {
    const ids = Array.from({ length: 2_000 }, (_, at) => `order ${at}`);
    expect(await compare([...ids].reverse(), ids)).toMatchObject({ status: "pass" });
    expect(
      await compare(
        ids.map((id) => `${id}x`),
        ids,
      ),
    ).toMatchObject({ status: "fail", score: 0 });
    const before = cpuMs();
    expect(await compare(ids, ids, { item: { fuzzy: 0.9 } })).toMatchObject({
      status: "error",
      reason: expect.stringContaining("at most 200 each can be paired"),
    });
    const texts = Array.from({ length: 150 }, (_, at) => `${at} `.repeat(40));
    await compare([...texts].reverse(), texts, { item: { fuzzy: 0.95 } });
    expect(cpuMs() - before).toBeLessThan(8_000);
  });

  it("matches any list with itself in any order", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.jsonValue({ maxDepth: 2 }), { maxLength: 12 }),
        fc.nat(11),
        async (list, at) => {
          const plain: Json = JSON.parse(JSON.stringify(list));
          const turned = [...list.slice(at), ...list.slice(0, at)].reverse();
          expect(await compare(turned, plain)).toMatchObject({ status: "pass", score: 1 });
          expect(await compare(turned, plain, { item: { fuzzy: 1 }, minF1: 0 })).toMatchObject({
            status: "pass",
          });
        },
      ),
      { seed, numRuns: 150 },
    );
  });

  it("has the same F1 whichever list is the known one", async () => {
    const words = fc.array(fc.constantFrom("a", "b", "c", "d"), { minLength: 1, maxLength: 6 });
    await fc.assert(
      fc.asyncProperty(words, words, async (left, right) => {
        const [one, other] = await Promise.all([
          compare(left, right, { minF1: 0 }),
          compare(right, left, { minF1: 0 }),
        ]);
        expect(one).toEqual(other);
      }),
      { seed, numRuns: 150 },
    );
  });

  it("refuses item and fields together", () => {
    expect(faultsOf({ id: "a", type: "list-match", item: "date", fields: { a: "exact" } })).toEqual([
      ": either item or fields: item compares items as a whole, fields one field at a time",
    ]);
  });
});
