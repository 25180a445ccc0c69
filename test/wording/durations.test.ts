import { describe, expect, it } from "vitest";
import { sayAge, sayDuration } from "../../src/wording/durations.js";

const minute = 60_000;
const hour = 60 * minute;

describe("sayDuration", () => {
  it.each([
    [400, "under 1 s"],
    [41_000, "41 s"],
    [90_000, "1 min 30 s"],
    [52 * minute + 20_000, "52 min"],
    [59 * minute + 59_999, "1 h"],
    [65 * minute, "1 h 5 min"],
    [16 * hour, "16 h"],
    [32 * hour, "1 day 8 h"],
    [3 * 24 * hour, "3 days"],
    [23 * hour + 59.9 * minute, "1 day"],
    [Number.POSITIVE_INFINITY, "without end"],
  ])("says %d ms as %s", (ms, said) => {
    expect(sayDuration(ms)).toBe(said);
  });
});

describe("sayAge", () => {
  it.each([
    [200, "just now"],
    [-5_000, "just now"],
    [16 * hour + 2 * minute, "16 h ago"],
    [26 * hour, "1 day ago"],
  ])("says %d ms as %s", (ms, said) => {
    expect(sayAge(ms)).toBe(said);
  });
});
