import { describe, expect, it } from "vitest";
import { sourceSettings } from "../../../src/sample/settings.js";
import { pushAccess } from "../../../src/sample/sources/push.js";
import { sourceOf } from "../ports.js";
import { describeSource } from "../source-contract.js";

const settings = { type: "push", token: { env: "PUSH_TOKEN" } };

describeSource("push", { world: null, failures: [], idle: async () => sourceOf(settings) });

describe("the push source", () => {
  it("names who may push", () => {
    expect(pushAccess(sourceSettings.parse(settings))).toEqual({ token: { env: "PUSH_TOKEN" } });
    expect(pushAccess(sourceSettings.parse({ type: "file", path: "a.jsonl" }))).toBeNull();
  });

  it("takes its token by name only", () => {
    expect(sourceSettings.safeParse({ type: "push", token: "plain" }).success).toBe(false);
  });
});
