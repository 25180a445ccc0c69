import { describe, expect, it } from "vitest";
import { ConfigError } from "../../../src/domain/errors.js";
import { anOutput, faultsOf, judge, noFiles, theseFiles } from "../judge.js";

const ticket = {
  type: "object",
  required: ["category", "priority"],
  properties: {
    category: { enum: ["billing", "shipping"] },
    priority: { type: "integer", minimum: 1, maximum: 5 },
    tags: { type: "array", items: { type: "string" }, uniqueItems: true },
  },
  additionalProperties: false,
};

describe("json-schema", () => {
  it.each([["what the schema allows", '{"category":"billing","priority":2,"tags":["a","b"]}']])(
    "passes %s",
    async (_name, text) => {
      expect(await judge({ type: "json-schema", schema: ticket }, text)).toEqual({ status: "pass" });
    },
  );

  it.each([
    ["an object", ticket, '```json\n{"category":"shipping","priority":5}\n```'],
    ["a number", { type: "number" }, "```\n5\n```"],
  ])("passes %s in a fence, and notes it", async (_name, schema, text) => {
    expect(await judge({ type: "json-schema", schema }, text)).toEqual({
      status: "pass",
      reason: "in a code fence",
    });
  });

  it("judges a text in a field as the text it is, fence or not", async () => {
    const declared = { type: "json-schema", schema: { type: "string" }, on: "raw" };
    expect(await judge(declared, '{"raw":"```\\n[1]\\n```"}')).toEqual({ status: "pass" });
  });

  it.each([
    ["JSON inside other text", 'Here: {"total":1}, as asked', { status: "pass" }],
    ["JSON alone", '{"total":1}', { status: "pass" }],
    ["JSON in a fence", '```json\n{"total":1}\n```', { status: "pass", reason: "$.raw in a code fence" }],
    [
      "JSON that is wrong",
      'Here: {"total":"x"}',
      { status: "fail", reason: '$.raw total is "x", must be number' },
    ],
    [
      "no JSON",
      "All good",
      { status: "fail", reason: '$.raw "All good" is not JSON: it begins with other text' },
    ],
  ])("with `anywhere` looks inside a text that `on` points to: %s", async (_name, raw, verdict) => {
    const schema = { type: "object", properties: { total: { type: "number" } } };
    const declared = { type: "json-schema", schema, on: "raw", anywhere: true };
    expect(await judge(declared, JSON.stringify({ raw }))).toEqual(expect.objectContaining(verdict));
  });

  it.each([
    ["a missing property", '{"category":"billing"}', "must have required property 'priority'"],
    [
      "a value outside the list",
      '{"category":"other","priority":1}',
      'category is "other", must be equal to one of the allowed values: "billing" or "shipping"',
    ],
    ["a wrong type", '{"category":"billing","priority":"2"}', 'priority is "2", must be integer'],
    [
      "a property too many",
      '{"category":"billing","priority":1,"note":""}',
      'must NOT have additional properties: "note"',
    ],
    [
      "equal items",
      '{"category":"billing","priority":1,"tags":["a","b","a"]}',
      "tags must NOT have equal items",
    ],
    [
      "an item of a wrong type, with its place",
      '{"category":"billing","priority":1,"tags":["a",2]}',
      "tags[1] is 2, must be string",
    ],
    ["text that is no JSON", "All good!", '"All good!" is not JSON: it begins with other text'],
  ])("fails %s", async (_name, text, reason) => {
    expect(await judge({ type: "json-schema", schema: ticket }, text)).toMatchObject({
      status: "fail",
      reason,
    });
  });

  it("names three faults and counts the rest", async () => {
    const verdict = await judge(
      { type: "json-schema", schema: { items: { type: "integer" } } },
      '["a","b","c","d","e"]',
    );
    expect(verdict.reason).toBe(
      '[0] is "a", must be integer; [1] is "b", must be integer; [2] is "c", must be integer; and 2 more',
    );
  });

  it("reads the schema from a file beside the check file", async () => {
    const ports = theseFiles({ "ticket.json": JSON.stringify(ticket) });
    expect(
      await judge({ type: "json-schema", file: "ticket.json" }, '{"category":"billing","priority":1}', ports),
    ).toEqual({ status: "pass" });
  });

  it("judges one value with `on`", async () => {
    const schema = { type: "number" };
    expect(
      await judge(
        { type: "json-schema", on: "lines[*].amount", schema },
        '{"lines":[{"amount":1},{"amount":"2"}]}',
      ),
    ).toMatchObject({ status: "fail", reason: '$.lines[1].amount is "2", must be number' });
  });

  it.each([
    ["2020-12", { prefixItems: [{ type: "string" }] }, "[1]", "fail"],
    ["draft-07", { items: [{ type: "string" }] }, "[1]", "fail"],
    ["draft-07 ignoring what came later", { prefixItems: [{ type: "string" }] }, "[1]", "pass"],
  ])("knows %s", async (name, schema, text, status) => {
    const draft = name.slice(0, 8).trim() === "draft-07" ? "draft-07" : "2020-12";
    expect(await judge({ type: "json-schema", schema, draft }, text)).toMatchObject({ status });
  });

  it("takes the draft from $schema", async () => {
    const schema = { $schema: "http://json-schema.org/draft-07/schema#", items: [{ type: "string" }] };
    expect(await judge({ type: "json-schema", schema }, "[1]")).toMatchObject({ status: "fail" });
  });

  it.each([
    ["date", "2026-02-29", false],
    ["date", "2024-02-29", true],
    ["date-time", "2026-11-03T14:30:00Z", true],
    ["email", "anna@example.com", true],
    ["email", "anna", false],
    ["uri", "https://example.com/a", true],
    ["url", "not a url", false],
    ["uuid", "550e8400-e29b-41d4-a716-446655440000", true],
    ["hostname", "mail.example.com", true],
    ["hostname", "-mail.example.com", false],
    ["ipv4", "192.0.2.256", false],
    ["regex", "(?=a)", false],
  ])("checks format %s on %s", async (format, text, good) => {
    const verdict = await judge({ type: "json-schema", schema: { format } }, JSON.stringify(text));
    expect(verdict.status).toBe(good ? "pass" : "fail");
  });

  const formats = ["date", "date-time", "time", "duration", "email", "hostname", "ipv4", "ipv6"];
  it.each([
    ...formats,
    "iso-date-time",
    "json-pointer",
    "regex",
    "uri",
    "uri-reference",
    "uri-template",
    "url",
    "uuid",
  ])("keeps format %s linear on 100,000 hostile characters", async (format) => {
    const before = performance.now();
    for (const part of ["a", "1", "a.", "/", "~", "-", ":", "{", "%", "1:", "P1D", "a@a."]) {
      const text = part.repeat(100_000 / part.length);
      await judge({ type: "json-schema", schema: { format } }, anOutput(JSON.stringify(`${text}!`)));
    }
    expect(performance.now() - before).toBeLessThan(5_000);
  });

  it("keeps a regex bomb in pattern and patternProperties linear, and patterns apart", async () => {
    const schema = {
      properties: { a: { pattern: "^(a+)+$" }, b: { pattern: "^b$" } },
      patternProperties: { "^(c+)+$": { type: "number" } },
    };
    const bomb = "a".repeat(100_000);
    const before = performance.now();
    const verdict = await judge(
      { type: "json-schema", schema },
      JSON.stringify({ a: `${bomb}!`, b: "b", [`${"c".repeat(100_000)}!`]: 1 }),
    );
    expect(performance.now() - before).toBeLessThan(2_000);
    expect(verdict.reason).toContain('must match pattern "^(a+)+$"');
    expect(await judge({ type: "json-schema", schema }, '{"a":"aa","b":"b","cc":1}')).toEqual({
      status: "pass",
    });
  });

  it("compares 20,000 unlike items without pairing them", async () => {
    const items = JSON.stringify(Array.from({ length: 20_000 }, (_unused, index) => ({ index })));
    const before = performance.now();
    expect(await judge({ type: "json-schema", schema: { uniqueItems: true } }, items)).toEqual({
      status: "pass",
    });
    expect(performance.now() - before).toBeLessThan(2_000);
  });

  it("does not take inherited names for properties", async () => {
    const schema = { type: "object", required: ["constructor", "toString"] };
    expect(await judge({ type: "json-schema", schema }, "{}")).toMatchObject({ status: "fail" });
  });

  it.each([
    ["an unknown type", { type: "strng" }, "the schema does not compile"],
    ["a reference that leads nowhere", { $ref: "https://example.com/s.json" }, "the schema does not compile"],
    ["a pattern RE2 cannot do", { pattern: "(?=a)b" }, 'pattern "(?=a)b": looks ahead'],
  ])("refuses %s", async (_name, schema, message) => {
    const declared = judge({ type: "json-schema", schema }, "{}");
    await expect(declared).rejects.toThrow(ConfigError);
    await expect(declared).rejects.toThrow(`check under-test: ${message}`);
  });

  it("refuses a file that is missing, broken or no schema", async () => {
    await expect(judge({ type: "json-schema", file: "x.json" }, "{}", noFiles)).rejects.toThrow(
      "check under-test: x.json: no such file",
    );
    await expect(
      judge({ type: "json-schema", file: "x.json" }, "{}", theseFiles({ "x.json": "{" })),
    ).rejects.toThrow("x.json is JSON that breaks off");
    await expect(
      judge({ type: "json-schema", file: "x.json" }, "{}", theseFiles({ "x.json": "[]" })),
    ).rejects.toThrow("x.json: a schema is an object, found []");
  });

  it("needs either schema or file", () => {
    const message = ": json-schema needs either schema or file";
    expect(faultsOf({ id: "a", type: "json-schema" })).toEqual([message]);
    expect(faultsOf({ id: "a", type: "json-schema", schema: {}, file: "a" })).toEqual([message]);
  });
});

