import { describe, expect, it } from "vitest";
import { judge } from "../judge.js";

const values = ["billing", "shipping", 3, true, null];

describe("one-of", () => {
  it.each([
    [{ on: "v" }, '{"v":"billing"}'],
    [{ on: "v" }, '{"v":3}'],
    [{ on: "v" }, '{"v":null}'],
    [{ on: "v", ignoreCase: true }, '{"v":" Billing "}'],
    [{}, "shipping\n"],
  ])("passes %j on %s", async (settings, text) => {
    expect(await judge({ type: "one-of", values, ...settings }, text)).toEqual({ status: "pass" });
  });

  it.each([
    [{ on: "v" }, '{"v":"Billing"}', '$.v is "Billing", expected "billing", "shipping", 3, true or null'],
    [{ on: "v" }, '{"v":"3"}', '$.v is "3", expected "billing", "shipping", 3, true or null'],
    [{ on: "v" }, '{"v":["billing"]}', '$.v is ["billing"], expected "billing", "shipping", 3, true or null'],
    [
      { on: "v[*]" },
      '{"v":["billing","x"]}',
      '$.v[1] is "x", expected "billing", "shipping", 3, true or null',
    ],
    [{ on: "v", not: true }, '{"v":"billing"}', '$.v is "billing", which it must not be'],
  ])("fails %j on %s", async (settings, text, reason) => {
    expect(await judge({ type: "one-of", values, ...settings }, text)).toMatchObject({
      status: "fail",
      reason,
    });
  });

  it("tells a composed letter from no other way of writing it", async () => {
    expect(await judge({ type: "one-of", values: ["caf\u00e9"] }, "cafe\u0301")).toEqual({ status: "pass" });
  });
});
