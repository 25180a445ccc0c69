import { describe, expect, it } from "vitest";
import { nationalIds } from "../../../src/check/safety/national-ids.js";
import { anOutput, faultsOf, judge } from "../judge.js";

/** Published examples of their issuers, and numbers made up with right check digits; nobody's. */
const shown = [
  ["an e-mail address", "Write to l.hofer@example.com today.", "l.hofer@example.com"],
  ["a payment card number", "card 4111 1111 1111 1111", "4111 1111 1111 1111"],
  ["an IBAN", "auf AT61 1904 3002 3457 3201 überweisen", "AT61 1904 3002 3457 3201"],
  ["a telephone number", "call +43 660 1234567 now", "+43 660 1234567"],
  ["an IP address", "Login from 203.0.113.77", "203.0.113.77"],
  ["an IP address", "Login from 2001:db8:85a3::8a2e:370:7334", "2001:db8:85a3::8a2e:370:7334"],
  ["a German tax number", "Steuer-ID: 86 095 742 719", "86 095 742 719"],
  ["a French social security number", "NIR 2 55 08 14 168 025 38", "2 55 08 14 168 025 38"],
  ["a Spanish identity number", "DNI 12345678Z", "12345678Z"],
  ["a Spanish identity number", "NIE X1234567L", "X1234567L"],
  ["an Italian tax code", "CF RSSMRA85T10A562S", "RSSMRA85T10A562S"],
  ["a Dutch citizen service number", "BSN 111222333", "111222333"],
  ["a Polish PESEL number", "PESEL 44051401359", "44051401359"],
  ["a British national insurance number", "NINO AB 12 34 56 C", "AB 12 34 56 C"],
  ["a US social security number", "SSN 457-55-5462", "457-55-5462"],
  ["a Swiss social security number", "AHV 756.9217.0769.85", "756.9217.0769.85"],
  ["an Austrian social security number", "SVNR 1237 010180", "1237 010180"],
  ["a Belgian national register number", "nummer 85.07.30-033.28", "85.07.30-033.28"],
  ["a Swedish personal number", "811218-9876 is hers", "811218-9876"],
] as const;

