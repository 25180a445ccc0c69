import { z } from "zod";
import type { Json } from "../../domain/json.js";
import { fail, skipped } from "../../domain/verdict.js";
import { compilePath } from "../../text/json-path.js";
import { whyNoFields } from "../../text/parse-json.js";
import { pathSetting } from "../../text/setting-types.js";
import { quoted } from "../../text/shown.js";
import { defineCheckType, passing } from "../check-type.js";
import { countriesOfCurrency, countriesOfIban, countriesOfVat, countryNames } from "../country-facts.js";

const kinds = ["country", "vatNumber", "iban", "phone", "currency"] as const;

type Kind = (typeof kinds)[number];

/** What a reason calls each. */
const labels: Readonly<Record<Kind, string>> = {
  country: "the country",
  vatNumber: "the VAT number",
  iban: "the IBAN",
  phone: "the telephone number",
  currency: "the currency",
};

/**
 * Fields that speak of one country agree: its code or name, VAT prefix, IBAN, telephone prefix, currency. Any two may
 * be named. A field that is absent or tells no country (a national telephone number) is left out. A foreign account or
 * currency is legal and often right, so this belongs on streams where it is rare; numbers are not validated here, see
 * `checksum`.
 */
export const consistency = defineCheckType({
  type: "consistency",
  group: "numbers",
  says: "has fields that agree on the country",
  example: {
    settings: { country: "country", vatNumber: "vatId", iban: "iban" },
    good: '{"country":"Austria","vatId":"ATU12345675","iban":"AT61 1904 3002 3457 3201"}',
    bad: '{"country":"Austria","vatId":"DE123456788","iban":"AT61 1904 3002 3457 3201"}',
  },
  settings: z.strictObject({
    country: pathSetting
      .optional()
      .describe("Where the country stands: ISO code, or its name in en, de, fr, es, it, nl, pt or pl"),
    vatNumber: pathSetting.optional().describe("Where the VAT number stands, with its prefix"),
    iban: pathSetting.optional().describe("Where the IBAN stands"),
    phone: pathSetting.optional().describe("Where the telephone number stands, with + or 00 and its prefix"),
    currency: pathSetting.optional().describe("Where the currency stands, ISO 4217"),
  }),
  complaint: (settings) =>
    kinds.filter((kind) => settings[kind] !== undefined).length < 2
      ? "consistency needs two fields or more that should agree"
      : null,
  prepare: async (settings) => {
    const readers = await readersOf(settings.country !== undefined, settings.phone !== undefined);
    const paths = kinds.flatMap((kind) => {
      const path = settings[kind];
      return path === undefined ? [] : [{ kind, path: compilePath(path) }];
    });
    return ({ fields, text }) => {
      if (fields === undefined) return skipped(`the output ${whyNoFields(text)}`);
      const told = paths.flatMap(({ kind, path }) =>
        path.select(fields).flatMap(({ value }) => {
          const countries = readers[kind](value);
          return countries.length === 0 ? [] : [{ kind, value, countries }];
        }),
      );
      const first = told[0];
      if (first === undefined || told.length < 2)
        return skipped("fewer than two of the fields tell a country");
      for (const [index, one] of told.entries()) {
        const other = told
          .slice(0, index)
          .find(({ countries }) => !countries.some((c) => one.countries.includes(c)));
        if (other !== undefined) return fail(`${named(other)}, but ${named(one)}`);
      }
      return passing(() => `${named(first)}, and the other fields agree`);
    };
  },
});

interface Told {
  readonly kind: Kind;
  readonly value: Json;
  readonly countries: readonly string[];
}

function named({ kind, value, countries }: Told): string {
  const few = countries.length > 3 ? `one of ${countries.length} countries` : countries.join(" or ");
  const said = `${labels[kind]} ${quoted(value, 40)}`;
  return kind === "country" && value === few ? said : `${said} belongs to ${few}`;
}

type Reader = (value: Json) => readonly string[];

async function readersOf(withNames: boolean, withPhones: boolean): Promise<Readonly<Record<Kind, Reader>>> {
  const names = withNames ? countryNames() : new Map<string, string>();
  const phones = withPhones ? (await import("../phone-numbers.js")).countriesOfPhone : () => [];
  const text = (read: (text: string) => readonly string[]) => (value: Json) =>
    typeof value === "string" ? read(value) : [];
  return {
    country: text((name) => {
      const code = names.get(name.trim().slice(0, 100).toUpperCase());
      return code === undefined ? [] : [code];
    }),
    vatNumber: text(countriesOfVat),
    iban: text(countriesOfIban),
    phone: (value) => phones(value),
    currency: text((code) => countriesOfCurrency(code.trim().toUpperCase())),
  };
}
