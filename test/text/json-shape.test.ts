import { describe, expect, it } from "vitest";
import type { Json } from "../../src/domain/json.js";
import { fieldOf, lineOf, shapeLines, shapeOf } from "../../src/text/json-shape.js";

function nested(depth: number): Json {
  let value: Json = 1;
  for (let level = 0; level < depth; level += 1) value = { a: value };
  return value;
}

function numbered(count: number, name: (at: number) => string): Json {
  return Object.fromEntries(Array.from({ length: count }, (_, at) => [name(at), at]));
}

describe("the shape of a value", () => {
  it.each<[string, Json, string]>([
    [
      "fields with their types",
      { total: 3, due: null, paid: true },
      "$:object due:null paid:boolean total:number",
    ],
    [
      "list items under one path",
      { lines: [{ amount: 1 }, { amount: 2, vat: "x" }] },
      "$:object lines:list lines[].amount:number lines[].vat:string lines[]:object",
    ],
    ["items of several types", [1, "a", 2], "$:list $[]:number $[]:string"],
    ["a single value", "yes", "$:string"],
    ["names that are no plain names", { "a.b": 1, "c:d": 2 }, '$:object ["a.b"]:number ["c:d"]:number'],
    ["a line break in a name", { "a\nb": 1 }, '$:object ["a\\nb"]:number'],
    ["numbered names as names", { line1: "x", line2: "y" }, "$:object line1:string line2:string"],
    ["ids as one name", { orders: { "10233": 1, "D-88217": 2 } }, "$:object orders.*:number orders:object"],
    ["addresses as one name", { "a@example.com": 1, "b@example.com": 2 }, '$:object ["[e-mail]"]:number'],
  ])("gives %s", (_what, value, shape) => {
    expect(shapeLines(shapeOf(value))).toEqual(shape.split(" "));
  });

  it("does not depend on the order of fields", () => {
    expect(shapeOf({ b: 1, a: "x" })).toBe(shapeOf({ a: "y", b: 2 }));
  });

  it("sees a field named __proto__", () => {
    const value: Json = JSON.parse('{"__proto__":{"x":1}}');
    expect(shapeLines(shapeOf(value))).toEqual(["$:object", "__proto__.x:number", "__proto__:object"]);
  });

  it("follows no further than 12 levels and says so", () => {
    const lines = shapeLines(shapeOf(nested(10_000)));
    expect(lines).toHaveLength(14);
    expect(lines).toContain("(more):fields");
    expect(shapeLines(shapeOf(nested(12)))).not.toContain("(more):fields");
  });

  it("keeps 200 fields, those nearest to the top, and says that there are more", () => {
    const value: Json = {
      deep: numbered(150, (at) => `d${at}x`),
      wide: numbered(100, (at) => `w${at}x`),
      last: 1,
    };
    const lines = shapeLines(shapeOf(value));
    expect(lines).toHaveLength(201);
    expect(lines).toContain("last:number");
    expect(lines).toContain("(more):fields");
  });

  it("takes an object with more names than could be followed for a map", () => {
    expect(shapeOf({ by: numbered(5_000, (at) => `name-${at}`) })).toBe(
      "$:object\n(more):fields\nby.*:number\nby:object",
    );
    expect(shapeOf({ by: numbered(201, (at) => `name-${at}`) })).toBe("$:object\nby.*:number\nby:object");
  });

  it("is cheap for hostile values and never long", () => {
    const wide = numbered(100_000, (at) => `${"x".repeat(300)}${at}`);
    const long: Json = Array.from({ length: 100_000 }, (_, at) => ({
      [`k${"y".repeat(500)}${at % 90}`]: [at],
    }));
    for (const value of [wide, long, nested(10_000), { a: wide, b: long }])
      expect(shapeOf(value).length).toBeLessThan(30_000);
  });
});

it("gives a line back as its field", () => {
  const field = { path: '["a:b"].c[]', type: "number" };
  expect(fieldOf(lineOf(field))).toEqual(field);
});
