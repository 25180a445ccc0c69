import { describe, expect, it } from "vitest";
import { parseDuration } from "../../src/text/duration.js";

describe("parseDuration", () => {
  it.each([
    ["250ms", 250],
    ["90s", 90_000],
    ["15m", 900_000],
    ["1h", 3_600_000],
    ["1.5h", 5_400_000],
    ["7d", 604_800_000],
    ["2w", 1_209_600_000],
    ["0s", 0],
    ["15 m", 900_000],
  ])("reads %s", (text, ms) => expect(parseDuration(text)).toBe(ms));

  it.each(["", "15", "m", "-5m", "1h30m", "1 month", "1e3s", "9999999999999999w", "abc"])(
    "refuses %j",
    (text) => expect(parseDuration(text)).toBeNull(),
  );
});
