import { describe, expect, it } from "vitest";
import { checkTypes } from "../../src/check/registry.js";
import { readConfig } from "../../src/config/load.js";
import { familyOf } from "../../src/config/model-family.js";

describe("the family of a model", () => {
  it.each([
    ["openai/gpt-4o-mini", "GPT"],
    ["GPT-5", "GPT"],
    ["o3-mini", "GPT"],
    ["claude-sonnet-4-5", "Claude"],
    ["Gemini 2.5 Flash", "Gemini"],
    ["meta-llama/Llama-3.1-8B", "Llama"],
    ["mixtral-8x7b", "Mistral"],
    ["qwen2.5:7b", "Qwen"],
    ["deepseek-chat", "DeepSeek"],
    ["our own model", null],
  ])("of %s is %s", (name, family) => expect(familyOf(name)).toBe(family));
});

describe("a check that asks a model", () => {
  const { example, type, asks } = checkTypes.get("judge") ?? expect.unreachable("no check type judge");
  const settings = { ...example.settings, type, id: "polite" };

  it("is of a type that says so", () => expect(asks).toBe(true));

  async function reading(model: string, change: object = {}) {
    const config = {
      timeZone: "Europe/Vienna",
      aiOwner: "Ines Calder",
      people: [{ name: "Ines Calder", email: "ines@example.com" }],
      models: [{ id: "judge", type: "openai", model: "gpt-4o-mini" }],
      automations: [
        {
          id: "support-triage",
          does: "Sorts support tickets",
          owner: "Ines Calder",
          risk: "low",
          model: "GPT-4o",
          source: { type: "file", path: "outputs.jsonl" },
          checks: [{ ...settings, model }],
          ...change,
        },
      ],
    };
    return readConfig("c.json", {
      readFile: () => JSON.stringify(config),
      stampOf: () => "",
      readColumn: () => [],
      secretPresent: () => false,
    });
  }

  it("may only ask one that is declared; the nearest name is said", async () => {
    const { faults } = await reading("juge");
    expect(faults).toMatchObject([
      {
        path: "automations[0].checks[0].model",
        message: '"juge": no such model',
        hints: ['did you mean "judge"?'],
      },
    ]);
  });

  it("cannot be shown texts that are not kept", async () => {
    const { faults } = await reading("judge", { store: "hash" });
    expect(faults).toMatchObject([
      { path: "automations[0].store", message: expect.stringContaining('nothing that "polite" could show') },
    ]);
  });

  it("of the automation's own family, or without a price, is noted", async () => {
    const { faults, notes } = await reading("judge");
    expect(faults).toEqual([]);
    expect(notes.join("\n")).toContain("support-triage polite: gpt-4o-mini judges GPT-4o, both are GPT");
    expect(notes.join("\n")).toContain("model judge has no price");
  });
});
