import { isIP } from "node:net";
import { z } from "zod";
import { ConfigError } from "../../domain/errors.js";
import type { Json } from "../../domain/json.js";
import { fail } from "../../domain/verdict.js";
import { quoted, shown } from "../../text/shown.js";
import { defineCheckType, type Judged, passing } from "../check-type.js";
import { alpha3ByAlpha2, countryAlpha3, currencyCodes, languageCodes } from "../iso-codes.js";
import { seenIn } from "../subject.js";
import * as formats from "../value-formats.js";
import { ignoreCaseSetting } from "../wording-match.js";

/** Each format, and how a reason names it with an example. */
const names = {
  date: "a date such as 2026-11-25",
  time: "a time such as 14:30:00",
  datetime: "a date and time such as 2026-11-25T14:30:00Z",
  email: "one e-mail address",
  uri: "an absolute URI",
  "web-address": "a web address that begins with http:// or https://",
  hostname: "a host name such as shop.example.com",
  ip: "an IP address",
  uuid: "a UUID",
  phone: "a telephone number that exists in its numbering plan",
  currency: "a currency code of ISO 4217 such as EUR",
  country: "a country code of ISO 3166 such as DE",
  "country-alpha3": "a country code of ISO 3166 such as DEU",
  language: "a language code of ISO 639-1 such as de",
  "time-zone": "a time zone such as Europe/Vienna",
  number: "a number",
  integer: "a whole number",
  boolean: "true or false",
  string: "a text",
  list: "a list",
  object: "an object",
};

const formatNames = z.enum([
  ...([
    "date",
    "time",
    "datetime",
    "email",
    "uri",
    "web-address",
    "hostname",
    "ip",
    "uuid",
    "phone",
  ] as const),
  ...(["currency", "country", "country-alpha3", "language", "time-zone"] as const),
  ...(["number", "integer", "boolean", "string", "list", "object"] as const),
]) satisfies z.ZodType<keyof typeof names>;

const timeFormats: readonly string[] = ["date", "time", "datetime"];
const cased: readonly string[] = ["currency", "country", "country-alpha3", "language"];
/** Patterns that have a name of their own and hold no words of a language. */
const namedPatterns: ReadonlySet<string> = new Set(["iso", "rfc3339", "readable"]);

type FormatName = z.output<typeof formatNames>;

/** The value is a date, an address, a code or a plain type; days that do not exist are no dates. */
export const format = defineCheckType({
  type: "format",
  group: "shape",
  says: "is written as it should be",
  example: {
    settings: { on: "dueDate", format: "date", patterns: ["iso", "dd.MM.yyyy"] },
    good: '{"dueDate":"28.02.2026"}',
    bad: '{"dueDate":"30.02.2026"}',
  },
  settings: z.strictObject({
    format: formatNames.describe(
      "What the value is; codes are those of ISO 4217, ISO 3166-1 and ISO 639-1, telephone numbers those of libphonenumber's plans",
    ),
    patterns: z
      .array(z.string().min(1).max(100))
      .min(1)
      .max(20)
      .optional()
      .describe(
        "For `date`, `time` and `datetime`: `iso` (the default), `rfc3339` (seconds and offset required), `readable` (any day that is certain, such as 3 Nov 2026), or patterns such as `dd.MM.yyyy` or `%d.%m.%Y`; one must fit",
      ),
    locale: z
      .string()
      .min(2)
      .max(35)
      .optional()
      .describe("Language of month names in patterns; default: `en`"),
    region: z
      .string()
      .regex(/^[A-Z]{2}$/, 'expected a country code such as "AT"')
      .optional()
      .describe("For `phone`: the country of numbers without + in front; default: they fail"),
    strict: z
      .boolean()
      .default(false)
      .describe('For `number`, `integer`, `boolean`: refuses them as text, such as "12"'),
    ignoreCase: ignoreCaseSetting,
  }),
  complaint: ({ format: wanted, patterns, locale, region, strict, ignoreCase }) => {
    const misplaced = [
      { given: patterns !== undefined, says: "patterns belong", to: timeFormats },
      { given: locale !== undefined, says: "locale belongs", to: timeFormats },
      { given: region !== undefined, says: "region belongs", to: ["phone"] },
      { given: strict, says: "strict belongs", to: ["number", "integer", "boolean"] },
      { given: ignoreCase, says: "ignoreCase belongs", to: cased },
    ].find(({ given, to }) => given && !to.includes(wanted));
    if (misplaced !== undefined) return `${misplaced.says} to ${listed(misplaced.to)}, not to ${wanted}`;
    const named = patterns?.every((pattern) => namedPatterns.has(pattern)) ?? true;
    return locale !== undefined && named
      ? "locale means nothing without a pattern such as d. MMMM yyyy"
      : null;
  },
  prepare: async ({ format: wanted, patterns, locale = "en", region, strict, ignoreCase }) => {
    const expected = patterns === undefined ? names[wanted] : `${wanted} written as ${patterns.join(" or ")}`;
    if (isTimeFormat(wanted)) {
      const { prepareTimeFormat } = await import("../date-formats.js");
      const tryAs = prepareTimeFormat(wanted, patterns ?? ["iso"], checkedLocale(locale));
      return (subject) => {
        const seen = seenIn(subject);
        const fits = tryAs(seen);
        if (fits === "absent") return fail(`is ${quoted(seen)}, a ${wanted} that does not exist`);
        return fits === "fits"
          ? asExpected(seen, expected)
          : fail(`is ${described(seen)}, expected ${expected}`);
      };
    }
    const test = await tester(wanted, strict, region);
    const spelled = (seen: Json) => (typeof seen === "string" ? codeCase(wanted, seen) : seen);
    return (subject) => {
      const seen = seenIn(subject);
      const tried = ignoreCase ? spelled(seen) : seen;
      if (test(tried)) return asExpected(seen, expected);
      const hint = spelled(seen) !== seen && test(spelled(seen)) ? ` (written ${quoted(spelled(seen))})` : "";
      return fail(`is ${described(seen)}, expected ${expected}${hint}`);
    };
  },
});

