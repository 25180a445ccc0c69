import { describe, expect, it } from "vitest";
import { readGoldenSet } from "../../src/golden/golden-set.js";

describe("a golden set", () => {
  it("is read with its defaults", () => {
    const text = [
      '{"id":"a1","input":"Where is my order?","expected":{"category":"shipping"}}',
      "",
      '{"id":2,"input":{"subject":"x"},"expected":null,"tags":["money"],"owner":"Mara Lind","reviewBy":"2026-12-31"}',
    ].join("\r\n");
    expect(readGoldenSet(text, "set.jsonl")).toEqual({
      cases: [
        {
          id: "a1",
          input: "Where is my order?",
          expected: { category: "shipping" },
          tags: [],
          owner: null,
          reviewBy: null,
        },
        {
          id: "2",
          input: { subject: "x" },
          expected: null,
          tags: ["money"],
          owner: "Mara Lind",
          reviewBy: "2026-12-31",
        },
      ],
      faults: [],
    });
  });

  it("names every fault with its line and reads the rest", () => {
    const text = [
      '{"id":"a","input":1,"expected":1}',
      '{"id":"b",',
      '{"id":"a","input":2,"expected":2}',
      '{"id":"c","expected":2}',
      '{"id":"d","input":1,"expected":1,"reviewBy":"31.12.2026"}',
      '{"id":"e","input":1,"expected":1,"exspected":2}',
      '{"id":"f","input":1,"expected":1}',
    ].join("\n");
    const { cases, faults } = readGoldenSet(text, "set.jsonl");
    expect(cases.map((each) => each.id)).toEqual(["a", "f"]);
    expect(faults.map((fault) => fault.split(" ").slice(0, 2).join(" "))).toEqual([
      "set.jsonl:2: is",
      "set.jsonl:3: id",
      "set.jsonl:4: input:",
      "set.jsonl:5: reviewBy:",
      'set.jsonl:6: "exspected"',
    ]);
    expect(faults[4]).toBe('set.jsonl:6: "exspected" is no part of a case; did you mean "expected"?');
    expect(faults[2]).toBe("set.jsonl:4: input: is missing");
  });

  it("is at fault when it is empty", () => {
    expect(readGoldenSet("\n", "set.jsonl").faults[0]).toContain("holds no case");
  });
});
