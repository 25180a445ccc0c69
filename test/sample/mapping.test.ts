import { describe, expect, it } from "vitest";
import type { Json } from "../../src/domain/json.js";
import type { OutputDraft } from "../../src/domain/output.js";
import { type Mapped, prepareMapping } from "../../src/sample/mapping.js";
import { mappingSettings } from "../../src/sample/mapping-settings.js";

const mapWith = (settings: Json, record: Json): Mapped =>
  prepareMapping(mappingSettings.parse(settings))(record, "here");

function outputOf(settings: Json, record: Json): OutputDraft {
  const mapped = mapWith(settings, record);
  if (mapped.kind !== "output") throw new Error(JSON.stringify(mapped));
  return mapped.output;
}

function reasonOf(settings: Json, record: Json): string {
  const mapped = mapWith(settings, record);
  return mapped.kind === "aside" ? mapped.aside.reason : mapped.kind;
}

describe("the mapping finds the usual names", () => {
  it("in snake case and camel case, nested or flat", () => {
    const record = {
      execution_id: 17,
      created_at: "2026-03-01T09:30:00+01:00",
      prompt: { subject: "Hello" },
      response: { category: "billing", total: 12.5 },
      ground_truth: '{"category":"billing"}',
      model_name: "small-1",
      latency_ms: "812.5",
      cost_usd: 0.0123,
      usage: { total_tokens: 321 },
      user_email: "mara@example.com",
      approval: "Edited",
      final_text: "Dear Mara",
      segment: "DE",
      error_message: "",
      url: "https://example.com/run/17",
      finish_reason: "stop",
      retry_count: 2,
    };
    expect(outputOf({}, record)).toEqual({
      id: "17",
      at: Date.UTC(2026, 2, 1, 8, 30),
      text: '{"category":"billing","total":12.5}',
      fields: { category: "billing", total: 12.5 },
      input: '{"subject":"Hello"}',
      reference: { category: "billing" },
      model: "small-1",
      latencyMs: 812.5,
      costMicros: 12_300,
      tokens: 321,
      user: "mara@example.com",
      approval: "edited",
      finalText: "Dear Mara",
      segment: "DE",
      error: null,
      link: "https://example.com/run/17",
      retries: 2,
      finishReason: "stop",
    });
  });

  it("and says null for everything the record does not say", () => {
    const output = outputOf({}, { id: "a", output: "plain text" });
    expect(output).toMatchObject({
      at: null,
      input: null,
      reference: null,
      costMicros: null,
      approval: null,
    });
    expect(output.fields).toBeUndefined();
  });

  it("and passes over a name that holds another kind of thing", () => {
    const output = outputOf(
      {},
      { id: "a", output: "x", tokens: { in: 1 }, total_tokens: 5, link: "/runs/5", model: { name: "m" } },
    );
    expect(output).toMatchObject({ tokens: 5, link: null, model: "m" });
  });

  it("and keeps a text that is JSON as it came, with its fields beside it", () => {
    const text = '{ "category": "billing" }';
    expect(outputOf({}, { id: "a", output: text })).toMatchObject({ text, fields: { category: "billing" } });
  });
});

