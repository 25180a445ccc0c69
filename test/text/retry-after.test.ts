import { describe, expect, it } from "vitest";
import { parseRetryAfter } from "../../src/text/retry-after.js";

const now = Date.UTC(2026, 10, 18, 6, 2);

describe("parseRetryAfter", () => {
  it.each([
    ["30", 30_000],
    [" 0 ", 0],
    ["86400", 3_600_000],
    ["99999999999999999999", 3_600_000],
    ["Wed, 18 Nov 2026 06:03:30 GMT", 90_000],
    ["Wednesday, 18-Nov-26 06:03:30 GMT", 90_000],
    ["Wed, 18 Nov 2026 06:00:00 GMT", 0],
    ["Thu, 19 Nov 2026 06:00:00 GMT", 3_600_000],
    ["nonsense", null],
    ["-5", null],
    ["3.5", null],
    ["2026", 2_026_000],
    ["Tuesday 5", null],
    ["", null],
    [undefined, null],
  ])("reads %j as %s ms", (header, expected) => {
    expect(parseRetryAfter(header, now)).toBe(expected);
  });
});
