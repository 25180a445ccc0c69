import { describe, expect, it } from "vitest";
import { dayIn } from "../../src/check/calendar-day.js";
import { prepareTimeFormat } from "../../src/check/date-formats.js";
import { standsIn } from "../../src/check/judging/quotes.js";
import { numberIn } from "../../src/check/numbers.js";
import { plainWording, refusalIn, refusalPhrases } from "../../src/check/refusal-phrases.js";
import { findBeacons } from "../../src/check/safety/beacons.js";
import { findEncoded } from "../../src/check/safety/encoded.js";
import { enteredAmounts, enteredDay } from "../../src/check/safety/entered.js";
import { entryFault, fieldRoles } from "../../src/check/safety/field-entry.js";
import { misuseRequests } from "../../src/check/safety/misuse-phrases.js";
import { findAsked, findOverrides } from "../../src/check/safety/overrides.js";
import { findSpoofing } from "../../src/check/safety/spoofing.js";
import { prepareFormatOf } from "../../src/check/suggest/text-format.js";
import { isEmail, isHostname, isUri, isWebAddress } from "../../src/check/value-formats.js";
import { findCardNumbers } from "../../src/text/card-numbers.js";
import { findEmails, findPhones } from "../../src/text/contacts.js";
import { currenciesIn } from "../../src/text/currency-tokens.js";
import { datesIn } from "../../src/text/date-readings.js";
import { promisesIn, setsTimeLimit } from "../../src/text/deadlines.js";
import { findJson } from "../../src/text/find-json.js";
import { findIbans } from "../../src/text/ibans.js";
import { idsIn, squashText } from "../../src/text/id-tokens.js";
import { hostNamed, linksIn } from "../../src/text/links.js";
import { isFieldLike, namesInField, namesInText, plainNamesInField } from "../../src/text/name-tokens.js";
import { numbersIn } from "../../src/text/number-readings.js";
import { numberWordsIn } from "../../src/text/number-words.js";
import { parseStructured } from "../../src/text/parse-json.js";
import { internationalPhonesIn, phoneReading } from "../../src/text/phone-readings.js";
import { redactText } from "../../src/text/redact.js";
import { findSecrets } from "../../src/text/secrets.js";
import { shown } from "../../src/text/shown.js";
import { timesIn } from "../../src/text/time-readings.js";
import { wordsAndMarksIn } from "../../src/text/words.js";
import { cpuMs } from "./cpu-ms.js";

const formatOf = await prepareFormatOf();

/** What reads texts from outside with expressions of its own. */
const detectors: Readonly<Record<string, (text: string) => unknown>> = {
  ...Object.fromEntries(
    fieldRoles.map((role) => [`entry for ${role}`, (text: string) => entryFault(role, text, 20_261_117)]),
  ),
  dayIn,
  enteredDay,
  enteredAmounts,
  numberIn,
  "times and dates": (text) => {
    const formats = ["date", "time", "datetime"] as const;
    return formats.map((format) => prepareTimeFormat(format, ["rfc3339", "iso"], "en")(text));
  },
  "suggested format": (text) => formatOf(Array.from({ length: 20 }, () => text)),
  standsIn: (text) => standsIn(text, text),
  refusal: (text) => refusalIn(plainWording(text), refusalPhrases),
  beacons: (text) => findBeacons(text, []),
  encoded: findEncoded,
  overrides: findOverrides,
  misuse: (text) => findAsked(text, misuseRequests, (kind) => kind),
  spoofing: (text) => findSpoofing({ text, label: "", place: "", from: "output" }),
  formats: (text) => [isEmail, isHostname, isUri, isWebAddress].map((fits) => fits(text)),
  findCardNumbers,
  findEmails,
  findPhones,
  findIbans,
  findSecrets,
  currenciesIn,
  datesIn,
  promisesIn,
  setsTimeLimit,
  findJson,
  idsIn,
  squashText,
  hostNamed,
  linksIn,
  isFieldLike,
  namesInField,
  namesInText,
  plainNamesInField,
  numbersIn,
  numberWordsIn,
  parseStructured,
  internationalPhonesIn,
  phoneReading,
  redactText,
  shown,
  timesIn,
  wordsAndMarksIn,
};

/** What the expressions look for more than once, in single signs and in words. */
const parts = [
  ..."1a.,-_ @/:;'\"([{<#*=&%$+\n\té—",
  ...["A ", "Aa ", "aa ", "aaa", "a.", "a@", "_.", "@a.", "1.", "1,", "1 ", " 1", "1-", "-1", "12.", "1 2"],
  ...["test ", "test1", "test 1", " test", "bla", " bla", "asdf ", "foo", "email ", "postal ", "the ", "my "],
  ...["unser ", "ignore ", "system: ", "3 May ", "mai ", "+4", "00", "AT", "AT61 ", "EUR ", "1 EUR ", "10:"],
  ...["http://", "a/", "?a=", "&a=1", "<a ", "![a](", "[a]:", "url(", "<!--", "```", "\\u", "sk-", "bearer "],
  ...["von ", "Mr. ", "A-", "A'", "Dr ", "twenty ", "-and-", "one ", "within ", '"a":', "{a", "{{"],
];
const endings = ["!", "x", "1", "\u0000"];
/** Short repeats show what doubles with every further one; long ones, what grows with the square. */
const tried = [
  { length: 60, endings, leads: ["", "test "] },
  { length: 15_000, endings: ["!", "1"], leads: [""] },
];
const limitMs = 500;

describe("a repeated part that ends in another way", () => {
  it.each(Object.entries(detectors))(
    "is read in time by %s",
    (_name, read) => {
      const slow: string[] = [];
      for (const part of parts) {
        for (const { length, endings, leads } of tried) {
          for (const ending of endings) {
            for (const lead of leads) {
              const text = lead + part.repeat(Math.ceil(length / part.length)) + ending;
              const before = cpuMs();
              read(text);
              if (cpuMs() - before > limitMs) slow.push(JSON.stringify([lead, part, ending, length]));
            }
          }
        }
      }
      expect(slow).toEqual([]);
    },
    120_000,
  );
});
