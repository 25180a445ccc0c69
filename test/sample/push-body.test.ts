import { describe, expect, it } from "vitest";
import { prepareMapping } from "../../src/sample/mapping.js";
import { mapPushBody, parsePushBody } from "../../src/sample/push-body.js";

const json = "application/json; charset=utf-8";
const form = "application/x-www-form-urlencoded";

describe("a pushed body", () => {
  it.each([
    ["one JSON record", '{"id":"a"}', json, [{ id: "a" }]],
    ["a JSON list", '[{"id":"a"},{"id":"b"}]', json, [{ id: "a" }, { id: "b" }]],
    ["lines of JSON", '{"id":"a"}\n\n{"id":"b"}\n', "application/x-ndjson", [{ id: "a" }, { id: "b" }]],
    ["lines of JSON called JSON", '{"id":"a"}\n{"id":"b"}', json, [{ id: "a" }, { id: "b" }]],
    ["JSON without a content type", '{"id":"a"}', "", [{ id: "a" }]],
    ["JSON behind a byte order mark", '\uFEFF{"id":"a"}', json, [{ id: "a" }]],
    ["a plain form", "id=a&output=caf%C3%A9+au+lait", form, [{ id: "a", output: "café au lait" }]],
    [
      "a dotted form",
      "output.total=5&output.lines.0=x&output.lines.1=y",
      form,
      [{ output: { total: "5", lines: ["x", "y"] } }],
    ],
    [
      "a bracketed form",
      "output[total]=5&output[lines][]=x&output[lines][]=y",
      form,
      [{ output: { total: "5", lines: ["x", "y"] } }],
    ],
    [
      "Zapier's form",
      "output__total=5&output__by__name=Mara",
      form,
      [{ output: { total: "5", by: { name: "Mara" } } }],
    ],
    ["a repeated field", "tag=a&tag=b&tag=c", form, [{ tag: ["a", "b", "c"] }]],
    ["odd names", "a..b=1&__x=2&y__=3&.=4", form, [{ "a..b": "1", __x: "2", y__: "3", ".": "4" }]],
  ])("is read as %s", (_name, body, type, records) => {
    const pushed = parsePushBody(body, type);
    expect(pushed.records).toEqual(records);
    expect(pushed.asides).toEqual([]);
  });

  it.each([
    ["broken JSON", '{"id":', json, "breaks off"],
    ["nothing", "", json, "is empty"],
    ["an empty form", "", form, "is empty"],
    ["JSON nested 10,000 deep", `${"[".repeat(10_000)}${"]".repeat(10_000)}`, json, "deeper than 64"],
    ["a form nested 100 deep", `${Array(100).fill("a").join(".")}=1`, form, "deeper than 64"],
    [
      "too many keys",
      JSON.stringify(Object.fromEntries(Array.from({ length: 10_001 }, (_, i) => [`k${String(i)}`, 1]))),
      json,
      "more than 10000 keys",
    ],
    ["multipart", "--x", "multipart/form-data; boundary=x", "multipart/form-data"],
    ["a field that is both value and group", "a=1&a.b=2", form, "both a value and a group"],
  ])("is set aside when it is %s", (_name, body, type, reason) => {
    expect(parsePushBody(body, type).asides[0]?.reason).toContain(reason);
  });

  it("keeps the good lines beside a broken one", () => {
    const pushed = parsePushBody('{"id":"a"}\n{"id"\n{"id":"b"}', "application/x-ndjson");
    expect(pushed.records).toEqual([{ id: "a" }, { id: "b" }]);
    expect(pushed.asides[0]?.where).toBe("line 2");
  });

  it.each([
    ['{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}},"output":"x"}', json],
    ["__proto__[polluted]=1&constructor.prototype.polluted=1&a.__proto__.polluted=1&output=x", form],
  ])("cannot reach prototypes: %s", (body, type) => {
    const mapped = mapPushBody(parsePushBody(body, type), prepareMapping({}));
    expect(mapped.outputs.map((output) => output.text)).toEqual(["x"]);
    const empty: Record<string, unknown> = {};
    expect(empty.polluted).toBeUndefined();
  });

  it("is mapped like any other record, golden ones counted apart", () => {
    const body = '[{"id":"a","output":"x"},{"id":"b"},{"id":"c","output":"y","evenkeelGolden":"run-1"}]';
    const mapped = mapPushBody(parsePushBody(body, json), prepareMapping({}));
    expect(mapped.outputs.map((output) => output.id)).toEqual(["a"]);
    expect(mapped.asides.map((aside) => aside.where)).toEqual(["record 2"]);
    expect(mapped.golden).toBe(1);
  });

  it("loses no other record to one with a number that is too large", () => {
    const body = '[{"id":"a","output":{"total":1e999}},{"id":"b","output":"x"}]';
    const mapped = mapPushBody(parsePushBody(body, json), prepareMapping({}));
    expect(mapped.outputs.map((output) => output.id)).toEqual(["b"]);
    expect(mapped.asides).toMatchObject([
      { where: "record 1", reason: "is JSON with a number that is too large to be read (above 1.8e308)" },
    ]);
  });

  it("that is a form counts an absent output as an empty one", () => {
    const mapped = mapPushBody(parsePushBody("id=a&input=hello", form), prepareMapping({}));
    expect(mapped.outputs[0]).toMatchObject({ id: "a", text: "" });
  });
});
