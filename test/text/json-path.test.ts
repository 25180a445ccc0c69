import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { compileFilter, compilePath } from "../../src/text/json-path.js";
import { parseJson } from "../../src/text/parse-json.js";

const invoice = {
  total: 30,
  "net total": 25,
  "first-name": "Ada",
  $id: "x",
  supplier: { name: "Ostrava Paper" },
  lines: [{ amount: 10, sku: "A" }, { sku: "B" }, { amount: 20 }],
};

describe("compilePath", () => {
  it.each([
    ["total", ["$.total"]],
    ["$.total", ["$.total"]],
    ["supplier.name", ["$.supplier.name"]],
    ["lines[*].amount", ["$.lines[0].amount", "$.lines[2].amount"]],
    ["lines[-1].amount", ["$.lines[2].amount"]],
    ["$..sku", ["$.lines[0].sku", "$.lines[1].sku"]],
    ["$.lines[?@.amount > 15].amount", ["$.lines[2].amount"]],
    ["$.lines[?match(@.sku, '[AB]')].sku", ["$.lines[0].sku", "$.lines[1].sku"]],
    ["$.lines[?search(@.sku, 'a|B')].sku", ["$.lines[1].sku"]],
    ["net total", ["$['net total']"]],
    ["first-name", ["$['first-name']"]],
    ["$id", ["$['$id']"]],
    ["$", ["$"]],
    ["missing", []],
    ["__proto__", []],
    ["constructor", []],
    ["toString.name", []],
  ])("%s selects %j", (path, expected) => {
    expect(
      compilePath(path)
        .select(invoice)
        .map((node) => node.path),
    ).toEqual(expected);
  });

  it("selects own __proto__ keys as data", () => {
    const parsed = parseJson('{"__proto__":{"a":1}}');
    const value = parsed.ok ? parsed.value : null;
    expect(compilePath("__proto__.a").select(value)).toEqual([{ path: "$.__proto__.a", value: 1 }]);
  });

  it.each([
    ["total", []],
    ["vat", ["$.vat"]],
    ["lines[*].amount", ["$.lines[1].amount"]],
    ["lines[*].vat", ["$.lines[*].vat"]],
  ])("%s is missing at %j", (path, expected) => {
    expect(compilePath(path).missingIn(invoice)).toEqual(expected);
  });

  it.each([
    ["", 'path "": is empty'],
    ["$.a[", 'path "$.a[": unclosed bracketed selection at character 5'],
    ["a[", 'path "a[": unclosed bracketed selection at character 3'],
    ["a..b", 'path "a..b": has an empty name between dots'],
    ["@.a", 'path "@.a": begins with @, which belongs into filters'],
    ["$[?foo(@.a)]", "no such function 'foo' at character 4"],
    ["$[?search(@.a, '(?=x)')]", 'pattern "(?=x)": looks ahead'],
    [`$.${"a".repeat(1_000)}`, "has 1002 characters, 1000 are possible"],
  ])("refuses %j with the position", (path, message) => {
    expect(() => compilePath(path)).toThrow(message);
  });

  it("stops a path that selects without bound", () => {
    const wide = { a: Array.from({ length: 200 }, () => Array.from({ length: 60 }, () => 1)) };
    expect(() => compilePath("$..*").select(wide)).toThrow("$..* selects more than 10000 values");
  });

  it("keeps a regex bomb in search() and match() linear, from the path or from the document", () => {
    const document = { text: `${"a".repeat(100_000)}!`, pattern: "(a+)+$" };
    const before = performance.now();
    expect(compilePath("$[?search(@, '(a+)+$')]").select(document)).toEqual([]);
    expect(compilePath("$[?match(@, '(a+)+$')]").select(document)).toEqual([]);
    expect(compileFilter("search(@.text, @.pattern)")(document)).toBe(false);
    expect(performance.now() - before).toBeLessThan(2_000);
  });

  it("names the place from which a bare path finds every member again", () => {
    const name = fc.string({ unit: "grapheme", minLength: 1 }).filter((text) => text.trim() !== "");
    fc.assert(
      fc.property(fc.dictionary(name, fc.jsonValue({ maxDepth: 3 })), (document) => {
        const json = parseJson(JSON.stringify(document));
        const value = json.ok ? json.value : null;
        for (const node of compilePath("$..*").select(value)) {
          expect(compilePath(node.path).select(value)).toEqual([node]);
        }
      }),
      { seed: 20_261_101, numRuns: 200 },
    );
  });
});

describe("compileFilter", () => {
  const output = { segment: "DE", latencyMs: 900, output: { category: "billing" }, error: null };

  it.each([
    ["@.segment == 'DE'", true],
    ["@.segment == 'AT'", false],
    ["@.output.category == 'billing' && @.latencyMs < 1000", true],
    ["@.error != null", false],
    ["@.reference", false],
    ["!@.reference", true],
    ["search(@.output.category, '^bill')", true],
    ["length(@.segment) == 2", true],
  ])("%s is %s", (expression, expected) => {
    expect(compileFilter(expression)(output)).toBe(expected);
  });

  it.each([
    ["", "is empty"],
    ["@.segment ==", 'filter "@.segment ==": unexpected end of expression at character 13'],
    ["segment = 'DE'", "filter \"segment = 'DE'\""],
  ])("refuses %j", (expression, message) => {
    expect(() => compileFilter(expression)).toThrow(message);
  });
});
