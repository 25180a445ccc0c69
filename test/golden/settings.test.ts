import { readdirSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { probeTypes } from "../../src/golden/registry.js";
import { goldenSettings } from "../../src/golden/settings.js";

const probe = { type: "http", url: "https://example.com/hook" };

describe("golden settings", () => {
  it("name the kinds of probes as their files", () => {
    const files = readdirSync(new URL("../../src/golden/probes", import.meta.url))
      .map((name) => name.replace(/\.ts$/, ""))
      .filter((name) => name !== "all");
    expect([...probeTypes.keys()].sort()).toEqual(files.sort());
  });

  it.each([...probeTypes.values()])("describe every setting of $type", (probeType) => {
    const schema = z.toJSONSchema(probeType.settings, { io: "input" });
    for (const [name, property] of Object.entries(schema.properties ?? {})) {
      expect(property, name).toMatchObject({ description: expect.any(String) });
    }
  });

  it.each([
    [{ cases: "a.jsonl", probe }, ["effects"]],
    [{ cases: "a.jsonl", probe, effects: "some" }, ["effects"]],
    [{ cases: "a.jsonl", effects: "none" }, ["probe"]],
    [{ cases: "a.jsonl", effects: "none", probe: { type: "smoke" } }, ["probe", "type"]],
    [{ cases: "a.jsonl", effects: "none", probe: { ...probe, output: "$.[" } }, ["probe", "output"]],
    [{ cases: "a.jsonl", effects: "none", probe: { ...probe, outputs: "a" } }, ["probe"]],
  ])("name what is wrong in %o", (settings, path) => {
    expect(goldenSettings.safeParse(settings).error?.issues.map((issue) => issue.path)).toContainEqual(path);
  });
});
