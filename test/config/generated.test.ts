import { readFileSync, writeFileSync } from "node:fs";
import { Ajv } from "ajv";
import { describe, expect, it } from "vitest";
import { checkFileJsonSchema, configJsonSchema } from "../../src/config/json-schema.js";
import { configReference, referenceMarkers, withReference } from "../../src/config/reference.js";

const fixture = (name: string): URL => new URL(`../../fixtures/schema/${name}`, import.meta.url);

describe("JSON Schemas for editors", () => {
  it.each([
    ["config.schema.json", configJsonSchema],
    ["checks.schema.json", checkFileJsonSchema],
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

  it("stands between its markers and leaves the rest of the text alone", () => {
    const text = `before\n${referenceMarkers.begin}\nold\n${referenceMarkers.end}\nafter\n`;
    const written = withReference(text);
    expect(written.startsWith(`before\n${referenceMarkers.begin}\n### The file`)).toBe(true);
    expect(written.endsWith(`|\n${referenceMarkers.end}\nafter\n`)).toBe(true);
    expect(withReference(written)).toBe(written);
    expect(withReference("no markers")).toBe("no markers");
  });
});