describe("the mapping follows the configuration", () => {
  it("with paths, joined paths and nothing at all", () => {
    const settings = { id: ["run.id", "$.model"], output: "$.steps[-1].text", input: null, at: "when" };
    const record = {
      run: { id: 5 },
      model: "m2",
      steps: [{ text: "first" }, { text: "last" }],
      input: "not this",
      when: 1_772_000_000,
    };
    expect(outputOf(settings, record)).toMatchObject({
      id: "5:m2",
      text: "last",
      input: null,
      at: 1_772_000_000_000,
    });
  });

  it("and takes the whole record as output where that is asked", () => {
    expect(outputOf({ output: "$" }, { id: "a", total: 3 })).toMatchObject({ text: '{"id":"a","total":3}' });
  });

  it.each([
    [{}, { id: "a" }, "no output: none of output, response"],
    [{ output: "$.said" }, { id: "a", output: "x" }, "no output: map.output leads to nothing here"],
    [{ tokens: "$.usage" }, { id: "a", output: "x", usage: {} }, "$.usage: what is there is not a number"],
    [{ link: "$.link" }, { id: "a", output: "x", link: "javascript:alert(1)" }, "is not an http(s) address"],
    [{}, { id: "a", output: "x", at: "2026-02-31" }, "at: 2026-02-31 is not a time"],
    [{}, { id: "a", output: "x", cost_usd: -1 }, "costUsd: -1 is not a number that is not negative"],
    [{}, "just a text", "no output"],
  ])("and says why a record cannot be used (%#)", (settings, record, reason) => {
    expect(reasonOf(settings, record)).toContain(reason);
  });

  it("and takes the automation's own error for an output", () => {
    expect(outputOf({}, { id: "a", error: { message: "rate limited" } })).toMatchObject({
      text: "",
      error: "rate limited",
    });
  });

  it("and takes an empty output as an output", () => {
    expect(outputOf({}, { id: "a", output: null })).toMatchObject({ text: "" });
    expect(outputOf({ output: null }, { id: "a" })).toMatchObject({ text: "" });
  });

  it("and redacts the excerpt of what it sets aside", () => {
    const mapped = mapWith({}, { from: "mara@example.com" });
    expect(mapped.kind === "aside" && mapped.aside.excerpt).toBe('{"from":"[e-mail]"}');
  });
});

describe("times", () => {
  const noon = Date.UTC(2026, 2, 1, 12);
  it.each([
    ["2026-03-01T12:00:00Z", noon],
    ["2026-03-01T12:00:00", noon],
    ["2026-03-01 12:00", noon],
    ["2026-03-01T12:00:00.250Z", noon + 250],
    ["2026-03-01T13:00:00+01:00", noon],
    ["2026-03-01T07:30:00-0430", noon],
    ["2026-03-01", Date.UTC(2026, 2, 1)],
    [noon, noon],
    [noon / 1_000, noon],
    [String(noon), noon],
    [noon / 1_000 + 0.5, noon + 500],
  ])("are read from %s", (at, expected) => {
    expect(outputOf({}, { id: "a", output: "x", at }).at).toBe(expected);
  });

  it.each(["soon", "2026-13-01", "2026-03-01T25:00:00Z", 5, -1, 1e18, "01/03/2026", true])(
    "are not made up from %s",
    (at) => {
      expect(reasonOf({}, { id: "a", output: "x", at })).toContain("is not a time");
    },
  );
});

describe("ids", () => {
  const map = prepareMapping({});
  const idOf = (record: Json, position?: string): string => {
    const mapped = map(record, "here", position === undefined ? {} : { position });
    return mapped.kind === "output" ? mapped.output.id : "";
  };

  it("come from the content where the record has none, whatever the order of its keys", () => {
    expect(idOf({ output: "x", input: "y" })).toBe(idOf({ input: "y", output: "x" }));
    expect(idOf({ output: "x" })).toMatch(/^[0-9a-f]{64}$/);
    expect(idOf({ output: "x" })).not.toBe(idOf({ output: "z" }));
  });

  it("tell equal records at different places apart", () => {
    expect(idOf({ output: "x" }, "a@0")).not.toBe(idOf({ output: "x" }, "a@15"));
  });

  it("stay short", () => {
    expect(idOf({ id: "x".repeat(5_000), output: "y" })).toHaveLength(64);
  });
});

describe("the mark of golden runs", () => {
  it.each([
    { evenkeelGolden: "run-1" },
    { evenkeel_golden: true },
    { metadata: { evenkeelGolden: "run-1" } },
    { headers: { "x-evenkeel-golden": "run-1" } },
    { "X-Evenkeel-Golden": "run-1" },
    { request: { headers: { "X-Evenkeel-Golden": "run-1" } } },
  ])("is recognised in %o", (marked) => {
    expect(mapWith({}, { id: "a", output: "x", ...marked }).kind).toBe("golden");
  });

  it("may lie where the configuration says, and is absent where it is empty", () => {
    expect(mapWith({ goldenMark: "$.tags.test" }, { id: "a", output: "x", tags: { test: "1" } }).kind).toBe(
      "golden",
    );
    expect(mapWith({}, { id: "a", output: "x", evenkeelGolden: "" }).kind).toBe("output");
    expect(mapWith({}, { id: "a", output: "x", evenkeelGolden: false }).kind).toBe("output");
  });
});