describe("json-schema anywhere", () => {
  const declared = { type: "json-schema", schema: { required: ["total"] }, anywhere: true };

  it("reads the first object or list inside other text", async () => {
    expect(await judge(declared, 'The result: {"total":5} as wanted')).toEqual({ status: "pass" });
    expect(await judge(declared, 'The result: {"sum":5}')).toMatchObject({
      reason: "must have required property 'total'",
    });
    expect(await judge(declared, "The result: five")).toMatchObject({
      reason: '"The result: five" is not JSON: it begins with other text',
    });
  });

  it.each([
    [
      { requierd: ["b"] },
      'the schema: "requierd" is no keyword of JSON Schema; did you mean "required"? (a word of your own begins with x-)',
    ],
    [
      { properties: { a: { items: [{ maxlenght: 3 }] } } },
      'the schema: at properties.a.items[0]: "maxlenght" is no keyword of JSON Schema; did you mean "maxLength"? (a word of your own begins with x-)',
    ],
    [
      { anyOf: [{ tyep: "string" }] },
      'the schema: at anyOf[0]: "tyep" is no keyword of JSON Schema; did you mean "type"? (a word of your own begins with x-)',
    ],
    [
      { $defs: { a: {} }, not: { ref: "#/$defs/a" } },
      'the schema: at not: "ref" is no keyword of JSON Schema; did you mean "$ref"? (a word of your own begins with x-)',
    ],
    [{ format: "emial" }, 'the schema: "emial" is no format of JSON Schema; did you mean "email"?'],
    [
      { properties: { at: { format: "datetime" } } },
      'the schema: at properties.at: "datetime" is no format of JSON Schema; did you mean "date-time"?',
    ],
    [{ $ref: "#" }, "the schema refers to itself without end ($ref)"],
    [
      { $schema: "http://json-schema.org/draft-04/schema#", type: "object" },
      '$schema is "http://json-schema.org/draft-04/schema#"; the drafts 06, 07, 2019-09 and 2020-12 are read: rewrite it for one of them (exclusiveMinimum becomes a number, id becomes $id)',
    ],
  ])("refuses %j", async (schema, message) => {
    await expect(judge({ type: "json-schema", schema }, "{}")).rejects.toThrow(
      new ConfigError("json-schema", `check under-test: ${message}`),
    );
  });

  it.each([
    [
      "words of others",
      { type: "object", example: {}, nullable: true, discriminator: {}, xml: {}, "x-requierd": [] },
    ],
    ["comments", { $comment: "requierd", description: "emial", title: "tyep" }],
    ["properties that are named as slips", { properties: { requierd: true, tyep: {} }, required: [] }],
    [
      "values that look like slips",
      { const: { requierd: 1 }, enum: [{ requierd: 1 }], default: { tyep: 1 } },
    ],
    ["formats of others", { anyOf: [{ format: "int16" }, { format: "uuid4" }, { format: "iri" }, {}] }],
    ["an old-fashioned dependency", { dependencies: { b: ["c"], d: { required: ["e"] } } }],
  ])("leaves %s alone", async (_name, schema) => {
    const prepared = judge({ type: "json-schema", schema }, '{"requierd":1}');
    await expect(prepared).resolves.toBeDefined();
  });

  it.each([
    ["http://json-schema.org/draft-06/schema#", { exclusiveMinimum: 5 }, "5"],
    ["http://json-schema.org/draft-07/schema#", { if: { minimum: 3 }, else: false }, "2"],
    ["https://json-schema.org/draft/2019-09/schema", { items: [true, { type: "string" }] }, "[1,2]"],
    ["https://json-schema.org/draft/2020-12/schema", { prefixItems: [true, { type: "string" }] }, "[1,2]"],
  ])("reads %s", async ($schema, schema, bad) => {
    const declared = { type: "json-schema", schema: { $schema, ...schema } };
    expect((await judge(declared, bad)).status).toBe("fail");
  });

  it("cannot tell where a schema turns out to refer to itself without end", async () => {
    const schema = { dependentSchemas: { next: { $ref: "#" } } };
    expect(await judge({ type: "json-schema", schema }, '{"next":1}')).toEqual({
      status: "error",
      reason: "could not tell: the schema refers to itself without end ($ref)",
    });
  });
});
