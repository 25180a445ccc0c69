import { readdirSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { sourceTypes } from "../../src/sample/registry.js";
import { expectsMore, sampleSettings, sourceSettings } from "../../src/sample/settings.js";

describe("the kinds of sources", () => {
  it("are named as their files", () => {
    const files = readdirSync(new URL("../../src/sample/sources", import.meta.url))
      .map((name) => name.replace(/\.ts$/, ""))
      .filter((name) => name !== "all");
    expect([...sourceTypes.keys()].sort()).toEqual(files.sort());
  });

  it.each([...sourceTypes.values()])(
    "$type describes every setting and refuses unknown ones",
    (sourceType) => {
      const schema = z.toJSONSchema(sourceType.settings, { io: "input" });
      for (const [name, property] of Object.entries(schema.properties ?? {})) {
        expect(property, name).toMatchObject({ description: expect.any(String) });
      }
      expect(schema.additionalProperties).toBe(false);
    },
  );

  it("take a mapping and a settling time, with defaults", () => {
    const settings = sourceSettings.parse({ type: "file", path: "a.jsonl" });
    expect(settings).toMatchObject({ map: {}, settle: "0s", times: "as-is", complete: false });
    expect(expectsMore(settings)).toBe(true);
    expect(expectsMore(sourceSettings.parse({ type: "file", path: "a.jsonl", complete: true }))).toBe(false);
  });

  it.each([
    [{ type: "database" }, ["type"]],
    [{ type: "file" }, ["path"]],
    [{ type: "file", path: "a", map: { output: "$.a[" } }, ["map", "output"]],
    [{ type: "file", path: "a", settle: "soon" }, ["settle"]],
    [{ type: "file", path: "a", map: { outptu: "x" } }, ["map"]],
    [{ type: "http", url: "ftp://example.com" }, ["url"]],
    [{ type: "http", url: "https://example.com", headers: { a: { env: "lower" } } }, ["headers", "a", "env"]],
    [{ type: "command", argv: [] }, ["argv"]],
  ])("name the setting that is wrong in %o", (settings, path) => {
    expect(sourceSettings.safeParse(settings).error?.issues.map((issue) => issue.path)).toContainEqual(path);
  });

  it("have a sample of a stated size", () => {
    expect(sampleSettings.parse({ size: "all" })).toEqual({
      size: "all",
      strata: [],
      doubledAfterChange: "3d",
    });
    expect(sampleSettings.safeParse({ size: 0 }).success).toBe(false);
  });
});
