import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { hasLuhnDigit } from "../../../src/text/card-numbers.js";
import { judge } from "../judge.js";
import { businessText, normalForm, sentence } from "./any-texts.js";

const digitsOf = (count: number) => fc.array(fc.nat(9), { minLength: count, maxLength: count });
const grouped = (text: string, mark: string) => text.replace(/(.{4})(?=.)/g, `$1${mark}`);
const mark = fc.constantFrom("", " ", "-", "\u00a0", "\u202f");

const ibans = fc
  .tuple(
    fc.constantFrom(
      { country: "DE", pattern: "dddddddddddddddddd" },
      { country: "AT", pattern: "dddddddddddddddd" },
      { country: "NL", pattern: "ABNAdddddddddd" },
      { country: "GB", pattern: "WESTdddddddddddddd" },
      { country: "FR", pattern: "ddddddddddddddddddddddd" },
      { country: "NO", pattern: "ddddddddddd" },
    ),
    digitsOf(23),
    mark,
    fc.boolean(),
    fc.boolean(),
  )
  .map(([{ country, pattern }, digits, between, small, apart]) => {
    const account = [...pattern].map((sign, index) => (sign === "d" ? (digits[index] ?? 0) : sign)).join("");
    const numeric = [...`${account}${country}00`].map((sign) => Number.parseInt(sign, 36)).join("");
    const check = String(98n - (BigInt(numeric) % 97n)).padStart(2, "0");
    const iban = apart
      ? `${country} ${check} ${grouped(account, between)}`
      : grouped(`${country}${check}${account}`, between);
    // some write a blank behind the country too
    return { kind: "iban", says: "an IBAN", value: small ? iban.toLowerCase() : iban };
  });

const cards = fc
  .tuple(fc.constantFrom("4", "51", "2221", "34", "6011", "3528", "36"), digitsOf(16), mark)
  .map(([first, digits, between]) => {
    const length = /^3[47]/.test(first) ? 15 : first === "36" ? 14 : 16;
    const body = (first + digits.join("")).slice(0, length - 1);
    const check = [..."0123456789"].find((digit) => hasLuhnDigit(body + digit)) ?? "0";
    return { kind: "card", says: "a payment card number", value: grouped(body + check, between) };
  });

const part = fc.stringMatching(/^[a-z][a-z0-9]{2,8}$/);
const emails = fc
  .tuple(part, fc.constantFrom("", ".lane", "+orders", "_x", "-y"), part, fc.constantFrom("@", "%40"))
  .map(([name, more, host, sign]) => ({
    kind: "e-mail",
    says: "an e-mail address",
    value: `${name}${more}${sign}${host}.example.com`,
  }));

const phones = fc
  .tuple(
    fc.constantFrom("+43 660", "+49 (0)30", "+1 212", "+44 20", "0041 44"),
    digitsOf(7),
    fc.constantFrom("", " ", "-", "."),
  )
  .map(([code, digits, between]) => ({
    kind: "phone",
    says: "a telephone number",
    value: `${code} 2${digits.slice(1, 3).join("")}${between}${digits.slice(3).join("")}`,
  }));

const before = fc.constantFrom("", "[", '"', "to ", "<", "IBAN: ", "card ", "Konto ");
const after = fc.constantFrom("", ")", '"', ".", ", thanks", ">", "\n", "!");
const numRuns = 200;

describe("personal data", () => {
  it("is found wherever it stands, named by its kind and place, and not shown", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(ibans, cards, emails, phones),
        sentence,
        before,
        after,
        sentence,
        async ({ kind, says, value }, first, left, right, last) => {
          const text = `${first}${left}${value}${right} ${last}`;
          const verdict = await judge({ type: "pii" }, text);
          expect(verdict).toMatchObject({
            status: "fail",
            reason: expect.stringContaining(`shows ${says} (`),
            excerpt: expect.stringContaining(`[${kind}]`),
          });
          expect(verdict.reason).toContain(`at character ${text.indexOf(value) + 1},`);
          expect(JSON.stringify(verdict)).not.toContain(value.slice(0, -4));
          expect(JSON.stringify(verdict)).not.toMatch(/[\p{L}\p{N}+]\[(?:iban|card|e-mail|phone)\]/u);
        },
      ),
      { numRuns },
    );
  });

  it("is found in every value and name of a document", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(ibans, cards, emails),
        sentence,
        fc.jsonValue({ maxDepth: 2 }),
        fc.boolean(),
        async ({ value }, words, rest, asName) => {
          const planted = asName ? { [value]: words } : { list: [{ note: `${words} ${value}` }] };
          const verdict = await judge({ type: "pii" }, JSON.stringify({ rest, ...planted }));
          expect(verdict.status).toBe("fail");
          expect(JSON.stringify(verdict)).not.toContain(value.slice(0, -4));
        },
      ),
      { numRuns: 100 },
    );
  });

  it("of kinds with check digits is nothing with another digit", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(ibans, cards),
        fc.nat(),
        fc.integer({ min: 1, max: 9 }),
        sentence,
        async ({ kind, value }, at, by, words) => {
          const places = [...value.matchAll(/\d/g)].map(({ index }) => index);
          const place = places[at % places.length] ?? 0;
          const digit = (Number(value[place]) + by) % 10;
          const wrong = value.slice(0, place) + String(digit) + value.slice(place + 1);
          const text = `${words} ${wrong} ${words}`;
          expect(await judge({ type: "pii", kinds: [kind] }, text)).toEqual({ status: "pass" });
        },
      ),
      { numRuns },
    );
  });

  it("is not seen in sentences with amounts, days and numbers of things", async () => {
    await fc.assert(
      fc.asyncProperty(businessText, normalForm, async (text, form) => {
        expect(await judge({ type: "pii" }, text.normalize(form))).toEqual({ status: "pass" });
      }),
      { numRuns },
    );
  });

  it.each([
    "Numéro national 85073003328",
    "téléphone 0660 1234567",
    "teléfono 0660 1234567",
    "jürgen@müller.example.com",
  ])("is found in either normal form: %s", async (text) => {
    for (const form of ["NFC", "NFD"])
      expect((await judge({ type: "pii" }, text.normalize(form))).status).toBe("fail");
  });
});
