import { describe, expect, it } from "vitest";
import { judge } from "../judge.js";

const invoice = '{"total":0,"vat":null,"note":" ","supplier":{"name":"A"},"lines":[{"sku":"A"},{}]}';

describe("required-fields", () => {
  it.each([
    [{ fields: ["total", "$.supplier.name", "lines[0].sku"] }],
    [{ fields: ["vat"], allowNull: true }],
    [{ fields: ["note"] }],
  ])("passes %j", async (settings) => {
    expect(await judge({ type: "required-fields", ...settings }, invoice)).toEqual({ status: "pass" });
  });

  it.each([
    [{ fields: ["total", "due"] }, "lacks $.due"],
    [{ fields: ["vat"] }, "has null at $.vat"],
    [{ fields: ["note"], allowEmpty: false }, "has nothing at $.note"],
    [{ fields: ["lines[*].sku"] }, "lacks $.lines[1].sku"],
    [{ fields: ["lines[*].amount", "vat"] }, "lacks $.lines[*].amount and has null at $.vat"],
    [{ fields: ["a", "b", "c", "d", "e", "f", "g"] }, "lacks $.a, $.b, $.c, $.d, $.e and 2 more"],
    [{ fields: ["constructor", "__proto__"] }, "lacks $.constructor, $.__proto__"],
  ])("fails %j", async (settings, reason) => {
    expect(await judge({ type: "required-fields", ...settings }, invoice)).toMatchObject({
      status: "fail",
      reason,
    });
  });

  it("fails text without fields", async () => {
    expect(await judge({ type: "required-fields", fields: ["total"] }, "Total: 12")).toMatchObject({
      status: "fail",
      reason: "is not JSON: it begins with other text, so it has no fields",
    });
  });
});
