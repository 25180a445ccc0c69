import { describe, expect, it } from "vitest";
import { countriesOfCurrency, countriesWithCurrency } from "../../../src/check/country-facts.js";
import { alpha3ByAlpha2, currencyCodes } from "../../../src/check/iso-codes.js";
import { faultsOf, judge } from "../judge.js";

const declared = {
  type: "consistency",
  country: "country",
  vatNumber: "vat",
  iban: "iban",
  phone: "phone",
  currency: "currency",
};

describe("consistency", () => {
  it.each([
    ["codes", { country: "AT", vat: "ATU12345675", currency: "EUR" }],
    ["a name in German", { country: "Österreich", iban: "AT61 1904 3002 3457 3201" }],
    ["three letters", { country: "DEU", phone: "+49 30 123456" }],
    [
      "Greece, whose prefix is EL",
      { country: "GR", vat: "EL123456789", iban: "GR1601101250000000012300695" },
    ],
    ["Greece as the EU writes it", { country: "EL", vat: "EL123456789", currency: "EUR" }],
    ["Northern Ireland", { country: "United Kingdom", vat: "XI 123456789", currency: "GBP" }],
    ["a French account overseas", { country: "RE", iban: "FR1420041010050500013M02606", currency: "EUR" }],
    [
      "Liechtenstein, which uses the franc and Swiss VAT",
      { country: "LI", vat: "CHE-123.456.788", currency: "CHF" },
    ],
    ["a number of +1 for Canada", { country: "CA", phone: "+1 604 555 0100" }],
    ["a national number beside the rest", { country: "AT", phone: "01 588580", currency: "EUR" }],
    ["an account alone with a VAT number", { vat: "DE123456788", iban: "DE89370400440532013000" }],
  ])("passes %s", async (_name, fields) => {
    expect(await judge(declared, JSON.stringify(fields))).toEqual({ status: "pass" });
  });

  it.each([
    [
      { country: "AT", vat: "DE123456788" },
      'the country "AT", but the VAT number "DE123456788" belongs to DE',
    ],
    [
      { country: "Germany", currency: "CHF" },
      'the country "Germany" belongs to DE, but the currency "CHF" belongs to CH or LI',
    ],
    [
      { country: "CH", currency: "EUR" },
      'the country "CH", but the currency "EUR" belongs to one of 37 countries',
    ],
    [
      { country: "AT", iban: "DE89370400440532013000" },
      'the country "AT", but the IBAN "[iban]" belongs to DE',
    ],
    [
      { country: "EL", vat: "DE123456788" },
      'the country "EL" belongs to GR, but the VAT number "DE123456788" belongs to DE',
    ],
    [
      { country: "AT", vat: "GR123456789" },
      'the country "AT", but the VAT number "GR123456789" belongs to GR',
    ],
    [
      { country: "AT", phone: "+49 30 123456" },
      'the country "AT", but the telephone number "[phone]" belongs to DE',
    ],
    [
      { vat: "ATU12345675", currency: "USD" },
      'the VAT number "ATU12345675" belongs to AT, but the currency "USD" belongs to one of 19 countries',
    ],
  ])("fails %j", async (fields, reason) => {
    expect(await judge(declared, JSON.stringify(fields))).toMatchObject({ status: "fail", reason });
  });

  it.each([
    ["one field only", '{"country":"AT"}'],
    ["values that tell nothing", '{"country":"Atlantis","vat":"12345678","currency":null}'],
    ["text", "Austria, EUR"],
  ])("skips %s", async (_name, text) => {
    expect(await judge(declared, text)).toMatchObject({ status: "skipped" });
  });

  it("judges each item of a list by itself", async () => {
    const text = '{"suppliers":[{"country":"AT","currency":"EUR"},{"country":"PL","currency":"EUR"}]}';
    expect(await judge({ ...declared, on: "suppliers[*]" }, text)).toMatchObject({
      reason: expect.stringMatching(/^\$\.suppliers\[1\] the country "PL", but the currency "EUR" belongs/),
    });
  });

  it("needs two fields", () => {
    expect(faultsOf({ id: "a", type: "consistency", country: "c" })).toEqual([
      ": consistency needs two fields or more that should agree",
    ]);
  });

  it("has a currency for every country but Antarctica, and only codes of ISO", () => {
    const covered = countriesWithCurrency();
    expect([...alpha3ByAlpha2.keys()].filter((code) => !covered.has(code))).toEqual(["AQ"]);
    expect([...covered].filter((code) => !alpha3ByAlpha2.has(code))).toEqual(["XK"]);
    const used = [...currencyCodes].filter((code) => countriesOfCurrency(code).length > 0);
    expect(used.length).toBeGreaterThan(150);
    expect([...currencyCodes].filter((code) => countriesOfCurrency(code).length === 0).sort()).toEqual(
      "BOV CHE CHW CLF COU MXV USN UYI UYW VED XAG XAU XDR XPD XPT XSU XUA".split(" "),
    );
  });
});