function listed(names: readonly string[]): string {
  return names.length === 1 ? names.join() : `${names.slice(0, -1).join(", ")} and ${names.at(-1)}`;
}

function asExpected(seen: Json, expected: string): Judged {
  return passing(() => `is ${quoted(seen)}, expected anything but ${expected}`);
}

function isTimeFormat(name: FormatName): name is "date" | "time" | "datetime" {
  return name === "date" || name === "time" || name === "datetime";
}

async function tester(
  name: Exclude<FormatName, "date" | "time" | "datetime">,
  strict: boolean,
  region: string | undefined,
): Promise<(value: Json) => boolean> {
  const text = (test: (text: string) => boolean) => (value: Json) => typeof value === "string" && test(value);
  switch (name) {
    case "email":
      return text(formats.isEmail);
    case "uri":
      return text(formats.isUri);
    case "web-address":
      return text(formats.isWebAddress);
    case "hostname":
      return text(formats.isHostname);
    case "ip":
      return text((one) => one.length <= 45 && isIP(one) > 0);
    case "uuid":
      return text(formats.isUuid);
    case "phone": {
      const { isPhoneNumber } = await import("../phone-numbers.js");
      return (value) => isPhoneNumber(typeof value === "number" ? String(value) : value, region);
    }
    case "currency":
      return text((code) => currencyCodes.has(code));
    case "country":
      return text((code) => alpha3ByAlpha2.has(code));
    case "country-alpha3":
      return text((code) => countryAlpha3.has(code));
    case "language":
      return text((code) => languageCodes.has(code));
    case "time-zone":
      return text(isTimeZone);
    case "number":
      return (value) => formats.isNumber(value, strict);
    case "integer":
      return (value) => formats.isInteger(value, strict);
    case "boolean":
      return (value) => formats.isBoolean(value, strict);
    case "string":
    case "list":
    case "object":
      return (value) => formats.jsonType(value) === name;
  }
}

function isTimeZone(name: string): boolean {
  if (name.length > 60) return false;
  try {
    new Intl.DateTimeFormat("en", { timeZone: name });
    return true;
  } catch {
    // Intl has no other way to ask
    return false;
  }
}

function codeCase(name: FormatName, text: string): string {
  if (name === "currency" || name === "country" || name === "country-alpha3")
    return text.trim().toUpperCase();
  return name === "language" ? text.trim().toLowerCase() : text;
}

function described(seen: Json): string {
  const type = formats.jsonType(seen);
  return type === "list" || type === "object" ? `a JSON ${type} (${shown(quoted(seen, 40))})` : quoted(seen);
}

function checkedLocale(locale: string): string {
  try {
    return new Intl.Locale(locale).toString();
  } catch (thrown) {
    throw new ConfigError("format", `locale "${locale}" is none; write for example de or en-GB`, {
      cause: thrown,
    });
  }
}
