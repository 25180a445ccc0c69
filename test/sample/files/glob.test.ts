import { mkdirSync, mkdtempSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { describe, expect, it } from "vitest";
import { expandGlob } from "../../../src/sample/files/glob.js";

const root = mkdtempSync(join(tmpdir(), "evenkeel-"));
for (const name of [
  "a.jsonl",
  "b.jsonl",
  "b1.jsonl",
  "c.csv",
  ".hidden.jsonl",
  "x/a.jsonl",
  "x/y/a.jsonl",
  "x/.z/a.jsonl",
  "(1)+.jsonl",
]) {
  mkdirSync(dirname(join(root, name)), { recursive: true });
  writeFileSync(join(root, name), "");
}
mkdirSync(join(root, "folder.jsonl"));
symlinkSync(root, join(root, "x", "circle"));

describe("file patterns", () => {
  it.each([
    ["a.jsonl", ["a.jsonl"]],
    ["./x/../a.jsonl", ["a.jsonl"]],
    ["?.jsonl", ["a.jsonl", "b.jsonl"]],
    ["b*.jsonl", ["b.jsonl", "b1.jsonl"]],
    ["*.jsonl", ["(1)+.jsonl", "a.jsonl", "b.jsonl", "b1.jsonl"]],
    ["(1)+.*", ["(1)+.jsonl"]],
    [".h*.jsonl", [".hidden.jsonl"]],
    ["*/a.jsonl", ["x/a.jsonl"]],
    ["**/a.jsonl", ["a.jsonl", "x/a.jsonl", "x/y/a.jsonl"]],
    ["x/**", ["x/a.jsonl", "x/y/a.jsonl"]],
    ["nowhere/*.jsonl", []],
    ["missing.jsonl", []],
  ])("%s", async (pattern, expected) => {
    expect(await expandGlob(pattern, root)).toEqual(expected);
  });

  it("may be absolute", async () => {
    expect(await expandGlob(join(root, "x", "*.jsonl"), tmpdir())).toEqual([join(root, "x", "a.jsonl")]);
  });

  it("may not match without end", async () => {
    const full = mkdtempSync(join(tmpdir(), "evenkeel-"));
    for (let index = 0; index <= 1_000; index += 1) writeFileSync(join(full, `${String(index)}.jsonl`), "");
    await expect(expandGlob("*.jsonl", full)).rejects.toMatchObject({ code: "file-too-many" });
  });
});
