import { expect, it } from "vitest";
import { changeStart } from "../../../src/drift/shares/change-start.js";

const good = { hits: 19, n: 20 };
const bad = { hits: 10, n: 20 };

it.each([
  { what: "the first run", runs: [bad, bad], start: 0 },
  { what: "the middle", runs: [good, good, good, bad, bad], start: 3 },
  { what: "the last run", runs: [good, good, bad], start: 2 },
])("finds a change at $what", ({ runs, start }) => {
  expect(changeStart({ hits: 95, n: 100 }, runs)).toBe(start);
});

it("finds a change without a baseline, from the runs alone", () => {
  expect(changeStart({ hits: 0, n: 0 }, [good, good, bad, bad])).toBe(2);
});

it("leaves a run that fits the baseline out of the change", () => {
  expect(changeStart({ hits: 95, n: 100 }, [bad, good, good, bad, bad])).toBe(3);
});
