import { readdirSync } from "node:fs";
import { expect, it } from "vitest";
import { metricKind, metricKinds } from "../../../src/drift/kinds/registry.js";

it("knows every kind by the name of its file", () => {
  const files = readdirSync(new URL("../../../src/drift/kinds", import.meta.url)).map((file) =>
    file.replace(/\.ts$/, ""),
  );
  expect([...metricKinds.keys()].sort()).toEqual([
    "category",
    "golden-cases",
    "number",
    "number-per-run",
    "pass-share",
    "shape",
    "volume",
  ]);
  for (const [name, kind] of metricKinds) {
    expect(kind.kind).toBe(name);
    expect(files).toContain(name);
  }
});

it("says which kinds there are when asked for another", () => {
  expect(() => metricKind("median")).toThrow(
    "metric kind median: unknown, expected one of category, golden-cases, number, number-per-run, pass-share, shape, volume",
  );
});
