import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { cpuMs } from "../cpu-ms.js";
import { anOutput, judge } from "../judge.js";
import { groundedOutputs, inventedOutputs } from "./grounded-outputs.js";

const check = (input: string | null, output: string, settings: Readonly<Record<string, unknown>> = {}) =>
  judge({ type: "grounded-values", ...settings }, anOutput(output, { input }));

const orExcept = "; if this field is a label of your own, list its path in `except`";
const orIgnore = "; if it is a value of your own, list it in `ignore`";

const written = (output: string | object) => (typeof output === "string" ? output : JSON.stringify(output));

describe("grounded-values with its default settings", () => {
  it.each(groundedOutputs)("given %j passes %j", async (input, output) => {
    expect(await check(input, written(output))).toEqual({ status: "pass" });
  });

  it.each(inventedOutputs)("given %j fails %j", async (input, output) => {
    expect(await check(input, written(output))).toMatchObject({ status: "fail" });
  });
});

describe("grounded-values", () => {
  it.each([
    ["Total 1.234,56 EUR", "The total is 1,234.56 euros."],
    ["Total 1 234,56 €", '{"total":1234.56}'],
    ["Total CHF 1'234.50", "CHF 1234.5"],
    ["12,5 % discount", '{"discount":0.125}'],
    ["a share of 0.125", "12.5%"],
    ["Umsatz 1,2 Mio. Euro", "Revenue was EUR 1200000."],
    ["due 3 March", "Due on 03/03."],
    ["due 2026-03-03", "zahlbar bis 3. März 2026"],
    ["payable avant le 1er août 2026", '{"due":"2026-08-01"}'],
    ["antes del 3 de marzo de 2026", "before March 3rd, 2026"],
    ["uiterlijk 3 maart 2026", "by 03.03.26"],
    ["entro il 3 marzo 2026", "on the 3rd of March"],
    ["05/04/2026", "4 May 2026"],
    ["05/04/2026", "5 April 2026"],
    ["call at 2:30 pm", "Anruf um 14.30 Uhr"],
    ["three items", '{"items":3}'],
    ["zwölf Stück", "12 pieces"],
    ["order INV 004711", '{"order":"INV-004711"}'],
    ["IBAN DE89370400440532013000", "DE89 3704 0044 0532 0130 00"],
    ["call +49 30 1234567", "call +49 (30) 123 4567"],
    ["from MUELLER & SÖHNE GMBH", '{"supplier":"Müller & Söhne GmbH"}'],
    ["Alder, Maria", '{"contact":"Maria Alder"}'],
    ['{"lines":[{"amount":1.5}],"note":"see\\nAlder"}', '{"amount":"1,50","supplier":"Alder"}'],
    ["id 12345678901234567890", '{"id":12345678901234567890}'],
    ["write to anna@example.com", "We wrote to Anna@example.com."],
    ["one thing", "1. First do this\n2. Then that\n3. Done"],
    ["5kg", "5 kg"],
    ["nothing", "Thank you for your message."],
    ["until 24:00 Uhr", "until 0:00"],
    ["from 24:00", '{"from":"00:00"}'],
    ["from 0:30", "ab 0.30 Uhr"],
    ["from 12:30 am", "from 0:30"],
    ["from 12:30 pm", "from 12:30"],
    ["born 03.04.69", "born on 3 April 1969"],
    ["born 03.04.99", "born on 3 April 1999"],
    ["born 3-Apr-70", "born on 3 April 1970"],
    ["until 03.04.68", "until 3 April 2068"],
    ["until 03.04.00", "until 3 April 2000"],
    ["paid 03.04.26", "The year was 2026."],
    ["due 3 March 2026", "due in March 2026"],
    ["due 3 March 2026", "due on 3 March"],
    ["books of 2023, due 3 March", '{"due":"2023-03-03"}'],
    ["due 18 November", '{"due":"2027-11-18"}'],
    ["due 17 November", '{"due":"2025-11-17"}'],
    ["ask xanna@example.com or anna@example.com", "We asked anna@example.com."],
    ["as written, 31.02.2026", "until 31.02.2026"],
    ["Nx31.02.2026 or 31.02.2026", "until 31.02.2026"],
    ["Maria one two three four five Alder", '{"contact":"Maria Alder"}'],
    ["Alder one two three four five Maria", '{"contact":"Maria Alder"}'],
    ["Total 12.50", "It costs 12.50 EUR."],
    ['{"total":12.5}', "It costs 12.50."],
    ['{"order 4711":"late"}', "Order 4711 is late."],
  ])("finds in %j every value of %j", async (input, output) => {
    expect(await check(input, output)).toEqual({ status: "pass" });
  });

  it.each([
    ["Total 1249.00", '{"total":1294}', "total 1294 is not in the input; the input has 1249.00"],
    ["Gesamt 1.249,00 EUR", '{"total":1.249}', "total 1.249 is not in the input; the input has 1.249,00"],
    [
      "due 3 March 2026",
      "Due on 4 March 2026.",
      "4 March 2026 at character 8 is not in the input; the input has 3 March 2026",
    ],
    [
      "due 3 March",
      '{"due":"2024-03-03"}',
      "due 2024-03-03 is not in the input; the input has 3 March; no year stands there, and the one added is over a year away (`anyYear` accepts any)",
    ],
    ["until 31 January 2026", '{"until":"31.02.2026"}', `until 31.02.2026 is not in the input${orExcept}`],
    ["order INV-004711", '{"order":"INV-00471"}', `order INV-00471 is not in the input${orExcept}`],
    ["call me", "I saw order AB-12.", `AB-12 at character 13 is not in the input${orIgnore}`],
    ["call me", '{"phone":"0664 1234567"}', `phone …67 is not in the input${orExcept}`],
    ["call me", '{"to":"+43 664 1234567"}', `to …67 is not in the input${orExcept}`],
    ["hi", '{"reply":"It costs 49."}', `reply 49 at character 10 is not in the input${orIgnore}`],
    ["hi", '{"reply_to":"office@example.com"}', `reply_to …@example.com is not in the input${orExcept}`],
    ["100 EUR", "It costs 100 THB.", "THB at character 14 is not in the input; the input has EUR"],
    ["100 EUR", "It costs KWD 100.", "KWD at character 10 is not in the input; the input has EUR"],
    ["100 EUR", '{"currency":"TRY"}', `currency TRY is not in the input; the input has EUR`],
    ["1,250.00 EUR", "ALL 1,250.00 are due.", "ALL at character 1 is not in the input; the input has EUR"],
    ["350 EUR", "That is 350 PHP.", "PHP at character 13 is not in the input; the input has EUR"],
    ["100 THB", "It costs 100 EUR.", "EUR at character 14 is not in the input; the input has THB"],
    ["100 USD", "It costs 100 EUR.", "EUR at character 14 is not in the input; the input has USD"],
    [
      "2.5 million",
      "2.5 billion",
      "2.5 billion at character 1 is not in the input; the input has 2.5 million",
    ],
    [
      "from Alder GmbH",
      '{"supplier":"Aldor GmbH"}',
      "supplier Aldor GmbH is not in the input; the input has Alder",
    ],
    [
      "Maria wrote that the delivery of last week to the store of Berger was late",
      '{"contact":"Maria Berger"}',
      `contact Maria Berger is not in the input${orExcept}`,
    ],
    [
      "from Alder GmbH",
      '{"supplier":"Adler GmbH"}',
      "supplier Adler GmbH is not in the input; the input has Alder",
    ],
    [
      "a b",
      '{"x":1,"lines":[{"y":22}]}',
      "2 values are not in the input: x 1; lines[0].y 22; if these fields are labels of your own, list their paths in `except`",
    ],
  ])("against %j fails %j", async (input, output, reason) => {
    expect(await check(input, output)).toMatchObject({ status: "fail", reason });
  });

  it.each([
    "Please TRY again, ALL of it: the TOP and the CUP",
    "ALL 2 of the TOP 10 need 1 CUP and PHP 8.2",
    "all 100 to try 100 for the top 100",
    "weighs 12.50 KGS",
    "AB-TOP 100 and TOPS 100",
    '{"filter":"ALL"}',
  ])("takes no word in %j for a currency", async (output) => {
    const input = "12.50 EUR, 1 or 2, 8.2, 10, 100";
    expect(await check(input, output, { kinds: ["numbers"], ignore: ["AB-TOP"] })).toEqual({
      status: "pass",
    });
  });

  it.each([
    ["12.50, that is 12,5", "It costs 12.60.", "12.60", "; the input has 12.50"],
    ["from 25:00", '{"from":"01:00"}', "from 01:00", orExcept],
    ["from 12:30 am", "from 12:30 pm", "12:30 pm", orIgnore],
    ["until 24:00", "until 12:00 pm", "12:00 pm", orIgnore],
    ["born 03.04.69", '{"born":"2069-04-03"}', "born 2069-04-03", "; the input has 03.04.69"],
    ["until 03.04.68", '{"until":"1968-04-03"}', "until 1968-04-03", "; the input has 03.04.68"],
    ["due 3 March 2026", "due in April 2026", "April 2026", "; the input has 3 March 2026"],
    ["due 19 November", '{"due":"2027-11-19"}', "due 2027-11-19", "; the input has 19 November"],
    ["due 16 November", '{"due":"2025-11-16"}', "due 2025-11-16", "; the input has 16 November"],
    ["ask xanna@example.com", "We asked anna@example.com.", "…@example.com", orIgnore],
    ["ask anna@example.community", "We asked anna@example.com.", "…@example.com", orIgnore],
    ["Nx31.02.2026", "until 31.02.2026", "31.02.2026", orIgnore],
    ["31.02.2026x", "until 31.02.2026", "31.02.2026", orIgnore],
    ["Maria one two three four five six Alder", '{"contact":"Maria Alder"}', "contact Maria Alder", orExcept],
    ['{"a":"12","b":"34"}', "It costs 1234.", "1234", "; the input has 12"],
  ])("against %j fails %j for %s", async (input, output, value, hint) => {
    const verdict = await check(input, output);
    expect(verdict.status).toBe("fail");
    expect(verdict.reason).toMatch(/^.+ is not in the input; .+$/);
    expect(verdict.reason?.startsWith(value)).toBe(true);
    expect(verdict.reason).toContain(` is not in the input${hint}`);
  });

  it.each([
    [{ kinds: ["dates"] }, "12 on 3 March", "13 on 3 March", "pass"],
    [{ kinds: ["names-in-text"] }, "from Maria Alder", "We told Mr Berger.", "fail"],
    [{ kinds: ["names-in-text"] }, "from Maria Alder", "Dear Maria, thank you.", "pass"],
    [{ kinds: ["number-words"] }, "in 5 days", "It takes three days.", "fail"],
    [{ kinds: ["number-words"] }, "in 5 days", "It takes five days.", "pass"],
    [{ ignore: ["030 5550100", { pattern: "^ACME-\\d+$" }] }, "hi", "Call 030 5550100 about ACME-12", "pass"],
    [{ ignoreUpTo: 5 }, "hi", "There are 3 ways.", "pass"],
    [{ ignoreUpTo: 5 }, "hi", "There are 6 ways.", "fail"],
    [{ listNumbers: true }, "hi", "7. First", "fail"],
    [{ allowSums: true }, "2 x 100.00\n3 x 50.50", '{"total":150.5}', "pass"],
    [{ allowSums: true }, "net 100.00 gross 119.00", '{"vat":19}', "pass"],
    [{ allowSums: true }, "net 100.00 gross 119.00", '{"vat":18}', "fail"],
    [{ allowSums: true }, "2 x 100.00\n3 x 50.50\n1 x 10.25", '{"total":160.75}', "pass"],
    [{ allowSums: true }, "5.5 and 10.25 and 20.125 and 40.0625", '{"total":70.4375}', "pass"],
    [{ allowSums: true }, "5.5 and 10.25 and 20.125 and 40.0625", '{"total":65.6875}', "fail"],
    [{ allowSums: true }, "0.1 and 0.2", '{"total":0.3}', "pass"],
    [{ allowSums: true }, '{"net":100.5,"vat":50}', '{"total":150.5}', "pass"],
    [{ allowSums: true }, "paid 30.25 of 100.75", '{"open":70.5}', "pass"],
    [{}, "2 x 100.00\n3 x 50.50", '{"total":150.5}', "fail"],
    [{ anyYear: true }, "due 3 March", '{"due":"2026-03-03"}', "pass"],
    [{ kinds: ["names-in-fields"] }, "broken lamp", '{"category":"Billing"}', "fail"],
    [{ kinds: ["names-in-fields"] }, "billing", '{"category":"Billing"}', "pass"],
    [
      { kinds: ["names-in-text"] },
      "Die Lampe ist defekt",
      "Vielen Dank für Ihre Nachricht. Die Lampe tauschen wir um.\nMit freundlichen Grüßen\nHarbour Team",
      "pass",
    ],
    [
      { kinds: ["names-in-text"] },
      "hi",
      "We asked. Greta Sommerfeld Berger knows.\nBest regards,\nMaria Alder",
      "fail",
    ],
    [{ kinds: ["names-in-text"] }, "Dr. Alder", "We asked Dr. Alder. Then Acme Inc. said no.", "pass"],
    [
      { kinds: ["names-in-text"] },
      "hallo",
      "Wir danken für Ihre Nachricht zur Bestellung und für Ort und Zeit der Lieferung.",
      "pass",
    ],
    [{ kinds: ["names-in-text"] }, "hi", "We asked Maria Alder and Greta Sommerfeld.", "fail"],
    [{ kinds: ["names-in-text"] }, "Anna von der Heide", "We asked Anna von der Heide.", "pass"],
    [{ on: "supplier" }, "from Alder GmbH", '{"supplier":"Berger"}', "fail"],
    [{ on: "supplier", kinds: ["names"] }, "from Alder GmbH", '{"supplier":"Alder"}', "pass"],
    [{ on: "handledBy.who" }, "from Alder", '{"handledBy":{"who":"Berger"}}', "fail"],
    [{ on: "$.lines[*].kind" }, "one Lamp", '{"lines":[{"kind":"Lamp"},{"kind":"Chair"}]}', "fail"],
    [{ on: "summary" }, "broken lamp", '{"summary":"Asks for Exchange"}', "pass"],
    [{ on: "confidence" }, "hi", '{"confidence":0.93}', "fail"],
    [{ except: ["x", "lines[*].y"] }, "hi", '{"x":{"z":7},"lines":[{"y":22}]}', "pass"],
    [{ except: ["$['odd key']"] }, "hi", '{"odd key":7,"odd":7}', "fail"],
    [{ except: ["$['odd key']"] }, "hi", '{"odd key":7}', "pass"],
    [{ except: ["x"] }, "hi", '{"x1":7}', "fail"],
    [{ on: "a", except: ["b"] }, "hi", '{"a":{"b":7}}', "pass"],
    [{ in: "body" }, '{"body":"12","id":"34"}', "34", "fail"],
    [{ in: "gone" }, '{"body":"12"}', "34", "skipped"],
  ])("with %j against %j says of %j: %s", async (settings, input, output, status) => {
    expect((await check(input, output, settings)).status).toBe(status);
  });

  it("judges the selected values alone, and names their place", async () => {
    expect(await check("total 12.50", '{"total":12.6,"x":9}', { on: "total" })).toMatchObject({
      reason: "$.total 12.6 is not in the input; the input has 12.50",
    });
  });

  it("is skipped without an input, and cannot tell of a text beyond its limit", async () => {
    expect(await check(null, "12")).toEqual({ status: "skipped", reason: "no input to compare with" });
    expect(await check("1".repeat(500_001), "12")).toEqual({
      status: "error",
      reason: "a text has 500001 characters, 500000 are looked at",
    });
  });

  it.each([
    "1",
    "1.",
    "1,",
    "1 234 ",
    "a1-",
    "A ",
    "A-a ",
    "3 Mar ",
    "1/",
    "+49(",
    "'1",
    "a@a.",
    "\u0000",
    "DE12 AB34 ",
    "von ",
  ])("stays linear on 200,000 characters of %j", async (part) => {
    const text = part.repeat(200_000 / part.length);
    const before = cpuMs();
    await check(text, text);
    expect(cpuMs() - before).toBeLessThan(5_000);
  });
});

