import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { judge } from "../judge.js";
import { normalForm } from "./any-texts.js";

const check = {
  type: "data-entry",
  where: "output",
  roles: { name: "name", city: "city", date: "date", amount: "amount", mail: "e-mail" },
  usual: { amount: { min: 5, max: 5_000 } },
  order: [{ earlier: "ordered", later: "delivered" }],
};
const entered = (fields: object) => judge(check, JSON.stringify(fields));

const names = fc
  .tuple(
    fc.constantFrom("Anna", "José", "Zoë", "Łukasz", "Jürgen", "Nguyễn", "Ayşe", "Ō"),
    fc.constantFrom("Müller", "Peña", "Ångström", "O'Brien", "Alder-Hofer", "Ng", "van der Berg"),
  )
  .map((parts) => parts.join(" "));
const placeholders = fc.constantFrom(
  "Juan Pérez Ejemplo",
  "Juan Perez Ejemplo",
  "Max Mustermann",
  "Jane Doe",
  "Lorem ipsum",
  "n/a",
  "unbekannt",
  "[name]",
  "asdf",
);
const two = (value: number) => String(value).padStart(2, "0");
const daysOf = (date: Date) => {
  const [year, month, day] = [date.getUTCFullYear(), date.getUTCMonth() + 1, date.getUTCDate()];
  return [
    `${year}-${two(month)}-${two(day)}`,
    `${year}-${two(month)}-${two(day)}T10:00:00Z`,
    `${year}/${month}/${day}`,
    `${day}.${month}.${year}`,
    `${two(day)}. ${two(month)}. ${year}`,
    date.toLocaleDateString("en-GB", { dateStyle: "long", timeZone: "UTC" }),
    date.toLocaleDateString("en-US", { dateStyle: "medium", timeZone: "UTC" }),
  ];
};
const daysBetween = (first: string, last: string) =>
  fc
    .date({ min: new Date(first), max: new Date(last), noInvalidDate: true })
    .chain((date) => fc.constantFrom(...daysOf(date)).map((text) => ({ date, text })));
const days = daysBetween("1970-01-02", "2200-12-31");
const nearDays = daysBetween("2026-01-01", "2027-12-31");

describe("an entry", () => {
  it("with ordinary names and days passes, in either normal form", async () => {
    await fc.assert(
      fc.asyncProperty(names, days, normalForm, async (name, { text: date }, form) => {
        expect(await entered({ name: name.normalize(form), city: name.normalize(form), date })).toEqual({
          status: "pass",
        });
      }),
      { numRuns: 200 },
    );
  });

  it("that stands for nothing fails in any case, normal form and between any blanks", async () => {
    await fc.assert(
      fc.asyncProperty(
        placeholders,
        fc.boolean(),
        fc.constantFrom("", " ", "\n", "\u00a0"),
        normalForm,
        async (name, loud, blank, form) => {
          const written = `${blank}${(loud ? name.toUpperCase() : name).normalize(form)}${blank}`;
          expect(await entered({ name: written })).toMatchObject({ status: "fail" });
        },
      ),
      { numRuns: 200 },
    );
  });

  it("that is no day of the calendar fails", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1950, max: 2200 }),
        fc.constantFrom(
          [2, 30],
          [2, 31],
          [4, 31],
          [6, 31],
          [9, 31],
          [11, 31],
          [13, 1],
          [1, 32],
          [0, 5],
          [5, 0],
        ),
        fc.boolean(),
        async (year, [month, day], german) => {
          const date = german ? `${day}.${month}.${year}` : `${year}-${two(month ?? 0)}-${two(day ?? 0)}`;
          expect(await entered({ date })).toMatchObject({
            status: "fail",
            reason: expect.stringContaining("a day that does not exist"),
          });
        },
      ),
      { numRuns: 200 },
    );
  });

  it("of an amount fails beyond its usual range alone, however it is written", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 0, max: 2_000_000 }),
        fc.constantFrom(
          (value: number) => value.toFixed(2),
          (value: number) => value.toFixed(2).replace(".", ","),
          (value: number) => `EUR ${value.toLocaleString("en-GB", { minimumFractionDigits: 2 })}`,
          (value: number) => `${value.toLocaleString("de-DE", { minimumFractionDigits: 2 })} €`,
          (value: number) => value.toLocaleString("de-CH", { minimumFractionDigits: 2 }),
          (value: number) => value,
        ),
        async (cents, written) => {
          const verdict = await entered({ amount: written(cents / 100) });
          expect(verdict.status).toBe(cents >= 500 && cents <= 500_000 ? "pass" : "fail");
        },
      ),
      { numRuns: 300 },
    );
  });

  it("of two days fails where the later one comes first, however they are written", async () => {
    await fc.assert(
      fc.asyncProperty(nearDays, nearDays, async (ordered, delivered) => {
        const verdict = await entered({ ordered: ordered.text, delivered: delivered.text });
        const late = ordered.date.toISOString().slice(0, 10) <= delivered.date.toISOString().slice(0, 10);
        expect(verdict.status).toBe(late ? "pass" : "fail");
      }),
      { numRuns: 200 },
    );
  });
});
