import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Json } from "../../src/domain/json.js";
import { hasLuhnDigit } from "../../src/text/card-numbers.js";
import { parseJson } from "../../src/text/parse-json.js";
import { redactJson, redactOutput, redactText, redactVerdict } from "../../src/text/redact.js";
import { quoted, quotedList, shown } from "../../src/text/shown.js";
import { anOutput } from "../check/judge.js";

const seed = 20_261_103;

describe("redactText", () => {
  it.each([
    ["Pay 4111 1111 1111 1111 now", "Pay [card] now"],
    ["4111-1111-1111-1111, 378282246310005; 5555555555554444.", "[card], [card]; [card]."],
    ["order 12 4111 1111 1111 1111 exp 12/27", "order 12 [card] exp 12/27"],
    ["IBAN DE89 3704 0044 0532 0130 00 BITTE", "IBAN [iban] BITTE"],
    ["at611904300234573201", "[iban]"],
    ["write to <anna.berg@example.com>.", "write to <[e-mail]>."],
    ["mailto:jo+tag@mail.example.com?cc=a%40example.com", "mailto:[e-mail]?cc=[e-mail]"],
    ["jürgen@bücher.example.com", "[e-mail]"],
    ["call +43 664 123 45 67 or 0043 1 5880 1234", "call [phone] or [phone]"],
    ["(555) 010-4477 or 555-010-4477", "[phone] or [phone]"],
    ["Tel.: 0664/1234567, phone 1234567", "Tel.: [phone], phone [phone]"],
    ["Authorization: Bearer abc.def", "Authorization: [key]"],
    ['{"authorization":"Basic dXNlcjpwdw=="}', '{"authorization":"[key]"}'],
    ["x-api-key: 0123456789abcdef0", "x-api-key: [key]"],
    ["https://ada:secret@example.com/x", "https://[key]@example.com/x"],
    ["ek_ingest_0123456789abcdef", "[key]"],
    ["key=sk-proj-0123456789abcdefghij", "key=[key]"],
    ["xoxb-0123456789-abcdefghij and AKIA0123456789ABCDEF", "[key] and [key]"],
    ["ghp_0123456789abcdefghij0123456789abcdef", "[key]"],
    ["-----BEGIN PRIVATE KEY-----\nMIIB\nAAAA\n-----END PRIVATE KEY-----\nbye", "[key]\nbye"],
    ["-----BEGIN PRIVATE KEY-----\nMIIB cut off", "[key]"],
  ])("takes it out of %j", (text, expected) => {
    expect(redactText(text)).toBe(expected);
  });

  it.each([
    "order 20418-11, total 1,249.00 EUR on 2026-11-03 at 14:30:00",
    "id 550e8400-e29b-41d4-a716-446655440000",
    "epoch 1763500000000",
    "4111 1111 1111 1112 has a wrong check digit",
    "DE88 3704 0044 0532 0130 00 too",
    "n-vg576vi80",
    "order by2694vpo",
    "0.4111111111111111 of it",
    "install package@1.2.3 and @scope/name",
    "a task-list for a risk-register",
    "Authorization: pending",
    "temperature +21.5 to +23",
  ])("leaves %j alone", (text) => {
    expect(redactText(text)).toBe(text);
  });

  it("stays linear on hostile text", () => {
    const before = performance.now();
    const parts = [
      "a",
      "1 ",
      "1",
      "@",
      "a@",
      "a.",
      "+1 ",
      "eyJ",
      "tel 1",
      "DE89 ",
      "%40",
      "sk-",
      "bearer ",
      "://a:",
    ];
    for (const part of [...parts, "-----BEGIN A-----", "authorization: ", "(555) "]) {
      redactText(part.repeat(Math.floor(262_144 / part.length)));
    }
    expect(performance.now() - before).toBeLessThan(5_000);
  });
});

/** A card number of a real length and first digits, with its Luhn digit, grouped as people write it. */
const cards = fc
  .tuple(
    fc.constantFrom("4", "51", "55", "2221", "2720", "34", "37", "6011", "65", "3528", "36"),
    fc.array(fc.nat(9), { minLength: 16, maxLength: 16 }),
    fc.constantFrom("", " ", "-"),
  )
  .map(([first, digits, separator]) => {
    const length = /^3[47]/.test(first) ? 15 : first === "36" ? 14 : 16;
    const body = (first + digits.join("")).slice(0, length - 1);
    const check = [..."0123456789"].find((digit) => hasLuhnDigit(body + digit)) ?? "0";
    return (body + check).replace(/(\d{4})(?=\d)/g, `$1${separator}`);
  });

