import { describe, expect, it } from "vitest";
import { sayCarrying } from "../../src/flow/carrying-segment.js";
import { commonestFirst, mostTypical, nearestInput } from "../../src/flow/choose-examples.js";
import { draft, monday } from "./bench-ground.js";

function output(id: string, input: string | null, segment: string | null = null) {
  return { output: { ...draft(id, null, "ok", { input, segment }), at: monday } };
}

describe("the outputs that best show a finding", () => {
  const failing = [
    { id: "odd", reason: "no currency" },
    { id: "b1", reason: "no supplier" },
    { id: "a1", reason: "adds up to 12.50" },
    { id: "a2", reason: "adds up to 9" },
    { id: "b2", reason: "no supplier" },
    { id: "a3", reason: "adds up to 1,104.20" },
  ].map((each) => ({ ...each, output: { input: each.id, text: "TOTAL" } }));

  it("are of the commonest reason first, whatever its figures, and of a single case last", () => {
    expect(commonestFirst(failing, 3).map(({ id }) => id)).toEqual(["a1", "b1", "a2"]);
    expect(commonestFirst(failing, 6).at(-1)?.id).toBe("odd");
    expect(commonestFirst(failing.slice(0, 1), 3).map(({ id }) => id)).toEqual(["odd"]);
    expect(commonestFirst([], 3)).toEqual([]);
  });

  it("are shown once where the same answer to the same input came again", () => {
    const same = failing.map((each) => ({ ...each, output: { input: null, text: "TOTAL " } }));
    expect(commonestFirst(same, 3).map(({ id }) => id)).toEqual(["a1"]);
  });

  it("are, of numbers, those in the middle of the ones beyond the cut", () => {
    const numbers = [9_000, 210, 190, 200, 150].map((value) => ({ value }));
    expect(mostTypical(numbers, 3).map(({ value }) => value)).toEqual([200, 210, 190]);
  });
});

describe("the earlier output", () => {
  const like = output("bad", "Invoice from Alder Paper, two lines", "de").output;

  it("is of the same segment, then the nearest in words", () => {
    const kept = [
      output("other-segment", "Invoice from Alder Paper, two lines", "fr"),
      output("newest", "Reminder about rent", "de"),
      output("near", "Invoice from Birch Paper, two lines", "de"),
      output(
        "long",
        `Invoice from Alder Paper, two lines ${"and a word ".repeat(3)} more besides so on`,
        "de",
      ),
    ];
    expect(nearestInput(kept, like)?.output.id).toBe("near");
  });

  it("is the newest where inputs say nothing, and none where there is none", () => {
    const kept = [output("newest", null), output("older", null)];
    expect(nearestInput(kept, { ...like, segment: null, input: null })?.output.id).toBe("newest");
    expect(nearestInput(kept, like)?.output.id).toBe("newest");
    expect(nearestInput([], like)).toBeNull();
  });
});

describe("the segment that carries a finding", () => {
  const seen = (segment: string | null, hits: number, n: number) =>
    Array.from({ length: n }, (_, index) => ({ segment, hit: index < hits }));

  it("is named where it stands out with five outputs or more", () => {
    expect(sayCarrying([...seen("de", 9, 10), ...seen("fr", 2, 40), ...seen(null, 0, 20)])).toBe(
      "mostly in segment “de”: 9 of 10; elsewhere, 2 of 60",
    );
  });

  it.each([
    ["all segments are alike", [...seen("de", 5, 10), ...seen("fr", 4, 10)]],
    ["it has four outputs", [...seen("de", 4, 4), ...seen("fr", 0, 60)]],
    ["there is no other", seen("de", 9, 10)],
    ["outputs have no segments", seen(null, 9, 10)],
  ])("is not named where %s", (_, given) => {
    expect(sayCarrying(given)).toBeNull();
  });
});
