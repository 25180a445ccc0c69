import { existsSync, readdirSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { checkTypes } from "../../src/check/registry.js";
import * as all from "../../src/check/types/all.js";

const types = new URL("../../src/check/types/", import.meta.url);
const tests = new URL("./types/", import.meta.url);

describe("check types", () => {
  const files = readdirSync(types)
    .filter((file) => file !== "all.ts")
    .map((file) => file.replace(/\.ts$/, ""))
    .sort();

  it("are named as their files, one each, and all are registered", () => {
    expect([...checkTypes.keys()].sort()).toEqual(files);
    expect(Object.keys(all)).toHaveLength(files.length);
  });

  it.each(files)("%s is exported under its name and has a test file", (type) => {
    const exported = type.replace(/-([a-z])/g, (_found, letter: string) => letter.toUpperCase());
    expect(Object.entries(all).find(([name]) => name === exported)?.[1].type).toBe(type);
    expect(existsSync(new URL(`${type}.test.ts`, tests))).toBe(true);
  });

  it.each([...checkTypes.values()])(
    "$type refuses unknown settings and describes every one it has",
    (checkType) => {
      const parsed = checkType.settings.safeParse({ noSuchSetting: 1 });
      expect(parsed.error?.issues.map((issue) => issue.code)).toContain("unrecognized_keys");
      for (const [name, setting] of Object.entries(checkType.settings.shape)) {
        const description = "description" in setting ? setting.description : undefined;
        expect(`${name}: ${description ?? ""}`).toMatch(/: \S/);
      }
    },
  );

  it.each([...checkTypes.values()])(
    "$type describes a good output in words that end a sentence: no capital, no full stop",
    ({ says }) => {
      expect(says).toMatch(/^[a-z].*[^.]$/);
    },
  );
});