/** Account numbers whose check digits are worked out here (ISO 7064, MOD 97-10), not by the code under test. */
const ibans = fc
  .tuple(
    fc.constantFrom(
      { country: "DE", pattern: "dddddddddddddddddd" },
      { country: "AT", pattern: "dddddddddddddddd" },
      { country: "NL", pattern: "ABNAdddddddddd" },
      { country: "CZ", pattern: "dddddddddddddddddddd" },
    ),
    fc.array(fc.nat(9), { minLength: 30, maxLength: 30 }),
    fc.boolean(),
  )
  .map(([{ country, pattern }, digits, grouped]) => {
    const account = [...pattern].map((sign, index) => (sign === "d" ? (digits[index] ?? 0) : sign)).join("");
    const numeric = [...`${account}${country}00`].map((sign) => Number.parseInt(sign, 36)).join("");
    const check = String(98n - (BigInt(numeric) % 97n)).padStart(2, "0");
    const iban = `${country}${check}${account}`;
    return grouped ? iban.replace(/(.{4})(?=.)/g, "$1 ") : iban;
  });

const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
const keys = fc
  .tuple(
    fc.constantFrom(
      "sk-",
      "sk-ant-api03-",
      "ek_ingest_",
      "ek_admin_",
      "xoxb-",
      "ghp_",
      "github_pat_",
      "glpat-",
      "AIza",
    ),
    fc.array(fc.constantFrom(...letters), { minLength: 36, maxLength: 40 }),
  )
  .map(([first, rest]) => first + rest.join(""));

const canaries = fc.oneof(cards, ibans, keys, fc.emailAddress());
/** What may stand directly beside a canary: nothing that would make it part of a longer word or number. */
const beside = fc.constantFrom("", " ", "\n", ": ", ", ", '"', "(", "<", "\t", "; ", "Konto ", " bitte");
const filling = fc.string({ unit: "grapheme" }).map((text) => text.replace(/[\p{L}\p{M}\p{N}@%+.]/gu, ""));

describe("a planted canary", () => {
  it("never survives in text", () => {
    fc.assert(
      fc.property(canaries, filling, beside, filling, (canary, before, between, after) => {
        const space = /\p{L}$/u.test(between) ? " " : "";
        const redacted = redactText(`${before} ${between}${space}${canary} ${after}`);
        expect(redacted).not.toContain(canary);
      }),
      { seed, numRuns: 3_000 },
    );
  });

  it("never survives two in a row", () => {
    fc.assert(
      fc.property(canaries, canaries, fc.constantFrom(" ", ", ", "\n", " / "), (first, second, between) => {
        const redacted = redactText(first + between + second);
        expect(redacted).not.toContain(first);
        expect(redacted).not.toContain(second);
      }),
      { seed, numRuns: 2_000 },
    );
  });

  it("never survives in JSON, which stays JSON of the same shape", () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 3 }), canaries, fc.boolean(), (value, canary, asKey) => {
        const planted = JSON.stringify({
          rest: value,
          ...(asKey ? { [canary]: 1 } : { note: `see ${canary} there` }),
        });
        const { text, fields } = redactOutput(anOutput(planted), "redacted");
        expect(text).not.toContain(canary);
        expect(JSON.stringify(fields)).not.toContain(canary);
        expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(fields)));
        expect(Object.keys(Object(fields))).toHaveLength(2);
      }),
      { seed, numRuns: 1_000 },
    );
  });

  it("leaves what a second redaction does not change", () => {
    fc.assert(
      fc.property(canaries, filling, (canary, after) => {
        const once = redactText(`${canary} ${after}`);
        expect(redactText(once)).toBe(once);
      }),
      { seed, numRuns: 1_000 },
    );
  });
});

describe("redactJson", () => {
  it("works leaf by leaf, keys included, and keeps every member", () => {
    const parsed = parseJson(
      '{"__proto__":{"a":"anna@example.com"},"anna@example.com":1,"ada@example.com":2,"n":4111111111111111,"list":[true,null,12.5]}',
    );
    expect(JSON.stringify(redactJson(parsed.ok ? parsed.value : null))).toBe(
      '{"__proto__":{"a":"[e-mail]"},"[e-mail]":1,"[e-mail] 2":2,"n":"[card]","list":[true,null,12.5]}',
    );
  });

  it("drops what lies too deep rather than overflowing", () => {
    let deep: Json = "anna@example.com";
    for (let level = 0; level < 5_000; level += 1) deep = [deep];
    expect(JSON.stringify(redactJson(deep))).toContain("[too deep]");
  });
});