const grouped = (whole: string, mark: string) => whole.replace(/\B(?=(?:\d{3})+$)/g, mark);
const numberForms: readonly ((whole: string, cents: string) => string)[] = [
  (whole, cents) => `${whole}.${cents}`,
  (whole, cents) => `${grouped(whole, ",")}.${cents}`,
  (whole, cents) => `${grouped(whole, ".")},${cents}`,
  (whole, cents) => `${grouped(whole, "\u202f")},${cents}`,
  (whole, cents) => `${grouped(whole, " ")},${cents}`,
  (whole, cents) => `${grouped(whole, "'")}.${cents}`,
];
const locales = ["en-GB", "en-US", "de-DE", "fr-FR", "es-ES", "it-IT", "nl-NL", "de-CH"];
const dateForms: readonly ((date: Date) => string)[] = [
  (date) => date.toISOString().slice(0, 10),
  ...locales.flatMap((locale) =>
    (["long", "medium"] as const).map(
      (dateStyle) => (date: Date) => date.toLocaleDateString(locale, { dateStyle, timeZone: "UTC" }),
    ),
  ),
];

describe("grounded-values, whatever the way of writing", () => {
  const amount = fc.tuple(fc.integer({ min: 1, max: 99_999_999 }), fc.integer({ min: 0, max: 99 }));
  const numberForm = fc.constantFrom(...numberForms);
  const dateForm = fc.constantFrom(...dateForms);
  const day = fc.date({ min: new Date("1990-01-01"), max: new Date("2059-12-31"), noInvalidDate: true });

  it("accepts an amount in another locale, and none with another digit", async () => {
    await fc.assert(
      fc.asyncProperty(
        amount,
        numberForm,
        numberForm,
        fc.nat(),
        fc.integer({ min: 1, max: 9 }),
        async ([whole, part], from, to, place, by) => {
          const cents = String(part).padStart(2, "0");
          const input = `Amount: ${from(String(whole), cents)} in all`;
          expect(await check(input, `We owe ${to(String(whole), cents)}.`)).toEqual({ status: "pass" });
          const digits = [...`${whole}${cents}`];
          const at = place % digits.length;
          digits[at] = String((Number(digits[at]) + by) % 10);
          const other = digits.join("");
          const wrongWhole = Number(other.slice(0, -2));
          // "40 000 000" may also be read as 40 and 0: the last groups of an amount ground themselves
          fc.pre(wrongWhole === whole || ![whole % 1_000, whole % 1_000_000].includes(wrongWhole));
          const wrong = to(String(wrongWhole), other.slice(-2));
          expect(await check(input, `We owe ${wrong}.`)).toMatchObject({ status: "fail" });
        },
      ),
      { numRuns: 400 },
    );
  });

  it("accepts a date in another locale, and no other day", async () => {
    await fc.assert(
      fc.asyncProperty(
        day,
        dateForm,
        dateForm,
        fc.integer({ min: 1, max: 3_000 }),
        async (date, from, to, later) => {
          const input = `Due ${from(date)} at the latest`;
          expect(await check(input, `It is due on ${to(date)}.`)).toEqual({ status: "pass" });
          const wrong = new Date(date.getTime() + later * 86_400_000);
          const swapped =
            wrong.getUTCMonth() + 1 === date.getUTCDate() && wrong.getUTCDate() === date.getUTCMonth() + 1;
          if (swapped && wrong.getUTCFullYear() % 100 === date.getUTCFullYear() % 100) return;
          expect(await check(input, `It is due on ${to(wrong)}.`)).toMatchObject({ status: "fail" });
        },
      ),
      { numRuns: 400 },
    );
  });
});
