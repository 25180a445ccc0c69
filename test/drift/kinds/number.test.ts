import { describe, expect, it } from "vitest";
import { number } from "../../../src/drift/kinds/number.js";
import { type Tally, tallyOf } from "../../../src/drift/shares/tally.js";

function tally(values: readonly number[]): Tally {
  return tallyOf(values, number.read);
}

function hits(baseline: readonly number[], values: readonly number[]): readonly number[] {
  return number.count(
    number.plan(tally(baseline), null).map(({ share }) => share),
    tally(values),
  );
}

const oneToHundred = Array.from({ length: 100 }, (_, i) => i + 1);

describe("the eight shares of a number", () => {
  it("are cut at the baseline's own points", () => {
    expect(number.plan(tally(oneToHundred), null).map(({ share }) => share)).toEqual([
      { kind: "above", cut: 50 },
      { kind: "below", cut: 51 },
      { kind: "above", cut: 75 },
      { kind: "below", cut: 26 },
      { kind: "above", cut: 90 },
      { kind: "below", cut: 11 },
      { kind: "outside", cut: [11, 90] },
      { kind: "outside", cut: [26, 75] },
    ]);
  });

  it("count the baseline by the same rule", () => {
    const plans = number.plan(tally(oneToHundred), null);
    expect(plans.map(({ baseline }) => baseline.hits)).toEqual([50, 50, 25, 25, 10, 10, 20, 50]);
    expect(plans.map(({ baseline }) => baseline.n)).toEqual(Array(8).fill(100));
    expect(hits(oneToHundred, oneToHundred)).toEqual([50, 50, 25, 25, 10, 10, 20, 50]);
  });

  it("cut 110 values at the 99th, not at the next for a rounding error", () => {
    const values = Array.from({ length: 110 }, (_, i) => i + 1);
    expect(number.plan(tally(values), null)[4]?.share).toEqual({ kind: "above", cut: 99 });
  });

  it("need nothing special for a constant", () => {
    const constant = Array<number>(100).fill(7);
    expect(hits(constant, constant)).toEqual([0, 0, 0, 0, 0, 0, 0, 0]);
    expect(hits(constant, [6, 8, 8])).toEqual([2, 1, 2, 1, 2, 1, 3, 3]);
  });

  it("need nothing special for ties", () => {
    const tied = [...Array<number>(60).fill(1), ...Array<number>(40).fill(5)];
    expect(number.plan(tally(tied), null).map(({ baseline }) => baseline.hits)).toEqual([
      40, 0, 0, 0, 0, 0, 0, 0,
    ]);
  });
});

it("reads finite numbers only", () => {
  expect([1.5, Number.NaN, Infinity, -Infinity, "3", true].map(number.read)).toEqual([
    1.5,
    null,
    null,
    null,
    null,
    null,
  ]);
});

it("takes the lower middle of an even number of values", () => {
  expect(number.median(tally([4, 1, 3, 2]))).toBe(2);
  expect(number.median(tally([]))).toBeNull();
});
