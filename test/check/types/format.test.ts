import { describe, expect, it } from "vitest";
import { alpha3ByAlpha2, countryAlpha3, currencyCodes, languageCodes } from "../../../src/check/iso-codes.js";
import { faultsOf, judge } from "../judge.js";

const at = (value: unknown) => JSON.stringify({ value });
const on = (format: string, more = {}) => ({ type: "format", on: "value", format, ...more });

describe("format", () => {
  it.each([
    ["date", "2024-02-29"],
    ["time", "23:59"],
    ["time", "08:15:30.250+01:00"],
    ["datetime", "2026-11-25T10:00:00Z"],
    ["datetime", "2026-11-25 10:00"],
    ["datetime", "2016-12-31T23:59:60Z"],
    ["datetime", "1990-12-31T15:59:60-08:00"],
    ["datetime", "2017-01-01T05:29:60+05:30"],
    ["datetime", "2026-11-25T10:00:00-00:00"],
    ["datetime", "2026-11-25T10:00:00+14:00"],
    ["datetime", "2026-11-25T10:00:00+23:59"],
    ["time", "23:59:60Z"],
    ["time", "00:59:60+01:00"],
    ["email", "orders+eu@mail.example.com"],
    ["email", "jürgen@müller.example.com"],
    ["uri", "urn:isbn:9780306406157"],
    ["web-address", "https://shop.example.com/a?b=1"],
    ["hostname", "shop.example.com"],
    ["ip", "2001:db8::1"],
    ["uuid", "0190163D-8694-7f2e-9b0f-4d2f2e5a9c11"],
    ["phone", "+43 1 58858-0"],
    ["phone", "0043 1 588580"],
    ["currency", "CHF"],
    ["country", "AT"],
    ["country-alpha3", "AUT"],
    ["language", "sl"],
    ["time-zone", "Europe/Vienna"],
    ["number", "-12.5"],
    ["integer", 12],
    ["integer", "12"],
    ["boolean", "true"],
    ["string", "a"],
    ["list", []],
    ["object", {}],
  ])("passes as %s: %j", async (format, value) => {
    expect(await judge(on(format), at(value))).toEqual({ status: "pass" });
  });

  it.each([
    ["date", "2026-02-30", 'is "2026-02-30", a date that does not exist'],
    ["date", "25.11.2026", 'is "25.11.2026", expected a date such as 2026-11-25'],
    ["date", "2026-11-25T10:00:00Z", 'is "2026-11-25T10:00:00Z", expected a date such as 2026-11-25'],
    ["time", "24:01", 'is "24:01", a time that does not exist'],
    ["datetime", "2026-02-29T10:00:00Z", 'is "2026-02-29T10:00:00Z", a datetime that does not exist'],
    ["datetime", "2026-02-09T10:61:00Z", 'is "2026-02-09T10:61:00Z", a datetime that does not exist'],
    ["datetime", "2026-11-25T23:59:60Z", 'is "2026-11-25T23:59:60Z", a datetime that does not exist'],
    [
      "datetime",
      "2016-12-31T23:59:60-08:00",
      'is "2016-12-31T23:59:60-08:00", a datetime that does not exist',
    ],
    ["datetime", "2016-12-31T23:59:61Z", 'is "2016-12-31T23:59:61Z", a datetime that does not exist'],
    [
      "datetime",
      "2016-12-31T15:59:60-07:00",
      'is "2016-12-31T15:59:60-07:00", a datetime that does not exist',
    ],
    [
      "datetime",
      "2026-11-25T10:00:00+24:00",
      'is "2026-11-25T10:00:00+24:00", a datetime that does not exist',
    ],
    [
      "datetime",
      "2026-11-25T10:00:00+10:60",
      'is "2026-11-25T10:00:00+10:60", a datetime that does not exist',
    ],
    ["time", "23:59:60+01:00", 'is "23:59:60+01:00", a time that does not exist'],
    ["email", "orders@example", 'is "orders@example", expected one e-mail address'],
    ["uri", "shop.example.com", 'is "shop.example.com", expected an absolute URI'],
    ["uuid", "0190163d", 'is "0190163d", expected a UUID'],
    ["currency", "Euro", 'is "Euro", expected a currency code of ISO 4217 such as EUR'],
    ["currency", "DEM", 'is "DEM", expected a currency code of ISO 4217 such as EUR'],
    ["country", "UK", 'is "UK", expected a country code of ISO 3166 such as DE'],
    ["country", "de", 'is "de", expected a country code of ISO 3166 such as DE (written "DE")'],
    ["language", "xx", 'is "xx", expected a language code of ISO 639-1 such as de'],
    ["time-zone", "Mars/Base", 'is "Mars/Base", expected a time zone such as Europe/Vienna'],
    ["integer", 1.5, "is 1.5, expected a whole number"],
    ["number", "12 EUR", 'is "12 EUR", expected a number'],
    ["boolean", "yes", 'is "yes", expected true or false'],
    ["string", [1], "is a JSON list ([1]), expected a text"],
    ["object", null, "is null, expected an object"],
  ])("fails as %s: %j", async (format, value, reason) => {
    expect(await judge(on(format), at(value))).toMatchObject({
      status: "fail",
      reason: `$.value ${reason}`,
    });
  });

  it.each([
    "two@at@example.com",
    ".a@example.com",
    "a..b@example.com",
    "a@-x.example.com",
    "a b@example.com",
  ])("fails as email: %s", async (value) => {
    expect(await judge(on("email"), at(value))).toMatchObject({ status: "fail" });
  });

  it.each(["12345", "+43 12", "call +43 1 588580 now", "+999 123456789"])(
    "fails as phone: %s",
    async (value) => {
      expect(await judge(on("phone"), at(value))).toMatchObject({ status: "fail" });
    },
  );

  it("reads a national number in its region", async () => {
    expect(await judge(on("phone", { region: "AT" }), at("01 588580"))).toEqual({ status: "pass" });
    expect(await judge(on("phone"), at("01 588580"))).toMatchObject({ status: "fail" });
  });

  it.each([
    ["date", ["dd.MM.yyyy"], "28.02.2026"],
    ["date", ["%d.%m.%Y"], "28.02.2026"],
    ["date", ["%-d %B %Y"], "3 March 2026"],
    ["date", ["iso", "dd/MM/yyyy"], "28/02/2026"],
    ["date", ["readable"], "3 Nov 2026"],
    ["date", ["readable"], "3. Mai 2026"],
    ["date", ["readable"], "1er août 2026"],
    ["date", ["readable"], "3 de septiembre de 2026"],
    ["date", ["readable"], "3 mrt. 2026"],
    ["time", ["%I:%M %p"], "02:30 PM"],
    ["datetime", ["%d.%m.%Y %H:%M"], "28.02.2026 14:00"],
    ["datetime", ["rfc3339"], "2026-11-25T10:00:00+01:00"],
    ["date", ["%D"], "11/28/26"],
    ["date", ["%F"], "2026-11-28"],
    ["date", ["%Y-%j"], "2026-007"],
    ["date", ["%Y-%j"], "2024-366"],
    ["date", ["%e.%-m.%y"], "3.4.26"],
    ["date", ["%A, %d %b %Y"], "Saturday, 28 Nov 2026"],
    ["time", ["%T"], "23:59:07"],
    ["time", ["%R"], "23:59"],
    ["time", ["%-H:%M:%S"], "7:05:09"],
    ["time", ["%-I:%M %p"], "2:30 PM"],
    ["datetime", ["%F %R %z"], "2026-11-28 14:00 +0100"],
  ])("passes as %s by %j: %s", async (format, patterns, value) => {
    expect(await judge(on(format, { patterns }), at(value))).toEqual({ status: "pass" });
  });

  it("reads month names of a language", async () => {
    const german = on("date", { patterns: ["d. MMMM yyyy"], locale: "de" });
    expect(await judge(german, at("3. März 2026"))).toEqual({ status: "pass" });
  });

  it.each([
    ["date", ["dd.MM.yyyy"], "30.02.2026", 'is "30.02.2026", a date that does not exist'],
    ["date", ["readable"], "3 Marble 2026", 'is "3 Marble 2026", expected date written as readable'],
    ["date", ["readable"], "31. Juni 2026", 'is "31. Juni 2026", a date that does not exist'],
    ["date", ["readable"], "31 June 2026", 'is "31 June 2026", a date that does not exist'],
    ["date", ["iso", "MM/dd/yyyy"], "soon", 'is "soon", expected date written as iso or MM/dd/yyyy'],
    ["date", ["%D"], "28/11/26", 'is "28/11/26", a date that does not exist'],
    ["date", ["%D"], "11/28/2026", 'is "11/28/2026", expected date written as %D'],
    ["date", ["dd.MM.yy"], "28.11.126", 'is "28.11.126", expected date written as dd.MM.yy'],
    ["date", ["%Y-%j"], "2026-366", 'is "2026-366", a date that does not exist'],
    ["date", ["%Y-%j"], "2026-7", 'is "2026-7", expected date written as %Y-%j'],
    ["date", ["%d.%m.%Y"], "3.4.2026", 'is "3.4.2026", expected date written as %d.%m.%Y'],
    ["time", ["%H:%M"], "7:05", 'is "7:05", expected time written as %H:%M'],
    [
      "datetime",
      ["rfc3339"],
      "2026-11-25T10:00",
      'is "2026-11-25T10:00", expected datetime written as rfc3339',
    ],
    ["time", ["rfc3339"], "10:00:00+0100", 'is "10:00:00+0100", expected time written as rfc3339'],
    ["time", ["rfc3339"], "10:00:00,5Z", 'is "10:00:00,5Z", expected time written as rfc3339'],
  ])("fails as %s by %j: %s", async (format, patterns, value, reason) => {
    expect(await judge(on(format, { patterns }), at(value))).toMatchObject({ reason: `$.value ${reason}` });
  });

  it("wants the JSON type itself when strict", async () => {
    expect(await judge(on("integer", { strict: true }), at("12"))).toMatchObject({ status: "fail" });
    expect(await judge(on("boolean", { strict: true }), at("true"))).toMatchObject({ status: "fail" });
  });

  it("takes codes in any case when asked", async () => {
    expect(await judge(on("currency", { ignoreCase: true }), at("eur"))).toEqual({ status: "pass" });
  });

  it("judges a whole text", async () => {
    expect(await judge({ type: "format", format: "date" }, "2026-11-25\n")).toEqual({ status: "pass" });
  });

  it.each([
    [["MM.yyyy"], 'pattern "MM.yyyy" does not say a whole date; write dd.MM.yyyy or %d.%m.%Y'],
    [["nonsense"], 'pattern "nonsense": n stands for nothing; write for example dd.MM.yyyy'],
    [["%Q"], 'pattern "%Q": %Q is not known'],
    [["foo"], 'pattern "foo": f stands for nothing'],
    [["D"], 'pattern "D": D stands for nothing'],
    [["dd. MMMM yyyy Uhr"], 'pattern "dd. MMMM yyyy Uhr": U stands for nothing'],
  ])("refuses the patterns %j", async (patterns, message) => {
    await expect(judge(on("date", { patterns }), at("x"))).rejects.toThrow(message);
  });

  it.each([
    ["uuid", { patterns: ["iso"] }, "patterns belong to date, time and datetime, not to uuid"],
    ["email", { locale: "de" }, "locale belongs to date, time and datetime, not to email"],
    ["date", { locale: "de" }, "locale means nothing without a pattern such as d. MMMM yyyy"],
    [
      "date",
      { locale: "de", patterns: ["iso"] },
      "locale means nothing without a pattern such as d. MMMM yyyy",
    ],
    ["email", { region: "AT" }, "region belongs to phone, not to email"],
    ["date", { strict: true }, "strict belongs to number, integer and boolean, not to date"],
    [
      "email",
      { ignoreCase: true },
      "ignoreCase belongs to currency, country, country-alpha3 and language, not to email",
    ],
  ])("refuses as %s what means nothing there: %j", (format, more, complaint) => {
    expect(faultsOf({ id: "a", ...on(format, more) })).toEqual([`: ${complaint}`]);
  });

  it.each([
    ["date", { locale: "de", patterns: ["iso", "d. MMMM yyyy"] }],
    ["phone", { region: "AT" }],
    ["integer", { strict: true }],
    ["language", { ignoreCase: true }],
    ["uuid", { ignoreCase: false, strict: false }],
  ])("takes as %s what means something there: %j", (format, more) => {
    expect(faultsOf({ id: "a", ...on(format, more) })).toEqual([]);
  });
});

describe("the code tables", () => {
  it("holds countries, languages and currencies that Intl can name", () => {
    const region = new Intl.DisplayNames("en", { type: "region", fallback: "none" });
    const tongue = new Intl.DisplayNames("en", { type: "language", fallback: "none" });
    expect([alpha3ByAlpha2.size, countryAlpha3.size, languageCodes.size]).toEqual([249, 249, 183]);
    expect([...alpha3ByAlpha2.keys()].filter((code) => region.of(code) === undefined)).toEqual([]);
    expect([...languageCodes].filter((code) => tongue.of(code) === undefined)).toEqual([]);
    const known = new Set(Intl.supportedValuesOf("currency"));
    // funds, metals and what older ICU versions do not list yet
    const unlisted = "BOV CHE CHW CLF COU MXV USN UYI UYW VED XAG XAU XCG XPD XPT XUA ZWG".split(" ");
    expect([...currencyCodes].filter((code) => !known.has(code) && !unlisted.includes(code))).toEqual([]);
  });
});
