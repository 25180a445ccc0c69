import { describe, expect, it } from "vitest";
import { category } from "../../../src/drift/kinds/category.js";
import { type Tally, tallyOf } from "../../../src/drift/shares/tally.js";

function tally(counts: Readonly<Record<string, number>>): Tally {
  return new Map(Object.entries(counts));
}

describe("the shares of a category", () => {
  it("are one for each category seen, and one for those never seen", () => {
    const plans = category.plan(tally({ billing: 30, access: 68, other: 1, spam: 1 }), null);
    expect(plans.map(({ share }) => share)).toEqual([
      { kind: "category", category: "access" },
      { kind: "category", category: "billing" },
      { kind: "category", category: "other" },
      { kind: "category", category: "spam" },
      { kind: "never-seen" },
    ]);
    expect(plans.map(({ weight }) => weight)).toEqual([0.578, 0.255, 0.0085, 0.0085, 0.15]);
  });

  it("credit 'never seen' with the categories seen exactly once", () => {
    const plans = category.plan(tally({ billing: 30, access: 68, other: 1, spam: 1 }), null);
    expect(plans.at(-1)).toMatchObject({ credit: 2, baseline: { hits: 0, n: 100 } });
  });

  it("keep the 50 commonest and count the rest as never seen", () => {
    const many = tally(Object.fromEntries(Array.from({ length: 60 }, (_, i) => [`c${i}`, i < 10 ? 2 : 4])));
    const plans = category.plan(many, null);
    expect(plans).toHaveLength(51);
    expect(plans.at(-1)).toMatchObject({ credit: 0, baseline: { hits: 20, n: 220 } });
  });

  it("count every output once", () => {
    const shares = category.plan(tally({ a: 60, b: 40 }), null).map(({ share }) => share);
    const seen = tallyOf(["a", "new", "b", "a", "newer"], category.read);
    expect(category.count(shares, seen)).toEqual([2, 1, 2]);
  });
});

describe("the baseline of a category", () => {
  it.each([
    { what: "5 outputs for each of 20", categories: 20, each: 5, full: true },
    { what: "4 outputs for each of 25", categories: 25, each: 4, full: false },
    { what: "300 outputs, however many categories", categories: 100, each: 3, full: true },
  ])("says $full to $what", ({ categories, each, full }) => {
    const seen = tally(Object.fromEntries(Array.from({ length: categories }, (_, i) => [`c${i}`, each])));
    expect(category.baselineIsFull(seen)).toBe(full);
  });
});

it("shortens what is no label", () => {
  expect(category.read("x".repeat(500))).toHaveLength(120);
  expect(category.read(3)).toBeNull();
});
