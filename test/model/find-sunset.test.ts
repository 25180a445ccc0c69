import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import type { KnownSunsets, ModelSunset } from "../../src/domain/model-sunset.js";
import { findSunset } from "../../src/model/find-sunset.js";
import { parseSunsetTable } from "../../src/model/sunset-table.js";

function row(model: string, shutsDownOn: string, platform: string | null = null): ModelSunset {
  return { models: [model], vendor: "Vendor", platform, shutsDownOn, replacement: null };
}

const known: KnownSunsets = {
  own: [row("house-*", "2027-01-01")],
  listed: [row("small-1", "2027-02-02")],
  table: [
    row("small-1", "2027-03-03"),
    row("small-1", "2027-04-04", "Azure"),
    row("large-1", "2027-05-05"),
    row("house-9", "2027-06-06"),
  ],
  platforms: ["Azure", "Bedrock"],
};

describe("the announced end of a model", () => {
  it.each<[string, string, string, string | null]>([
    ["from the table", "large-1", "", "2027-05-05"],
    ["from its API rather than from the table", "small-1", "OpenAI", "2027-02-02"],
    ["from the configuration before all", "house-9", "", "2027-01-01"],
    ["however it is written", " LARGE-1 ", "", "2027-05-05"],
    ["by Gemini's long name", "models/large-1", "", "2027-05-05"],
    ["by a router's name", "vendor/large-1", "", "2027-05-05"],
    ["of what a fine-tuned one was made from", "ft:large-1:firm::abc", "", "2027-05-05"],
    ["on a platform with dates of its own", "small-1", "Docread on Azure", "2027-04-04"],
    ["unknown on a platform whose dates are not known", "large-1", "AWS Bedrock", null],
    ["unknown for another version", "large-1-2", "", null],
    ["unknown for a path into some cloud", "projects/x/models/large-1", "", null],
    ["unknown for nothing", "", "", null],
  ])("is %s", (_, model, runsAt, day) => {
    expect(findSunset(model, runsAt, known)?.shutsDownOn ?? null).toBe(day);
  });
});

describe("the table", () => {
  const text = readFileSync("fixtures/model-sunsets.json", "utf8");
  const { rows, platforms } = parseSunsetTable(text);

  it("is one, with rows of four vendors and of a platform", () => {
    expect([...new Set(rows.map((each) => each.vendor))].sort()).toEqual([
      "Anthropic",
      "Google",
      "Microsoft",
      "Mistral",
      "OpenAI",
    ]);
    expect(platforms).toContain("Azure");
  });

  it("names no model twice on one platform", () => {
    const names = rows.flatMap((each) => each.models.map((model) => `${each.platform} ${model}`));
    expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
  });

  it("deprecates no model after its end", () => {
    const written: { rows: { deprecatedOn?: string; shutsDownOn: string; readOn: string }[] } =
      JSON.parse(text);
    expect(written.rows.filter((each) => (each.deprecatedOn ?? "") > each.shutsDownOn)).toEqual([]);
  });
});