describe("redactOutput", () => {
  const output = anOutput('```json\n{ "to": "anna@example.com", "n": 1 }\n```', {
    input: '{"from":"ada@example.com"}',
    reference: { to: "anna@example.com" },
    finalText: "Dear anna@example.com",
    user: "Ada@example.com",
    error: "no mailbox anna@example.com",
    link: "https://example.com/o/1?key=sk-0123456789abcdefghij",
    segment: "DE",
  });

  it("keeps everything when asked to", () => {
    expect(redactOutput(output, "full")).toEqual(output);
  });

  it("redacts every text, keeps the fence, and tells users apart without their address", () => {
    expect(redactOutput(output, "redacted")).toEqual({
      ...output,
      text: '```json\n{"to":"[e-mail]","n":1}\n```',
      fields: { to: "[e-mail]", n: 1 },
      input: '{"from":"[e-mail]"}',
      reference: { to: "[e-mail]" },
      finalText: "Dear [e-mail]",
      user: expect.stringMatching(/^user-[0-9a-f]{12}$/),
      error: "no mailbox [e-mail]",
      link: "https://example.com/o/1?key=[key]",
    });
    const again = redactOutput(anOutput("x", { user: " ada@example.com" }), "redacted");
    expect(again.user).toBe(redactOutput(output, "redacted").user);
  });

  it.each([
    ["text without anything to hide", "Total: 12 EUR"],
    ["JSON without anything to hide, as it was written", '{ "total":  12.0 }'],
    ["broken JSON", '{"a":'],
  ])("leaves %s alone", (_name, text) => {
    expect(redactOutput(anOutput(text), "redacted").text).toBe(text);
  });

  it("sees through JSON escapes", () => {
    expect(redactOutput(anOutput('{"to":"anna\\u0040example.com"}'), "redacted").text).toBe(
      '{"to":"[e-mail]"}',
    );
  });

  it("keeps only length and SHA-256 of texts as hash", () => {
    const hashed = redactOutput(anOutput("abc", { input: "in", reference: "ref", latencyMs: 5 }), "hash");
    expect(hashed).toMatchObject({
      // FIPS 180-2, appendix B.1
      text: "sha256:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad of 3 characters",
      fields: undefined,
      input: expect.stringMatching(/^sha256:[0-9a-f]{64} of 2 characters$/),
      reference: expect.stringMatching(/^sha256:/),
      latencyMs: 5,
    });
  });
});

describe("redactVerdict", () => {
  const verdict = {
    status: "fail",
    reason: 'is "anna@example.com"',
    excerpt: "anna@example.com",
    score: 0,
  } as const;

  it.each([
    ["full", verdict],
    ["redacted", { status: "fail", reason: 'is "[e-mail]"', excerpt: "[e-mail]", score: 0 }],
    ["hash", { status: "fail", reason: "not as expected; texts are not kept (store: hash)", score: 0 }],
  ] as const)("keeps of a fail as %s what the output keeps", (mode, expected) => {
    expect(redactVerdict(verdict, mode)).toEqual(expected);
  });

  it("keeps a verdict without a reason", () => {
    expect(redactVerdict({ status: "pass" }, "hash")).toEqual({ status: "pass" });
  });
});

describe("shown", () => {
  it("redacts before it cuts, so that half an address never shows", () => {
    expect(shown("anna.berg.with.a.long.name@example.com and more", 20)).toBe("[e-mail] and more");
  });

  it("quotes texts, and writes other values as JSON", () => {
    expect(quoted("a\nb")).toBe('"a b"');
    expect(quoted([1, "x"])).toBe('[1,"x"]');
    expect(quoted(null)).toBe("null");
  });

  it("lists at most five values", () => {
    expect(quotedList(["a"], "or")).toBe('"a"');
    expect(quotedList(["a", "b"], "or")).toBe('"a" or "b"');
    expect(quotedList([1, 2, 3, 4, 5, 6, 7], "or")).toBe("1, 2, 3, 4, 5 or 2 more");
  });
});
