import fc from "fast-check";
import { l, n } from "js-rouge";
import { describe, expect, it } from "vitest";
import { anOutput, faultsOf, judge } from "../judge.js";

const seed = 20_261_102;

async function scoreOf(settings: Readonly<Record<string, unknown>>, text: string): Promise<number> {
  const verdict = await judge({ type: "ngram-overlap", min: 0, ...settings }, text);
  if (verdict.status !== "pass" || verdict.score === undefined) throw new Error(JSON.stringify(verdict));
  return verdict.score;
}

describe("ngram-overlap", () => {
  it.each([
    [{ method: "bleu", count: "recall" }, "count belongs to rouge-1, rouge-2 and rouge-l, not to bleu"],
    [{ method: "chrf", count: "f1" }, "count belongs to rouge-1, rouge-2 and rouge-l, not to chrf"],
    [{ method: "bleu", beta: 1 }, "beta belongs to chrf, not to bleu"],
    [{ beta: 2 }, "beta belongs to chrf, not to rouge-1"],
  ])("refuses %j: the method does not use it", (settings, complaint) => {
    expect(faultsOf({ id: "a", type: "ngram-overlap", ...settings })).toEqual([`: ${complaint}`]);
  });

  it.each([
    // C.-Y. Lin, 2004, section 3.1: the same ROUGE-2, told apart by ROUGE-L
    ["rouge-2", "f1", "police kill the gunman", "police killed the gunman", 1 / 3],
    ["rouge-2", "f1", "the gunman kill police", "police killed the gunman", 1 / 3],
    ["rouge-l", "f1", "police kill the gunman", "police killed the gunman", 3 / 4],
    ["rouge-l", "f1", "the gunman kill police", "police killed the gunman", 2 / 4],
    // 2 of the 3 known words, 2 of the 5 words
    ["rouge-1", "recall", "the red fox ran home", "a red fox", 2 / 3],
    ["rouge-1", "precision", "the red fox ran home", "a red fox", 2 / 5],
    ["rouge-1", "f1", "the red fox ran home", "a red fox", 4 / 8],
    // a word counts as often as the known answer has it
    ["rouge-1", "precision", "the the the the the the the", "The cat is on the mat.", 2 / 7],
    ["rouge-1", "f1", "Yes!", "no", 0],
    ["rouge-2", "f1", "yes", "yes", 0],
    ["rouge-1", "f1", "", "yes", 0],
    ["rouge-1", "f1", "cafe\u0301 ouvert", "CAF\u00c9 ouvert", 1],
    // no blanks between words: 我 喜欢 猫 and 我 喜欢 狗 share two of three
    ["rouge-1", "f1", "我喜欢猫。", "我喜欢狗。", 2 / 3],
  ])("%s %s of %j against %j", async (method, count, text, expected, score) => {
    expect(await scoreOf({ method, count, expected }, text)).toBeCloseTo(score, 12);
  });

  const candidate =
    "It is a guide to action which ensures that the military always obeys the commands of the party";
  const known = [
    "It is a guide to action that ensures that the military will forever heed Party commands",
    "It is the guiding principle which guarantees the military forces always being under the command of the Party",
    "It is the practical guide for the army always to heed the directions of the party",
  ];
  it.each([
    // the candidates of K. Papineni et al., 2002, with the scores the NLTK manual gives for them
    ["one known answer", candidate, known[0], 0.4118],
    ["the best of three known answers", candidate, known, 0.5046],
    // sacreBLEU's published cases: short texts are judged by the lengths they have; brevity exp(1 - 2/1)
    ["a text that is too short", "test", "a test", Math.exp(-1)],
    ["a short text that is right", "a test", "a test", 1],
    // 3/4, 2/3, 1/2 and none of one sequence of four: (3/4 * 2/3 * 1/2 * 1/2) ^ (1/4)
    ["no sequence of four", "this is a fest", "this is a test", 0.125 ** 0.25],
    // 1/4, then nothing twice over 3, 2 and 1 sequences: halved, quartered, an eighth
    [
      "only one word",
      "one two three four",
      "nine eight one five",
      (((1 / 4) * (1 / 6) * (1 / 8) * 1) / 8) ** 0.25,
    ],
    ["nothing", "one two three four", "five six", 0],
  ])("gives BLEU for %s", async (_name, text, expected, score) => {
    const settings = { method: "bleu", expected, ignoreCase: false };
    expect(await scoreOf(settings, text)).toBeCloseTo(score, 4);
  });

  it.each([
    // sacreBLEU's published cases; its second pair keeps white space, here a letter stands for it
    ["aa", "ab", 0.25, 3],
    ["a", "a", 1, 3],
    ["a b c", "abc", 1, 3],
    [
      "Die Beziehung zwischen Obama und Netanjahu ist nicht gerade freundlich.",
      "Das Verhältnis zwischen Obama und Netanyahu ist nicht gerade freundschaftlich.",
      0.673481606,
      3,
    ],
    [
      "risk assessment must be made of those who are qualified and expertise in the sector - these are the scientists .",
      "risk assessment has to be undertaken by those who are qualified and expert in that area - that is the scientists .",
      0.652414427,
      3,
    ],
    ["", "reference", 0, 2],
    ["abcdefg", "hijklmnop", 0, 2],
  ])("gives chrF of %j against %j", async (text, expected, score, beta) => {
    const keep = (said: string) => (said.length > 10 ? said.replaceAll(" ", "_") : said);
    const settings = { method: "chrf", beta, expected: keep(expected), ignoreCase: false };
    expect(await scoreOf(settings, keep(text))).toBeCloseTo(score, 6);
  });

  it("weighs recall more in chrF the greater beta is", async () => {
    const [once, thrice] = await Promise.all(
      [1, 3].map((beta) => scoreOf({ method: "chrf", beta, expected: "invoice" }, "invoice is overdue")),
    );
    expect(thrice).toBeGreaterThan(once ?? 1);
  });

  it.each([
    ["rouge-1", (seen: string, wanted: string) => n(seen, wanted, { n: 1, tokenizer: blanks })],
    ["rouge-2", (seen: string, wanted: string) => n(seen, wanted, { n: 2, tokenizer: blanks })],
    [
      "rouge-l",
      (seen: string, wanted: string) =>
        l(seen, wanted, { tokenizer: blanks, segmenter: (text: string) => [text] }),
    ],
  ])("agrees with js-rouge about %s of any two texts", async (method, oracle) => {
    const text = fc
      .array(fc.constantFrom("pump", "seal", "in", "may", "failed", "the", "a"), {
        minLength: 2,
        maxLength: 80,
      })
      .map((words) => words.join(" "));
    await fc.assert(
      fc.asyncProperty(text, text, async (seen, expected) => {
        expect(await scoreOf({ method, expected }, seen)).toBeCloseTo(oracle(seen, expected), 12);
      }),
      { seed, numRuns: 300 },
    );
  });

  it.each(["rouge-1", "rouge-l", "bleu", "chrf"])("%s of a text with itself is 1", async (method) => {
    const text = fc.string({ unit: "grapheme", minLength: 1 }).map((noise) => `report ${noise}`);
    await fc.assert(
      fc.asyncProperty(text, async (same) => {
        expect(await scoreOf({ method, expected: same }, same)).toBeCloseTo(1, 12);
      }),
      { seed, numRuns: 100 },
    );
  });

  it.each([
    [
      { method: "rouge-1", count: "recall", min: 0.7 },
      'has too few words in common with "The pump failed twice.": ROUGE-1 recall is 0.25, expected at least 0.7',
    ],
    [{ method: "chrf" }, 'has too few pieces of words in common with "The pump failed twice.": chrF is 0.'],
    [{ method: "bleu" }, "has too few words and phrases in common with"],
  ])("says what is missing with %j", async (settings, reason) => {
    const output = anOutput("The customer is happy.", { reference: "The pump failed twice." });
    expect(await judge({ type: "ngram-overlap", ...settings }, output)).toMatchObject({
      status: "fail",
      reason: expect.stringContaining(reason),
    });
  });

  it("turned round, finds a text that repeats its source", async () => {
    const verdict = await judge(
      { type: "ngram-overlap", expected: "one two three", min: 0.9, not: true },
      "one two three",
    );
    expect(verdict).toMatchObject({
      status: "fail",
      reason: "shares too much wording with the known answer: ROUGE-1 F1 is 1, expected less than 0.9",
    });
  });

  it.each([
    ["nothing is known", null, "no reference to compare with"],
    ["the known answer has no words", "?!", "the known answer has no words"],
  ])("skips where %s", async (_name, reference, reason) => {
    expect(await judge({ type: "ngram-overlap" }, anOutput("text", { reference }))).toEqual({
      status: "skipped",
      reason,
    });
  });

  it.each(["rouge-1", "rouge-2", "rouge-l", "bleu", "chrf"])(
    "%s stays quick on the longest texts, and cannot tell about longer ones",
    async (method) => {
      const words = Array.from({ length: 10_000 }, (_, at) => `w${at % 997}`).join(" ");
      const before = performance.now();
      await judge({ type: "ngram-overlap", method, expected: words }, words.slice(5));
      expect(performance.now() - before).toBeLessThan(3_000);
      expect(await judge({ type: "ngram-overlap", method, expected: "a" }, "a ".repeat(40_000))).toEqual({
        status: "error",
        reason: "a text has 80000 characters, at most 60000 are compared",
      });
    },
  );

  it("refuses methods and counts it does not know", () => {
    expect(faultsOf({ id: "a", type: "ngram-overlap", method: "rouge-3" })).toHaveLength(1);
    expect(faultsOf({ id: "a", type: "ngram-overlap", count: "f2" })).toHaveLength(1);
  });
});

function blanks(text: string): string[] {
  return text.split(" ");
}
