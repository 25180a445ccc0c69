import { expect, it } from "vitest";
import { addCounts, noCounts, shareOf, subtractCounts } from "../../src/measure/counts.js";

it("adds and takes away counts", () => {
  const both = addCounts({ hits: 3, n: 10 }, { hits: 1, n: 5 });
  expect(both).toEqual({ hits: 4, n: 15 });
  expect(subtractCounts(both, { hits: 1, n: 5 })).toEqual({ hits: 3, n: 10 });
});

it("has a share only where there are outputs", () => {
  expect(shareOf({ hits: 3, n: 12 })).toBe(0.25);
  expect(shareOf(noCounts)).toBeNull();
});
