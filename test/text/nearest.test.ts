import { describe, expect, it } from "vitest";
import { nearest } from "../../src/text/nearest.js";

describe("nearest", () => {
  const known = ["json-schema", "one-of", "required-fields", "maxMs", "regex"];

  it.each([
    ["json-shema", "json-schema"],
    ["required_fields", "required-fields"],
    ["max_ms", "maxMs"],
    ["Regexp", "regex"],
    ["oneof", "one-of"],
    ["sentiment", null],
    ["", null],
  ])("takes %j for %j", (name, expected) => {
    expect(nearest(name, known)).toBe(expected);
  });

  it("answers at once for a name of a million characters", () => {
    expect(nearest("x".repeat(1_000_000), known)).toBeNull();
  });
});
