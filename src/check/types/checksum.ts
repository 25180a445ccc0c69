import { z } from "zod";
import { fail } from "../../domain/verdict.js";
import { textOfJson } from "../../text/json-value.js";
import { quoted } from "../../text/shown.js";
import { defineCheckType, passing } from "../check-type.js";
import {
  germanTaxIdFault,
  gtinFault,
  isbnFault,
  leiFault,
  luhnFault,
  type NumberFault,
} from "../checksums.js";
import { seenIn } from "../subject.js";
import { vatCountries, vatFault } from "../vat-numbers.js";

const kinds = ["iban", "bic", "vat-eu", "luhn", "isbn", "gtin", "lei", "de-tax-id"] as const;
type Kind = (typeof kinds)[number];

const names: Readonly<Record<Kind, string>> = {
  iban: "an IBAN",
  bic: "a BIC",
  "vat-eu": "a VAT number of the EU",
  luhn: "a number with a Luhn digit",
  isbn: "an ISBN",
  gtin: "a GTIN",
  lei: "an LEI",
  "de-tax-id": "a German tax id",
};
const longest = 100;

/**
 * The value is well-formed and its check digits are right; blanks, hyphens and dots are left out. It does not say that
 * the account, company or article exists. A BIC has a form alone. ISO 13616 (IBAN), ISO 9362 (BIC).
 */
export const checksum = defineCheckType({
  type: "checksum",
  group: "numbers",
  says: "has right check digits",
  example: {
    settings: { on: "iban", kind: "iban" },
    good: '{"iban":"DE89 3704 0044 0532 0130 00"}',
    bad: '{"iban":"DE89 3704 0044 0532 0130 01"}',
  },
  settings: z.strictObject({
    kind: z
      .enum(kinds)
      .describe(
        "What the value is: `vat-eu` of the 27 member states and Northern Ireland (XI), `isbn` of 10 or 13 digits, `gtin` of 8, 12, 13 or 14",
      ),
    country: z
      .string()
      .regex(/^[A-Z]{2}$/, 'expected a code of two letters, such as "DE"')
      .optional()
      .describe(
        "For iban, bic and vat-eu: the country it must be of; a VAT number may then lack its letters",
      ),
  }),
  complaint: ({ kind, country }) => {
    if (country === undefined) return null;
    if (kind !== "iban" && kind !== "bic" && kind !== "vat-eu") return `country means nothing for ${kind}`;
    return kind === "vat-eu" && !vatCountries.includes(country.replace("GR", "EL"))
      ? `country "${country}" is not in the EU; possible are ${vatCountries.join(", ")}`
      : null;
  },
  prepare: async ({ kind, country }) => {
    // Greece is EL in VAT numbers and GR everywhere else
    const [other, greece] = kind === "vat-eu" ? ["GR", "EL"] : ["EL", "GR"];
    const faultOf = await faultFinder(kind, country === other ? greece : country);
    return (subject) => {
      const seen = seenIn(subject);
      if (typeof seen !== "string" && typeof seen !== "number") {
        return fail(`is ${quoted(seen)}, expected ${names[kind]}`);
      }
      const written = textOfJson(seen).trim();
      const fault =
        written.length > longest
          ? "is too long"
          : faultOf(written.replace(/[\s.\u2010-\u2013-]/gu, "").toUpperCase());
      return fault === null
        ? passing(() => `is ${quoted(seen)}, which is ${names[kind]}`)
        : fail(`is ${quoted(seen)}, which ${fault}; expected ${names[kind]}`);
    };
  },
});

async function faultFinder(kind: Kind, country: string | undefined): Promise<(text: string) => NumberFault> {
  switch (kind) {
    case "iban": {
      const { isValidIBAN, countrySpecs } = await import("ibantools");
      return (text) => {
        const spec = Object.hasOwn(countrySpecs, text.slice(0, 2))
          ? countrySpecs[text.slice(0, 2)]
          : undefined;
        if (spec === undefined || spec.chars === null) return "does not begin with a country that has IBANs";
        if (country !== undefined && text.slice(0, 2) !== country) return `is not of ${country}`;
        if (text.length !== spec.chars) return `has ${text.length} characters, not ${spec.chars}`;
        return isValidIBAN(text) ? null : "has wrong check digits";
      };
    }
    case "bic": {
      const { isValidBIC } = await import("ibantools");
      return (text) => {
        if (!isValidBIC(text)) return "does not have 8 or 11 characters with a country at the fifth";
        return country === undefined || text.slice(4, 6) === country ? null : `is not of ${country}`;
      };
    }
    case "vat-eu":
      return (text) => vatFault(text, country);
    case "luhn":
      return luhnFault;
    case "isbn":
      return isbnFault;
    case "gtin":
      return gtinFault;
    case "lei":
      return leiFault;
    case "de-tax-id":
      return germanTaxIdFault;
  }
}
