import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { judge } from "../judge.js";
import { businessText, normalForm, sentence } from "./any-texts.js";

const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
const random = (least: number, most: number) =>
  fc.array(fc.constantFrom(...letters), { minLength: least, maxLength: most }).map((signs) => signs.join(""));

const keys = fc
  .tuple(
    fc.constantFrom(
      "sk-",
      "sk-ant-api03-",
      "ek_ingest_",
      "xoxb-",
      "ghp_",
      "github_pat_",
      "glpat-",
      "AIza",
      "npm_",
      "hf_",
    ),
    random(36, 40),
  )
  .map(([first, rest]) => first + rest);
const passwords = fc
  .tuple(
    fc.constantFrom(
      "password: ",
      "Passwort lautet ",
      "mot de passe: ",
      "contraseña: ",
      "wachtwoord = ",
      '"pwd":"',
      "senha é: ",
    ),
    random(9, 14),
  )
  .map(([name, value]) => ({ name: name.replace(" é", ""), value: `aZ7${value}` }));

const before = fc.constantFrom("", "(", '"', "use ", "<", "key=", "Authorization: Bearer ", "x-api-key: ");
const after = fc.constantFrom("", ")", '"', ",", " thanks", ">", "\n");

describe("a secret", () => {
  it("with its maker's mark is found wherever it stands, and not shown", async () => {
    await fc.assert(
      fc.asyncProperty(sentence, before, keys, after, sentence, async (first, left, key, right, last) => {
        const verdict = await judge({ type: "secrets" }, `${first} ${left}${key}${right} ${last}`);
        expect(verdict.status).toBe("fail");
        const said = JSON.stringify(verdict);
        for (let at = 0; at + 6 < key.length; at += 1) expect(said).not.toContain(key.slice(at, at + 7));
      }),
      { numRuns: 150 },
    );
  });

  it("hides every one of several from the excerpt", async () => {
    const link = random(3, 8).map((word) => `https://app:${word}Zz9@db.example.com/${word}`);
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(before, fc.oneof(keys, link)), { minLength: 2, maxLength: 3 }),
        fc.constantFrom(" ", ", ", "\n", "; ", ` ${"words between them ".repeat(8)}`),
        async (list, between) => {
          const verdict = await judge({ type: "secrets" }, list.map((pair) => pair.join("")).join(between));
          expect(verdict.status).toBe("fail");
          for (const [, value] of list) {
            const secret = /:\/\/app:(.*)@/.exec(value)?.[1] ?? value;
            expect(JSON.stringify(verdict)).not.toContain(secret);
          }
        },
      ),
      { numRuns: 150 },
    );
  });

  it("behind a word that says password is found in either normal form", async () => {
    await fc.assert(
      fc.asyncProperty(sentence, passwords, normalForm, async (words, { name, value }, form) => {
        const verdict = await judge({ type: "secrets" }, `${words} ${name}${value} `.normalize(form));
        expect(verdict).toMatchObject({
          status: "fail",
          reason: expect.stringContaining("shows a password (…"),
        });
        expect(JSON.stringify(verdict)).not.toContain(value);
      }),
      { numRuns: 100 },
    );
  });

  it("is not seen in sentences with amounts, days and numbers of things", async () => {
    await fc.assert(
      fc.asyncProperty(businessText, normalForm, async (text, form) => {
        expect(await judge({ type: "secrets", entropy: true }, text.normalize(form))).toEqual({
          status: "pass",
        });
      }),
      { numRuns: 100 },
    );
  });
});
