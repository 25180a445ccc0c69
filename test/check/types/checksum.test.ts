import { describe, expect, it } from "vitest";
import { vatCountries } from "../../../src/check/vat-numbers.js";
import { anOutput, faultsOf, judge } from "../judge.js";

const check = (kind: string, text: string, more: Readonly<Record<string, unknown>> = {}) =>
  judge({ type: "checksum", kind, ...more }, anOutput(text));

/** Published examples, by the authority or in the documentation of its rule. */
const valid: readonly (readonly [string, string])[] = [
  ["iban", "GB82 WEST 1234 5698 7654 32"],
  ["iban", "de89370400440532013000"],
  ["iban", "FR14 2004 1010 0505 0001 3M02 606"],
  ["bic", "DEUTDEFF"],
  ["bic", "DEUTDEFF500"],
  ["luhn", "79927398713"],
  ["luhn", "4111 1111 1111 1111"],
  ["isbn", "0-306-40615-2"],
  ["isbn", "0-8044-2957-X"],
  ["isbn", "978-0-306-40615-7"],
  ["gtin", "4006381333931"],
  ["gtin", "96385074"],
  ["gtin", "036000291452"],
  ["gtin", "10012345678902"],
  ["lei", "529900T8BM49AURSDO55"],
  ["de-tax-id", "86095742719"],
  ["de-tax-id", "11213456783"],
  ["vat-eu", "ATU13585627"],
  ["vat-eu", "BE0428759497"],
  ["vat-eu", "BG175074752"],
  ["vat-eu", "CY10259033P"],
  ["vat-eu", "CZ25123891"],
  ["vat-eu", "DE136695976"],
  ["vat-eu", "DK13585628"],
  ["vat-eu", "EE100931558"],
  ["vat-eu", "EL094259216"],
  ["vat-eu", "GR 094259216"],
  ["vat-eu", "ES54362315K"],
  ["vat-eu", "ESX2482300W"],
  ["vat-eu", "ESJ99216582"],
  ["vat-eu", "FI20774740"],
  ["vat-eu", "FR40303265045"],
  ["vat-eu", "HR33392005961"],
  ["vat-eu", "HU12892312"],
  ["vat-eu", "IE6433435F"],
  ["vat-eu", "IE6433435OA"],
  ["vat-eu", "IE8D79739I"],
  ["vat-eu", "IT00743110157"],
  ["vat-eu", "LT119511515"],
  ["vat-eu", "LT100001919017"],
  // the first weights leave ten: the second decide
  ["vat-eu", "LT102032083"],
  ["vat-eu", "LT102033200"],
  ["vat-eu", "LT100002003079"],
  ["vat-eu", "LT100002009930"],
  ["vat-eu", "LU15027442"],
  ["vat-eu", "LV40003521600"],
  ["vat-eu", "MT11679112"],
  ["vat-eu", "NL004495445B01"],
  ["vat-eu", "PL8567346215"],
  ["vat-eu", "PT501964843"],
  ["vat-eu", "RO18547290"],
  ["vat-eu", "SE123456789701"],
  ["vat-eu", "SI50223054"],
  ["vat-eu", "SK2022749619"],
  ["vat-eu", "XI980780684"],
  ["vat-eu", "XI980780629"],
  ["vat-eu", "XI980780684001"],
  ["vat-eu", "XIGD499"],
  ["vat-eu", "XIHA500"],
];

