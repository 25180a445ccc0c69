import { readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { providerTypes } from "../../src/model/registry.js";
import { modelSettings } from "../../src/model/settings.js";

describe("the providers", () => {
  it("are those of the files", () => {
    const folder = fileURLToPath(new URL("../../src/model/providers", import.meta.url));
    const files = readdirSync(folder).filter((name) => name !== "all.ts");
    expect([...providerTypes.keys()].map((type) => `${type}.ts`)).toEqual(files.sort());
  });

  it.each([
    ["an unknown setting", { type: "openai", id: "judge", model: "m", modle: "m" }],
    [
      "a negative price",
      { type: "openai", id: "judge", model: "m", price: { inputUsdPerMillion: -1, outputUsdPerMillion: 1 } },
    ],
    ["a key written out", { type: "anthropic", id: "judge", model: "m", apiKey: "written out" }],
    ["no key for Anthropic", { type: "anthropic", id: "judge", model: "m" }],
    ["an unknown provider", { type: "other", id: "judge", model: "m" }],
    ["an id with spaces", { type: "openai", id: "the judge", model: "m" }],
  ])("refuse %s", (_, settings) => {
    expect(modelSettings.safeParse(settings).success).toBe(false);
  });
});
