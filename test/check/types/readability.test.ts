import { describe, expect, it } from "vitest";
import {
  countProse,
  fleschReadingEase,
  wienerSachtextformel,
} from "../../../src/check/readability-formulas.js";
import { faultsOf, judge } from "../judge.js";

const easy = "The cat sat on the mat. The dog ran to the door. We all had tea and cake. ".repeat(3);
const hard =
  "Organisational responsibilities necessitate comprehensive documentation concerning international jurisdiction and administrative verification. ".repeat(
    4,
  );
const leicht = "Der Hund lief zur Tür. Die Katze saß im Haus. Wir tranken Tee und aßen Brot. ".repeat(3);
const schwer =
  "Vorbehaltlich anderslautender Vereinbarungen unterliegen Vertragsänderungen der Genehmigungspflicht durch verantwortliche Organisationseinheiten, insbesondere hinsichtlich grenzüberschreitender Datenverarbeitung. ".repeat(
    3,
  );

describe("the formulas", () => {
  it("give the numbers worked by hand", () => {
    // 18 words of one syllable in 3 sentences
    const counts = countProse(
      "The cat sat on the mat. The dog ran to the door. We all had tea and cake.",
      "en",
    );
    expect(counts).toMatchObject({ words: 18, sentences: 3, syllables: 18 });
    expect(fleschReadingEase(counts)).toBeCloseTo(206.835 - 1.015 * 6 - 84.6, 6);
    // 5 words, 1 sentence; Ver-ein-ba-rung 4, un-ter-liegt 3, der 1, Ge-neh-mi-gung 4, nicht 1; 3 of more than 6 letters
    const german = countProse("Vereinbarung unterliegt der Genehmigung nicht.", "de");
    expect(german).toMatchObject({
      words: 5,
      sentences: 1,
      syllables: 13,
      short: 2,
      polysyllabic: 3,
      long: 3,
    });
    expect(wienerSachtextformel(german)).toBeCloseTo(
      0.1935 * 60 + 0.1672 * 5 + 0.1297 * 60 - 0.0327 * 40 - 0.875,
      6,
    );
  });

  it.each([
    ["make", 1],
    ["table", 2],
    ["walked", 1],
    ["wanted", 2],
    ["boxes", 2],
    ["names", 1],
    ["delivery", 4],
    ["administration", 5],
    ["tree", 1],
    ["the", 1],
  ])("count the syllables of %s", (word, syllables) => {
    expect(countProse(word, "en").syllables).toBe(syllables);
  });

  it("leave out code, addresses and marks of lists", () => {
    const text = "# Parcel\n\n- It left.\n- It is here: https://example.com/a/b\n```\nlet x = 1;\n```";
    expect(countProse(text, "en")).toMatchObject({ words: 6, sentences: 3 });
  });
});

describe("readability", () => {
  it.each([
    [{ language: "en", min: 60, minWords: 50 }, easy],
    [{ language: "de", max: 8, minWords: 40 }, leicht],
    [{ language: "en", max: 30, minWords: 40 }, hard],
  ])("passes with %j", async (settings, text) => {
    expect(await judge({ type: "readability", ...settings }, text)).toEqual({ status: "pass" });
  });

  it.each([
    [
      { language: "en", min: 60, minWords: 40 },
      hard,
      /^has a Flesch Reading Ease of -\d+(\.\d)? \(easier when higher\), with \d+ words a sentence, expected at least 60$/,
    ],
    [
      { language: "de", max: 8, minWords: 40 },
      schwer,
      /^has a Wiener Sachtextformel of \d+(\.\d)? \(harder when higher\), with \d+ words a sentence, expected at most 8$/,
    ],
  ])("fails with %j", async (settings, text, reason) => {
    const verdict = await judge({ type: "readability", ...settings }, text);
    expect(verdict.status).toBe("fail");
    expect(verdict.reason).toMatch(reason);
  });

  it("skips a text too short to measure", async () => {
    expect(await judge({ type: "readability", language: "en", min: 60 }, "It left.")).toEqual({
      status: "skipped",
      reason: "has 2 words, readability needs 100",
    });
  });

  it("refuses to judge without limits", () => {
    expect(faultsOf({ id: "a", type: "readability", language: "en" })).toEqual([
      ": readability needs min, max or both",
    ]);
  });
});
