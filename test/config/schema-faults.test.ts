import { describe, expect, it } from "vitest";
import { z } from "zod";
import { parseSettings } from "../../src/config/document.js";
import { formatFault } from "../../src/config/fault.js";
import { schemaFaults } from "../../src/config/schema-faults.js";

const secret = z.union([z.strictObject({ env: z.string() }), z.strictObject({ file: z.string() })]);
const source = z.discriminatedUnion("type", [
  z.strictObject({ type: z.literal("file"), path: z.string().min(1).describe("Which files") }),
  z.strictObject({ type: z.literal("http"), url: z.url(), token: secret.optional() }),
]);
const schema = z.strictObject({
  name: z.string().min(1).default("x").describe("What it is called"),
  owner: z.string().min(1).describe("Who answers for it"),
  risk: z.enum(["high", "medium", "low"]).default("low"),
  seats: z.int().min(0).max(10).optional(),
  ratio: z.number().gt(0).optional(),
  tags: z.array(z.string()).min(1).max(2).optional(),
  since: z.iso.date().optional(),
  mail: z.email().optional(),
  even: z.number().multipleOf(2).optional(),
  id: z
    .string()
    .regex(/^[a-z]+$/, "is no id, expected small letters")
    .optional(),
  size: z.union([z.int().min(1), z.literal("all")]).optional(),
  sources: z.array(z.union([z.string(), source])).default([]),
  headers: z.record(z.string(), z.union([z.string(), secret])).default({}),
  checks: z.array(source).optional(),
  path: z
    .string()
    .refine((text) => text !== "$[", { error: 'path "$[" ends too early' })
    .optional(),
  nested: z
    .strictObject({ a: z.number().optional(), b: z.number().optional() })
    .refine(({ a, b }) => a !== b, { error: "a and b are the same" })
    .optional(),
});

function faults(text: string): string[] {
  return schemaFaults(schema, parseSettings("c.json", text)).map(formatFault);
}

describe("schemaFaults", () => {
  it.each([
    ['{"owner": "A", "seats": 3}', []],
    ["{}", ["c.json:1:1 owner: missing, expected text\n    Who answers for it"]],
    ['{"owner": ""}', ['c.json:1:11 owner: "": expected at least 1 character']],
    ['{"owner": 5}', ["c.json:1:11 owner: 5: expected text"]],
    ['{"owner": null}', ["c.json:1:11 owner: null: expected text"]],
    [
      '{"owner": "A", "risk": "hig"}',
      ['c.json:1:24 risk: "hig": expected one of "high", "medium", "low"\n    did you mean "high"?'],
    ],
    ['{"owner": "A", "seats": 1.5}', ["c.json:1:25 seats: 1.5: expected a whole number"]],
    ['{"owner": "A", "seats": "ten"}', ['c.json:1:25 seats: "ten": expected a number']],
    ['{"owner": "A", "seats": -1}', ["c.json:1:25 seats: -1: expected at least 0"]],
    ['{"owner": "A", "seats": 11}', ["c.json:1:25 seats: 11: expected at most 10"]],
    ['{"owner": "A", "ratio": 0}', ["c.json:1:25 ratio: 0: expected more than 0"]],
    ['{"owner": "A", "tags": []}', ["c.json:1:24 tags: an empty list: expected at least 1 entry"]],
    ['{"owner": "A", "tags": ["a","b","c"]}', ["c.json:1:24 tags: a list: expected at most 2 entries"]],
    ['{"owner": "A", "tags": "a"}', ['c.json:1:24 tags: "a": expected a list of texts']],
    [
      '{"owner": "A", "since": "1.2.26"}',
      ['c.json:1:25 since: "1.2.26": expected a date, such as "2026-12-25"'],
    ],
    ['{"owner": "A", "mail": "a"}', ['c.json:1:24 mail: "a": expected an e-mail address']],
    ['{"owner": "A", "even": 3}', ["c.json:1:24 even: 3: expected a multiple of 2"]],
    ['{"owner": "A", "id": "A B"}', ['c.json:1:22 id: "A B": is no id, expected small letters']],
    ['{"owner": "A", "size": 0}', ["c.json:1:24 size: 0: expected at least 1"]],
    ['{"owner": "A", "size": "some"}', ['c.json:1:24 size: "some": expected a number or "all"']],
    ['{"owner": "A", "size": [1]}', ['c.json:1:24 size: a list: expected a number or "all"']],
    ['{"owner": "A", "path": "$["}', ['c.json:1:24 path: path "$[" ends too early']],
    ['{"owner": "A", "nested": {"a": 1, "b": 1}}', ["c.json:1:26 nested: a and b are the same"]],
    ["[]", ["c.json:1:1: an empty list: expected an object with owner"]],
    ['"text"', ['c.json:1:1: "text": expected an object with owner']],
  ])("%s", (text, expected) => expect(faults(text)).toEqual(expected));

  it("reports every unknown name with the nearest known one, at the name", () =>
    expect(faults('{"owner": "A",\n "risq": "low", "nested": {"a": 1, "zz": 1}, "__proto__": 1}')).toEqual([
      "c.json:2:36 nested.zz: no such setting\n    known here: a, b",
      'c.json:2:2 risq: no such setting\n    did you mean "risk"?',
      expect.stringMatching(/^c\.json:2:46 __proto__: no such setting\n {4}known here: name/),
    ]));

  it("names an unknown type with the nearest and all known ones", () =>
    expect(
      faults('{"owner": "A", "sources": [{"type": "fille"}, {"path": "x"}], "checks": [{"type": "x"}]}'),
    ).toEqual([
      'c.json:1:37 sources[0].type: "fille": no such source type\n    did you mean "file"?   all types: file, http',
      'c.json:1:47 sources[1].type: missing, expected one of "file", "http"',
      'c.json:1:83 checks[0].type: "x": no such check type\n    all types: file, http',
    ]));

  it("looks into the alternative that was meant", () =>
    expect(faults('{"owner": "A", "sources": ["f", {"type": "file", "pth": "x"}, 7]}')).toEqual([
      "c.json:1:33 sources[1].path: missing, expected text\n    Which files",
      'c.json:1:50 sources[1].pth: no such setting\n    did you mean "path"?',
      "c.json:1:63 sources[2]: 7: expected text or an object with type, path or an object with type, url",
    ]));

  it("never repeats a secret that was written out", () => {
    const [fault] = faults(
      '{"owner": "A", "sources": [{"type": "http", "url": "https://example.com", "token": "hunter2"}]}',
    );
    expect(fault).toBe(
      'c.json:1:84 sources[0].token: a text, perhaps a secret written out: expected { "env": "NAME" } or { "file": "path" }',
    );
  });

  it("reads secrets among the values of a record", () =>
    expect(faults('{"owner": "A", "headers": {"X": {"enw": "A"}}}')).toEqual([
      "c.json:1:33 headers.X.env: missing, expected text",
      'c.json:1:34 headers.X.enw: no such setting\n    did you mean "env"?',
    ]));
});
