import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type WordPart, wordDiff } from "../../src/text/word-diff.js";

/** As one line: [-deleted-], {+inserted+}. */
const signs = { kept: ["", ""], deleted: ["[-", "-]"], inserted: ["{+", "+}"] } as const;
const written = (parts: readonly WordPart[] | null) =>
  parts?.map(({ kind, text }) => `${signs[kind][0]}${text}${signs[kind][1]}`).join("") ?? null;
const without = (parts: readonly WordPart[] | null, left: WordPart["kind"]) =>
  parts
    ?.filter(({ kind }) => kind !== left)
    .map(({ text }) => text)
    .join("") ?? null;

describe("the difference of two texts by word", () => {
  it.each([
    ["the same", "Paid on Friday.", "Paid on Friday.", "Paid on Friday."],
    ["nothing and nothing", "", "", ""],
    ["nothing at first", "", "Paid.", "{+Paid.+}"],
    ["nothing at last", "Paid.", "", "[-Paid.-]"],
    [
      "a word changed",
      "within 30 days, as agreed",
      "within 5 days, as agreed",
      "within [-30-]{+5+} days, as agreed",
    ],
    [
      "words side by side as one",
      "in 30 days.",
      "in five working weeks.",
      "in [-30 days-]{+five working weeks+}.",
    ],
    ["a mark alone", "Yes, we do.", "Yes we do.", "Yes[-,-] we do."],
    ["a number within marks", "EUR 1,234.50", "EUR 1,243.50", "EUR 1,[-234-]{+243+}.50"],
    ["a line more", "Dear A.\nBye", "Dear A.\nThanks!\nBye", "Dear A.\n{+Thanks!\n+}Bye"],
    ["a script without blanks", "今日は晴れです", "今日は雨です", "今日は[-晴れ-]{+雨+}です"],
    ["letters beyond the basic plane", "ok 😀 fine", "ok 😁 fine", "ok [-😀-]{+😁+} fine"],
  ])("%s", (_, first, second, expected) => {
    expect(written(wordDiff(first, second))).toBe(expected);
  });

  it("changes as few words as can be: the example of the paper", () => {
    const parts = wordDiff("a.b.c.a.b.b.a", "c.b.a.b.a.c");
    const bare = (text: string) => text.split(".").join("");
    const count = (kind: WordPart["kind"]) =>
      bare((parts ?? []).map((part) => (part.kind === kind ? part.text : "")).join("")).length;
    expect([count("deleted"), count("inserted")]).toEqual([3, 2]);
  });

  const word = fc.constantFrom("a", "b", "c", " ", "  ", "\n", ".", "é", "語", "\ud800", "<b>", "😀");
  const text = fc.oneof(
    fc.array(word, { maxLength: 60 }).map((words) => words.join("")),
    fc.string(),
  );

  it("gives both texts back, whatever they are", () => {
    fc.assert(
      fc.property(text, text, (first, second) => {
        const parts = wordDiff(first, second);
        expect(without(parts, "inserted")).toBe(first);
        expect(without(parts, "deleted")).toBe(second);
      }),
      { numRuns: 500, seed: 7 },
    );
  });

  it("shows no change twice in a row and no empty part", () => {
    fc.assert(
      fc.property(text, text, (first, second) => {
        const parts = wordDiff(first, second) ?? [];
        expect(parts.every((part, index) => part.text !== "" && part.kind !== parts[index - 1]?.kind)).toBe(
          true,
        );
      }),
      { numRuns: 500, seed: 8 },
    );
  });

  it.each([
    ["too long", `${"a ".repeat(30_001)}b`, "c"],
    ["too many words", "a ".repeat(9_000), "b ".repeat(10)],
    ["too much changed", "a ".repeat(1_200), "b ".repeat(1_200)],
  ])("marks nothing where it would help nobody: %s", (_, first, second) => {
    expect(wordDiff(first, second)).toBeNull();
  });

  it("compares long texts that differ in a few words", () => {
    const long = Array.from({ length: 9_000 }, (_, at) => `w${at}`);
    const other = long.with(4_000, "changed");
    expect(wordDiff(long.join(" "), other.join(" "))?.map(({ kind }) => kind)).toEqual([
      "kept",
      "deleted",
      "inserted",
      "kept",
    ]);
  });
});
