import { describe, expect, it } from "vitest";
import { checkReference, commonOptionRows } from "../../src/check/reference.js";
import { checkTypes } from "../../src/check/registry.js";

describe("checkReference", () => {
  it("lists every type by name, each setting described", () => {
    const reference = checkReference();
    expect(reference.map(({ type }) => type)).toEqual([...checkTypes.keys()].sort());
    for (const row of reference.flatMap(({ settings }) => settings)) expect(row.description).not.toBe("");
  });

  it.each([
    ["latency", { name: "maxMs", type: "number", required: true, default: null }],
    [
      "length",
      { name: "unit", type: '"chars" or "words" or "sentences"', required: false, default: '"chars"' },
    ],
    ["one-of", { name: "values", type: "list of (string or number or boolean or null)", required: true }],
    ["json-schema", { name: "schema", type: "object or boolean", required: false, default: null }],
    ["equals", { name: "expected", type: "any JSON", required: false }],
  ])("says of %s what its setting takes", (type, row) => {
    const settings = checkReference().find((one) => one.type === type)?.settings;
    expect(settings).toContainEqual(expect.objectContaining(row));
  });
});

describe("commonOptionRows", () => {
  it("lists the shared options, each described", () => {
    const rows = commonOptionRows();
    expect(rows.map(({ name }) => name)).toEqual(["id", "title", "on", "when", "level", "not", "rule"]);
    for (const row of rows) expect(row.description).not.toBe("");
    expect(rows.find(({ name }) => name === "id")?.required).toBe(true);
  });
});
