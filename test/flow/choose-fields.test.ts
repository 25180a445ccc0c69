import { describe, expect, it } from "vitest";
import type { Json } from "../../src/domain/json.js";
import { chooseFields } from "../../src/flow/choose-fields.js";

const hundred = (make: (at: number) => Json) => Array.from({ length: 100 }, (_, at) => make(at));
const kinds = ["bill", "note", "order"];
/** Up and down, and never the same twice. */
const amount = (at: number) => ((at * 37) % 101) + 0.5;

describe("fields that are followed without being named", () => {
  it.each<[string, (at: number) => Json, ReturnType<typeof chooseFields>]>([
    ["few texts", (at) => ({ kind: kinds[at % 3] ?? "" }), [{ path: "$.kind", kind: "category" }]],
    ["a truth", (at) => ({ urgent: at % 4 === 0 }), [{ path: "$.urgent", kind: "category" }]],
    ["a grade from 1 to 5", (at) => ({ grade: (at % 5) + 1 }), [{ path: "$.grade", kind: "category" }]],
    ["what never varies", () => ({ currency: "EUR" }), [{ path: "$.currency", kind: "category" }]],
    ["an amount", (at) => ({ total: amount(at) }), [{ path: "$.total", kind: "number" }]],
    ["one inside another", (at) => ({ sum: { net: amount(at) } }), [{ path: "$.sum.net", kind: "number" }]],
    [
      "what varies before what does not",
      (at) => ({ currency: "EUR", total: amount(at) }),
      [
        { path: "$.total", kind: "number" },
        { path: "$.currency", kind: "category" },
      ],
    ],
  ])("are %s", (_, make, expected) => {
    expect(chooseFields(hundred(make))).toEqual(expected);
  });

  it.each<[string, (at: number) => Json]>([
    ["a counter", (at) => ({ number: 1_000 + at })],
    ["a time", (at) => ({ at: 1_772_000_000_000 + at * 60_000 + (at % 7) })],
    ["ids of one length", (at) => ({ customer: 10_000 + ((at * 7_919) % 89_999) })],
    ["texts that are all different", (at) => ({ name: `name ${at}` })],
    ["long texts", () => ({ note: "a".repeat(41) })],
    ["what one output in ten lacks", (at) => (at % 10 === 0 ? {} : { kind: "bill" })],
    ["a number that is a text at times", (at) => ({ total: at % 2 === 0 ? amount(at) : "1,50" })],
    ["what is empty", () => ({ kind: null })],
    ["items of a list", (at) => ({ lines: [{ amount: amount(at) }] })],
    ["names that no path holds plainly", (at) => ({ "net total": amount(at) })],
    ["a bare value", (at) => amount(at)],
  ])("are not %s", (_, make) => {
    expect(chooseFields(hundred(make))).toEqual([]);
  });

  it("are eight at most", () => {
    const wide = hundred((at) =>
      Object.fromEntries(kinds.concat("abcdefghi".split("")).map((name) => [name, at % 3])),
    );
    expect(chooseFields(wide)).toHaveLength(8);
  });
});