describe("checksum", () => {
  it.each(valid)("knows %s %s", async (kind, text) => {
    expect(await check(kind, text)).toEqual({ status: "pass" });
  });

  it("has an example for every country", () => {
    const tried = new Set(valid.filter(([kind]) => kind === "vat-eu").map(([, text]) => text.slice(0, 2)));
    expect(vatCountries.filter((country) => !tried.has(country))).toEqual([]);
    expect(vatCountries).toHaveLength(28);
  });

  it.each([
    ["iban", "XX82WEST12345698765432", "does not begin with a country that has IBANs"],
    ["iban", "GB82WEST1234", "has 12 characters, not 22"],
    ["luhn", "12a", "is not digits alone"],
    ["luhn", "0", "does not have 2 to 64 digits"],
    ["luhn", "0".repeat(65), "does not have 2 to 64 digits"],
    ["isbn", "123", "does not have 10 or 13 digits"],
    ["isbn", "4006381333931", "does not begin with 978 or 979"],
    ["gtin", "123456789", "does not have 8, 12, 13 or 14 digits"],
    ["vat-eu", "US123456789", "does not begin with a country of the EU or XI"],
    ["vat-eu", "DE12345", "is not DE and then 9 digits"],
    ["vat-eu", "DE136695977", "has wrong check digits"],
    ["vat-eu", "LT119511516", "has wrong check digits"],
    ["vat-eu", "LT100001919018", "has wrong check digits"],
    ["vat-eu", "LT102032084", "has wrong check digits"],
    ["vat-eu", "LT100002003070", "has wrong check digits"],
    ["vat-eu", "LT1195115150", "is not LT and then 9 or 12 digits"],
    ["vat-eu", "XI980780685", "has wrong check digits"],
    ["vat-eu", "XI980780683", "has wrong check digits"],
    ["vat-eu", "XI980780628", "has wrong check digits"],
    ["vat-eu", "XI990780684", "has wrong check digits"],
    ["vat-eu", "XI980780684A01", "is not XI and then 9 or 12 digits"],
    ["vat-eu", "XIGD500", "is not XI and then 9 or 12 digits"],
    ["vat-eu", "XIHA499", "is not XI and then 9 or 12 digits"],
    ["de-tax-id", "12345678901", "does not repeat exactly one digit among its first ten"],
    ["de-tax-id", "11123456786", "has the same digit three times in a row"],
    ["bic", "DEUT1", "does not have 8 or 11 characters with a country at the fifth"],
  ])("says of %s %s that it %s", async (kind, text, fault) => {
    const verdict = await check(kind, text);
    expect(verdict.status).toBe("fail");
    expect(verdict.reason).toContain(`which ${fault}; expected a`);
  });

  it.each([
    ["vat-eu", "136695976", "DE", "pass"],
    ["vat-eu", "DE136695976", "DE", "pass"],
    ["vat-eu", "094259216", "GR", "pass"],
    ["vat-eu", "GR094259216", "EL", "pass"],
    ["iban", "GR1601101250000000012300695", "EL", "pass"],
    ["vat-eu", "ATU13585627", "DE", "fail"],
    ["iban", "GB82WEST12345698765432", "DE", "fail"],
    ["bic", "DEUTDEFF", "FR", "fail"],
  ])("for %s holds %s to %s: %s", async (kind, text, country, status) => {
    expect((await check(kind, text, { country })).status).toBe(status);
  });

  // the others have no check digit, or two schemes of which the changed number may satisfy the other (GB and XI: 97 and 97-55)
  const detecting = valid.filter(
    ([kind, text]) =>
      kind !== "bic" &&
      !/^(?:NL|EL|GR|PT|SI|BG|LT|RO|CZ|FR4|LV|CY|IE|ESX|ES5|XI)/.test(kind === "vat-eu" ? text : ""),
  );
  it("notices any one digit that was changed", async () => {
    const missed: string[] = [];
    for (const [kind, text] of detecting) {
      for (const { 0: digit, index } of text.matchAll(/\d/g)) {
        for (let by = 1; by <= 9; by += 1) {
          const wrong = text.slice(0, index) + String((Number(digit) + by) % 10) + text.slice(index + 1);
          if ((await check(kind, wrong)).status !== "fail") missed.push(`${kind} ${wrong} for ${text}`);
        }
      }
    }
    expect(missed).toEqual([]);
  });

  it("judges numbers of JSON, and no lists", async () => {
    expect(await check("gtin", '{"ean":4006381333931}', { on: "ean" })).toEqual({ status: "pass" });
    expect(await check("gtin", '{"ean":[1]}', { on: "ean" })).toMatchObject({
      reason: "$.ean is [1], expected a GTIN",
    });
  });

  it("refuses a country that means nothing", () => {
    expect(faultsOf({ id: "a", type: "checksum", kind: "isbn", country: "DE" })).toEqual([
      ": country means nothing for isbn",
    ]);
    expect(faultsOf({ id: "a", type: "checksum", kind: "vat-eu", country: "US" })[0]).toContain(
      '"US" is not in the EU',
    );
  });
});
