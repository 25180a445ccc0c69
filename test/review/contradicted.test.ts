import { expect, it } from "vitest";
import { standingOf } from "../../src/review/contradicted.js";

/** `w`: people call wrong too what the check failed; `r`: they call it right. */
const fails = (said: string) => [...said].map((each) => ({ wrong: each === "w" }));

it.each([
  ["", null],
  ["rrr", null],
  ["rrrr", 4],
  // each agreement takes back ln(0.9 / 0.5) = 0.59 of the 1.61 that a contradiction gives
  ["rwrwrwrw", null],
  ["rrwrwrr", 7],
  ["wwwwwwwwrrrr", 12],
  ["wwwwrwwwwrwwwwrwwww", null],
])("after %s a check is contradicted at %s", (said, at) => {
  expect(standingOf(fails(said)).contradictedAt).toBe(at);
});

it("forgets what was long ago: a check that was good for a year is found as fast as a new one", () => {
  expect(standingOf(fails(`${"w".repeat(300)}rrrr`)).contradictedAt).toBe(304);
});
