import { expect, it } from "vitest";
import { mergeTallies, sizeOf, tallyOf, thinned } from "../../../src/drift/shares/tally.js";

it("counts what is read and leaves out what says nothing", () => {
  const tally = tallyOf(["a", 3, "b", "a", true], (value) => (typeof value === "string" ? value : null));
  expect([...tally]).toEqual([
    ["a", 2],
    ["b", 1],
  ]);
  expect(sizeOf(tally)).toBe(3);
});

it("merges tallies", () => {
  expect([...mergeTallies([new Map([[1, 2]]), new Map([[1, 1]]), new Map([[5, 1]])])]).toEqual([
    [1, 3],
    [5, 1],
  ]);
});

it("thins a tally evenly over its order", () => {
  const tally = new Map(Array.from({ length: 10 }, (_, i) => [i, 1]));
  expect([...thinned(tally, 5).keys()]).toEqual([0, 2, 4, 6, 8]);
  expect(thinned(tally, 10)).toBe(tally);
});
