import { describe, expect, it } from "vitest";
import type { Json } from "../../src/domain/json.js";
import { noDetails, type Output } from "../../src/domain/output.js";
import { chooseLabels } from "../../src/flow/choose-labels.js";

function output(at: number, text: string, reference: Json): Output {
  return {
    ...noDetails,
    automation: "triage",
    id: `o-${at}`,
    at,
    clockOffsetMs: null,
    text,
    fields: undefined,
    reference,
  } as Output;
}

const known = (counts: Readonly<Record<string, number>>) =>
  Object.entries(counts).flatMap(([label, count]) =>
    Array.from({ length: count }, (_, at) => output(at, "bill", label)),
  );

describe("labels whose recall is followed", () => {
  it("are those known of twenty outputs, the commonest first", () => {
    expect(chooseLabels(known({ order: 20, bill: 30, note: 19 }), ["$"])).toEqual([
      { path: "$", kind: "recall", label: "bill" },
      { path: "$", kind: "recall", label: "order" },
    ]);
  });

  it("are twelve at most", () => {
    const many = Object.fromEntries(Array.from({ length: 15 }, (_, at) => [`label ${at}`, 20 + at]));
    expect(chooseLabels(known(many), ["$"])).toHaveLength(12);
  });

  it("are one label however it is spelled", () => {
    expect(chooseLabels(known({ Bill: 10, " bill": 10 }), ["$"])).toEqual([
      { path: "$", kind: "recall", label: "bill" },
    ]);
  });

  it("are read from a field where the reference is a record", () => {
    const outputs = Array.from({ length: 20 }, (_, at) => ({
      ...output(at, "", { kind: "bill" }),
      fields: { kind: "note" },
    }));
    expect(chooseLabels(outputs, ["$", "$.kind"])).toEqual([
      { path: "$.kind", kind: "recall", label: "bill" },
    ]);
  });

  it.each<[string, Json]>([
    ["no reference", null],
    ["a long text", "a".repeat(41)],
    ["an empty one", " "],
    ["a record without the field", { other: "bill" }],
  ])("are not there with %s", (_, reference) => {
    expect(
      chooseLabels(
        Array.from({ length: 40 }, (_, at) => output(at, "bill", reference)),
        ["$", "$.kind"],
      ),
    ).toEqual([]);
  });
});
