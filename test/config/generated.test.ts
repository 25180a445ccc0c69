import { readFileSync, writeFileSync } from "node:fs";
import { Ajv } from "ajv";
import { describe, expect, it } from "vitest";
import { checkFileJsonSchema, configJsonSchema } from "../../src/config/json-schema.js";
import { configReference, referenceMarkers, withReference } from "../../src/config/reference.js";
import { webhookJsonSchema } from "../../src/notify/webhook-body.js";

const fixture = (name: string): URL => new URL(`../../fixtures/schema/${name}`, import.meta.url);

describe("JSON Schemas for editors", () => {
  it.each([
    ["config.schema.json", configJsonSchema],
    ["checks.schema.json", checkFileJsonSchema],
    ["webhook.schema.json", webhookJsonSchema],
  ])("%s is the one the program would write", (name, generate) => {
    const text = `${JSON.stringify(generate(), null, 2)}\n`;
    if (process.env.UPDATE_FIXTURES === "1") writeFileSync(fixture(name), text);
    expect(readFileSync(fixture(name), "utf8")).toBe(text);
  });

  it("are valid and let settings with a default be left out", () => {
    const ajv = new Ajv({ strict: false, validateFormats: false });
    const validate = ajv.compile(checkFileJsonSchema());
    expect(validate({ checks: [{ id: "present", type: "not-empty" }] })).toBe(true);
    expect(validate({ checks: [{ id: "present", type: "not-emty" }] })).toBe(false);
    const config = ajv.compile(configJsonSchema());
    const automation = { id: "a", does: "b", owner: "c", risk: "low" };
    const smallest = { timeZone: "UTC", aiOwner: "c", people: [{ name: "c" }], automations: [automation] };
    expect(config(smallest)).toBe(true);
    expect(config({ ...smallest, automatons: [] })).toBe(false);
  });
});

describe("configReference", () => {
  it("describes every setting it lists", () => {
    const rows = configReference()
      .split("\n")
      .filter((line) => line.startsWith("| `"));
    const undescribed = rows.filter((line) => /\|\s*\|$/.test(line));
    expect(undescribed).toEqual([]);
    expect(rows.length).toBeGreaterThan(100);
  });

  it("says of a setting that types have in their own way what it is for each", () => {
    const [, models = ""] = /### `models`(.*?)### /s.exec(configReference()) ?? [];
    const rows = models.split("\n").filter((line) => /`(apiKey|baseUrl|price|type)` \|/.test(line));
    expect(rows.map((line) => line.split(" | ").slice(0, 4).join(" | "))).toEqual([
      "| `price` | an object with inputUsdPerMillion, outputUsdPerMillion |  | What it costs; without a price its questions count as free, and only their number is capped |",
      "| `type` | setting | takes | default",
      '| `anthropic` | `baseUrl` | text | `"https://api.anthropic.com"`',
      '| `anthropic` | `apiKey` | { "env": "NAME" } or { "file": "path" } | needed',
      '| `openai` | `baseUrl` | text | `"https://api.openai.com/v1"`',
      '| `openai` | `apiKey` | { "env": "NAME" } or { "file": "path" } | ',
    ]);
  });

  it("tells the settings of models in their own section alone", () => {
    const [theFile = ""] = configReference().split("### `people`");
    expect(theFile).toContain("| `models` | see below |");
    expect(theFile).not.toContain("`models[]");
  });

  it("stands between its markers and leaves the rest of the text alone", () => {
    const text = `before\n${referenceMarkers.begin}\nold\n${referenceMarkers.end}\nafter\n`;
    const written = withReference(text);
    expect(written.startsWith(`before\n${referenceMarkers.begin}\n### The file`)).toBe(true);
    expect(written.endsWith(`|\n${referenceMarkers.end}\nafter\n`)).toBe(true);
    expect(withReference(written)).toBe(written);
    expect(withReference("no markers")).toBe("no markers");
  });
});
