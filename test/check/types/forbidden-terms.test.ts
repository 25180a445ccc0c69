import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { faultsOf, judge, noFiles } from "../judge.js";

const declared = { type: "forbidden-terms", terms: ["guarantee", "legal advice", "C++", "Straße"] };

describe("forbidden-terms", () => {
  it.each([
    ["another word with the same beginning", "A guarantor signs."],
    ["the words of a phrase apart", "This is legal. Advice costs extra."],
    ["a term inside a compound", "Garantieguaranteeschein"],
    ["a letter of a term with signs", "Vitamin C is good."],
    ["nothing", ""],
  ])("passes %s", async (_name, text) => {
    expect(await judge(declared, text)).toEqual({ status: "pass" });
  });

  it.each([
    ["the term", "We guarantee it.", 'contains "guarantee" at character 4, which is forbidden (term 1)'],
    [
      "another case",
      "GUARANTEE!",
      'contains "GUARANTEE" at character 1, which is forbidden (term 1: "guarantee")',
    ],
    [
      "another ending",
      "He guaranteed it.",
      'contains "guaranteed" at character 4, which is forbidden (term 1: "guarantee")',
    ],
    [
      "a phrase over a line break and hyphen",
      "no legal-\nadvice here",
      'contains "legal- advice" at character 4, which is forbidden (term 2: "legal advice")',
    ],
    [
      "a term with signs",
      "I write c++ daily",
      'contains "c++" at character 9, which is forbidden (term 3: "C++")',
    ],
    ["ss for ß", "STRASSE", 'contains "STRASSE" at character 1, which is forbidden (term 4: "Straße")'],
    ["full-width letters", "ｇｕａｒａｎｔｅｅ", /contains "ｇｕａｒａｎｔｅｅ" at character 1/],
    ["a soft hyphen inside", "guar\u00adantee", /at character 1, which is forbidden \(term 1/],
    ["several", "guarantee and legal advice", /\(term 1\), and 1 more$/],
    ["a string of an object", '{"guarantee":"a","reply":"we guarantee"}', /at character 4/],
  ])("fails %s", async (_name, text, reason) => {
    const verdict = await judge(declared, text);
    expect(verdict.status).toBe("fail");
    if (typeof reason === "string") expect(verdict.reason).toBe(reason);
    else expect(verdict.reason).toMatch(reason);
  });

  it("takes the exact word when told so", async () => {
    expect(await judge({ ...declared, inflect: false }, "guarantees")).toEqual({ status: "pass" });
    expect(await judge({ ...declared, inflect: false }, "guarantee")).toMatchObject({ status: "fail" });
  });

  it("spares a term inside a harmless phrase, and nowhere else", async () => {
    const sparing = { ...declared, except: ["no guarantee"] };
    expect(await judge(sparing, "There is no guarantee.")).toEqual({ status: "pass" });
    expect(await judge(sparing, "No guarantee? We guarantee it!")).toMatchObject({
      reason: 'contains "guarantee" at character 18, which is forbidden (term 1)',
    });
  });

  it("reads a file and says which line it was", async () => {
    const ports = { ...noFiles, readFile: () => "\ufeff# rivals\r\n\r\nAcme Forms\r\n" };
    expect(
      await judge({ type: "forbidden-terms", file: "rivals.txt" }, "Try ACME forms", ports),
    ).toMatchObject({
      reason: 'contains "ACME forms" at character 5, which is forbidden (line 3 of rivals.txt: "Acme Forms")',
    });
  });

  it("refuses a list without terms", async () => {
    expect(faultsOf({ id: "a", type: "forbidden-terms" })).toEqual([
      ": forbidden-terms needs terms, file or both",
    ]);
    const ports = { ...noFiles, readFile: () => "# only a comment" };
    await expect(judge({ type: "forbidden-terms", file: "a.txt" }, "x", ports)).rejects.toThrow(
      "a.txt: holds no term",
    );
  });

  it("finds any word of letters wherever it stands as a word", async () => {
    const word = fc.stringMatching(/^[a-zäöüß]{3,12}$/);
    await fc.assert(
      fc.asyncProperty(word, fc.array(word), fc.array(word), async (term, before, after) => {
        const text = [...before, term.toUpperCase(), ...after].join(" ");
        const verdict = await judge({ type: "forbidden-terms", terms: [term] }, text);
        expect(verdict.status).toBe("fail");
      }),
      { numRuns: 100 },
    );
  });
});
