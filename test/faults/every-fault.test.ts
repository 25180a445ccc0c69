import { expect, it } from "vitest";
import { filesNamingFaults } from "./numbers.js";

/** Those that on-call, delivery and people in the loop must survive, by their numbers in RELIABILITY, section 2. */
const numbers = [...Array.from({ length: 54 }, (_, index) => index + 1), 63, 64, 65, 66, 70];

/** The weekly digest, which is not there yet. */
const notYet: readonly number[] = [];

it("every fault has a test that provokes it, and says so", () => {
  const tested = new Set(filesNamingFaults().flatMap(({ faults }) => faults));
  expect(numbers.filter((number) => !tested.has(number) && !notYet.includes(number))).toEqual([]);
});