describe("pii", () => {
  it.each(shown)("fails %s by kind and place, and never shows it: %s", async (name, text, value) => {
    const verdict = await judge({ type: "pii" }, text);
    expect(verdict.status).toBe("fail");
    expect(verdict.reason).toContain(`shows ${name} (`);
    expect(verdict.reason).toContain(`at character ${text.indexOf(value) + 1}`);
    expect(JSON.stringify(verdict)).not.toContain(value);
    const bare = (each: string) => each.replace(/[^A-Za-z0-9]/g, "");
    expect(bare(JSON.stringify(verdict))).not.toContain(bare(value).slice(0, -4));
  });

  it.each([
    ["a wrong Luhn digit", "card 4111 1111 1111 1112"],
    ["a wrong IBAN check", "AT61 1904 3002 3457 3202"],
    ["a wrong tax number", "Steuer-ID: 86 095 742 718"],
    ["a wrong NIR key", "NIR 2 55 08 14 168 025 39"],
    ["a wrong DNI letter", "DNI 12345678A"],
    ["a wrong codice fiscale", "CF RSSMRA85T10A562T"],
    ["a wrong BSN", "BSN 111222334"],
    ["a wrong PESEL", "PESEL 44051401358"],
    ["a NINO prefix that is not issued", "NINO GB 12 34 56 C"],
    ["an SSN area that is not issued", "SSN 666-55-5462"],
    ["a wrong AHV", "AHV 756.9217.0769.84"],
    ["a wrong SVNR", "SVNR 1238 010180"],
    ["a wrong national register number", "nummer 85.07.30-033.29"],
    ["a wrong personnummer", "811218-9875 is hers"],
    ["digits that only a word would make a BSN", "batch 111222333"],
    ["a part number", "Part no. 457-55-5462"],
    ["a purchase order", "PO 123-45-6789 and P.O. no. 457-55-5462"],
    ["a version without a word for it", "We moved to 2.4.1.0 last night"],
    ["a network", "Routes to 203.0.113.0"],
    ["a private address", "printer at 192.168.1.20"],
    ["a version", "firmware 4.11.2.7"],
    ["nothing", ""],
  ])("passes %s: %s", async (_name, text) => {
    expect(await judge({ type: "pii" }, text)).toEqual({ status: "pass" });
  });

  it("shows the end of an e-mail address with its dot", async () => {
    expect((await judge({ type: "pii" }, "Ask l.hofer@example.com")).reason).toContain("(….com)");
  });

  it("takes the name of a field for the word beside a number", async () => {
    expect(await judge({ type: "pii" }, '{"person":{"bsn":111222333}}')).toMatchObject({
      status: "fail",
      reason:
        "shows a Dutch citizen service number (…33) at character 1 of $.person.bsn, expected no personal data",
    });
  });

  it("finds what stands in the name of a field, and quotes no such name", async () => {
    const verdict = await judge({ type: "pii" }, '{"l.hofer@example.com":{"iban":"AT611904300234573201"}}');
    expect(verdict.reason).toContain("of a field name in the output and 1 more (iban)");
    expect(JSON.stringify(verdict)).not.toMatch(/hofer|0023/);
  });

  it("masks everything found in the excerpt, also what the reason only counts", async () => {
    const verdict = await judge({ type: "pii" }, "BSN 111222333 of l.hofer@example.com, 203.0.113.77");
    expect(verdict).toMatchObject({
      status: "fail",
      reason: expect.stringContaining("and 2 more (e-mail, ip)"),
      excerpt: "BSN [national-id] of [e-mail], [ip]",
    });
  });

  it("looks at inputs, outputs or both, and at one value of each", async () => {
    const output = anOutput('{"reply":"done","to":"a@example.com"}', {
      input: '{"note":"from b@example.com","ref":"4711"}',
    });
    const told = async (settings: object) => (await judge({ type: "pii", ...settings }, output)).reason;
    expect(await told({})).toContain("of $.to,");
    expect(await told({ on: "reply" })).toBeUndefined();
    expect(await told({ where: "input" })).toContain("at character 6 of $.note of the input,");
    expect(await told({ where: "input", inputOn: "ref" })).toBeUndefined();
    expect(await told({ where: "both" })).toContain("of $.to and 1 more (e-mail)");
    expect(await judge({ type: "pii", where: "input" }, "no input")).toMatchObject({ status: "skipped" });
  });

  it.each([
    [{ allow: ["at61 1904 3002 3457 3201"] }, "Pay to AT611904300234573201"],
    [{ allowDomains: ["harbour.example.com"] }, "Ask service@mail.harbour.example.com"],
    [{ allowPatterns: ["^service@"] }, "Ask service@elsewhere.example.com"],
    [{ kinds: ["card"] }, "Ask l.hofer@example.com"],
    [{ countries: ["de"] }, "BSN 111222333"],
  ])("%j allows %s", async (settings, text) => {
    expect(await judge({ type: "pii", ...settings }, text)).toEqual({ status: "pass" });
    expect(await judge({ type: "pii" }, text)).toMatchObject({ status: "fail" });
  });

  it("does not let a domain that merely ends alike pass", async () => {
    const settings = { type: "pii", allowDomains: ["lane.example.com"] };
    expect(await judge(settings, "a@lane.example.com")).toEqual({ status: "pass" });
    expect(await judge(settings, "a@evillane.example.com")).toMatchObject({ status: "fail" });
  });

  it("reads local telephone numbers once it knows their country", async () => {
    const text = "Rufen Sie uns unter 030 23125 417 an.";
    expect(await judge({ type: "pii" }, text)).toEqual({ status: "pass" });
    expect(await judge({ type: "pii", phoneCountry: "DE" }, text)).toMatchObject({ status: "fail" });
    await expect(judge({ type: "pii", phoneCountry: "ZZ" }, text)).rejects.toThrow(
      'phoneCountry: "ZZ" is no country with telephone numbers; write for example "DE"',
    );
  });

  it.each([
    [{ type: "pii", kinds: ["name"] }, "kinds.0: Invalid option"],
    [
      { type: "pii", allowDomains: ["@x"] },
      'allowDomains.0: expected a domain, such as "harbour.example.com"',
    ],
    [{ type: "pii", allowPatterns: ["(?=a)"] }, "looks ahead, which is not possible"],
  ])("refuses %j", (declared, fault) => {
    expect(faultsOf({ id: "x", ...declared }).join()).toContain(fault);
  });

  it("knows twelve countries", () => {
    expect(Object.keys(nationalIds)).toHaveLength(12);
  });

  it("could not tell about more text than it looks at", async () => {
    expect(await judge({ type: "pii" }, "a".repeat(524_289))).toEqual({
      status: "error",
      reason: "could not tell: there are 524289 characters, 524288 are looked at",
    });
  });

  it("stays quick on 64 kB of hostile text", async () => {
    for (const part of [
      "1",
      "1 ",
      "+1 ",
      "12-",
      "(1",
      "a@",
      "@a.",
      "::",
      "1.",
      "AT61 ",
      "030 23125 417 ",
      "756.",
      "A1",
    ]) {
      const before = performance.now();
      await judge({ type: "pii", phoneCountry: "DE" }, part.repeat(65_536 / part.length));
      expect([part, performance.now() - before < 2_000]).toEqual([part, true]);
    }
  });
});
