import { describe, expect, it } from "vitest";
import { nationalIds } from "../../../src/check/safety/national-ids.js";
import { judge } from "../judge.js";

type Country = keyof typeof nationalIds;

/** Made up, with check digits worked out apart from the code under test; nobody's. */
const valid: readonly (readonly [Country, string])[] = [
  ["de", "IdNr 86 095 742 719"],
  ["de", "Steuerliche Identifikation 12131456787"],
  ["fr", "2 55 12 14 168 025 05"],
  ["fr", "2 55 20 14 168 025 36"],
  ["fr", "2 55 42 14 168 025 97"],
  ["fr", "2 55 50 14 168 025 31"],
  ["fr", "2 55 08 2A 168 025 97"],
  ["fr", "255082B16802527"],
  ["fr", "7 55 08 14 168 025 79"],
  ["es", "12345678-Z"],
  ["es", "X-1234567-L"],
  ["es", "Y1234567X"],
  ["es", "z1234567r"],
  ["it", "RSSMRA85T10A562S"],
  ["it", "RSSMRAURTMLARSNL"],
  ["it", "WXYZKJ85T10A562N"],
  ["it", "UVNOPQ85T10A562Y"],
  ["nl", "sofinummer 1112.22.333"],
  ["pl", "PESEL 44251401355"],
  ["pl", "PESEL 00222901352"],
  ["gb", "AB123456A"],
  ["gb", "JG 10 37 59 D"],
  ["us", "899-01-0001"],
  ["us", "001-99-9999"],
  ["ch", "7569217076985"],
  ["at", "SV-Nr. 1236-311280"],
  ["at", "Sozialversicherung 1238 011580"],
  ["be", "85.07.30-033.28"],
  ["be", "05.07.30-033.26"],
  ["be", "INSZ 05073003326"],
  ["se", "811278-9873"],
  ["se", "19811218-9876"],
  ["se", "811218+9876"],
  ["se", "811291-9876"],
  ["se", "800229-9876"],
  ["se", "000229-9873"],
];

const invalid: readonly (readonly [Country, string, string])[] = [
  ["de", "another check digit", "IdNr 86 095 742 718"],
  ["de", "two digits that are repeated", "IdNr 11223456785"],
  ["de", "one digit three times in a row", "IdNr 11123456786"],
  ["de", "no digit that is repeated", "IdNr 12345678903"],
  ["fr", "a month 13", "2 55 13 14 168 025 21"],
  ["fr", "a month 19", "2 55 19 14 168 025 20"],
  ["fr", "a month 43", "2 55 43 14 168 025 16"],
  ["fr", "a month 49", "2 55 49 14 168 025 15"],
  ["fr", "a month 00", "2 55 00 14 168 025 07"],
  ["fr", "a sex that is not given", "5 55 08 14 168 025 82"],
  ["fr", "the key of Haute-Corse in Corse-du-Sud", "2 55 08 2A 168 025 27"],
  ["es", "the letter of another first letter", "Y1234567L"],
  ["it", "letters that changed places", "RSSRMA85T10A562S"],
  ["it", "a month that has no letter", "RSSMRA85F10A562S"],
  ["nl", "zeros alone", "BSN 000000000"],
  ["pl", "a month 13", "PESEL 44131401350"],
  ["pl", "a day 32", "PESEL 44053201353"],
  ["pl", "30 February", "PESEL 44023001356"],
  ["pl", "29 February of a year that had none", "PESEL 01222901359"],
  ["pl", "a month 00", "PESEL 44001401354"],
  ...["BG", "GB", "NK", "KN", "TN", "NT", "ZZ"].map(
    (prefix) => ["gb", `the prefix ${prefix}`, `${prefix} 12 34 56 C`] as const,
  ),
  ["gb", "a suffix E", "AB 12 34 56 E"],
  ["gb", "a second letter O", "AO 12 34 56 C"],
  ["us", "area 000", "000-55-5462"],
  ["us", "area 666", "666-55-5462"],
  ["us", "area 900", "900-55-5462"],
  ["us", "group 00", "457-00-5462"],
  ["us", "serial 0000", "457-55-0000"],
  ["ch", "the number of another country", "7579217076985"],
  ["at", "a day 32", "SVNR 1233 321280"],
  ["at", "a month 16", "SVNR 1248 011680"],
  ["at", "a number that would need the digit 10", "SVNR 1230 011680"],
  ["be", "the check of another century", "85.07.30-033.29"],
  ["se", "another check digit", "811218-9875"],
  ["se", "a month 13", "811300-9875"],
  ["se", "a day 60, 00 of a number for guests", "811260-9873"],
  ["se", "a day 92, 32 of a number for guests", "811292-9875"],
  ["se", "29 February of a year that had none", "810229-9875"],
];

describe("national numbers", () => {
  it.each(valid)("of %s are found: %s", async (country, text) => {
    expect(await judge({ type: "pii", kinds: ["national-id"], countries: [country] }, text)).toMatchObject({
      status: "fail",
      reason: expect.stringContaining(`shows ${nationalIds[country].name} (`),
    });
  });

  it.each(invalid)("of %s are not taken for any with %s: %s", async (country, _fault, text) => {
    expect(await judge({ type: "pii", kinds: ["national-id"], countries: [country] }, text)).toEqual({
      status: "pass",
    });
  });

  it("have an example of each country on either side", () => {
    const countries = Object.keys(nationalIds).sort();
    expect([...new Set(valid.map(([country]) => country))].sort()).toEqual(countries);
    expect([...new Set(invalid.map(([country]) => country))].sort()).toEqual(countries);
  });
});
