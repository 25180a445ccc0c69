import { z } from "zod";
import { ConfigError } from "../../domain/errors.js";
import { quoted } from "../../text/shown.js";
import { defineCheckType } from "../check-type.js";
import { allowing } from "../safety/allowed.js";
import { compileWhere, whereSettings } from "../safety/looked.js";
import type { nationalIds } from "../safety/national-ids.js";
import { findPersonalData, personalKinds } from "../safety/personal-data.js";
import { judgeTexts } from "../safety/sighting.js";
import { patternSetting, wording } from "../setting-kinds.js";

const countries = z.enum([
  "at",
  "be",
  "ch",
  "de",
  "es",
  "fr",
  "gb",
  "it",
  "nl",
  "pl",
  "se",
  "us",
]) satisfies z.ZodType<keyof typeof nationalIds>;

/**
 * No personal data of the kinds that have a form: structure and check digits tell them from order numbers. Names, street
 * addresses and health have no such form and are not found; nor is a number written in words or in a picture. National
 * numbers whose digits prove little (de, nl, pl, at) count only beside a word that names them. The reason shows kind,
 * place and at most the last four characters.
 */
export const pii = defineCheckType({
  type: "pii",
  group: "safety",
  says: "shows no personal data",
  example: {
    settings: { allowDomains: ["harbour.example.com"] },
    good: "We have sent order 4711-2291-8832 today. Questions: service@harbour.example.com",
    bad: "We refunded the card 4111 1111 1111 1111 of l.hofer@example.com.",
  },
  settings: z.strictObject({
    ...whereSettings,
    kinds: z
      .array(z.enum(personalKinds))
      .min(1)
      .default([...personalKinds])
      .describe("What to look for; names and postal addresses have no form a pattern could find"),
    countries: z
      .array(countries)
      .default([...countries.options])
      .describe("National numbers of these countries"),
    phoneCountry: z
      .string()
      .regex(/^[A-Z]{2}$/, 'expected a country code in capitals, such as "DE"')
      .optional()
      .describe(
        "Country of telephone numbers written without country code; without it only numbers that tell their country, or follow a word such as `phone`, are found",
      ),
    allow: z
      .array(wording)
      .max(1_000)
      .default([])
      .describe("Values that may be shown, such as your own IBAN; blanks, hyphens and case do not matter"),
    allowDomains: z
      .array(z.string().regex(/^[^@\s]+\.[^@\s.]+$/, 'expected a domain, such as "harbour.example.com"'))
      .max(1_000)
      .default([])
      .describe("E-mail addresses at these domains and below may be shown"),
    allowPatterns: z
      .array(patternSetting)
      .max(50)
      .default([])
      .describe("Values that match one of these patterns may be shown; write ^ and $"),
  }),
  prepare: async ({ kinds, countries, phoneCountry, ...rest }) => {
    const country = await countryOf(phoneCountry);
    const where = compileWhere(rest);
    const isAllowed = allowing(rest);
    const search = { kinds, countries, phoneCountry: country };
    return (subject) =>
      judgeTexts(
        subject,
        where,
        async (looked) =>
          (await findPersonalData(looked, search)).filter(
            ({ start, end }) => !isAllowed(looked.text.slice(start, end)),
          ),
        { expected: "no personal data", masked: true },
      );
  },
});

async function countryOf(code: string | undefined) {
  if (code === undefined) return undefined;
  const { isSupportedCountry } = await import("libphonenumber-js/min");
  if (isSupportedCountry(code)) return code;
  throw new ConfigError(
    "phone-country",
    `phoneCountry: ${quoted(code)} is no country with telephone numbers; write for example "DE"`,
  );
}
