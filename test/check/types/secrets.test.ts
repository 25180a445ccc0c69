import { describe, expect, it } from "vitest";
import { anOutput, judge } from "../judge.js";

/** Invented, and joined here so that no scanner takes them for real ones. */
const made = {
  aws: `AKIA${"EX4MPLE"}${"KEY234567"}`,
  github: `ghp_${"Ex4mple".repeat(6)}`,
  slack: `xoxb-${"123456789012"}-${"abcdefghijkl"}`,
  shopify: `shpat_${"0123456789abcdef".repeat(2)}`,
  notion: `ntn_${"12345678901"}${"Ex4mp".repeat(7)}`,
  vault: `hvs.${"Ex4mple_".repeat(12)}`,
  database: `postgres://app:${"s3cretS3cret"}@db.example.com/main`,
  pem: `-----BEGIN RSA ${"PRIVATE KEY"}-----\nMIIEowIBAAKCAQEA\n-----END RSA PRIVATE KEY-----`,
  azure: `AccountKey=${"Ex4mple/".repeat(10)}abcdef==`,
};

describe("secrets", () => {
  it.each([
    ["aws", "an access key (…4567)"],
    ["github", "an access key (…mple)"],
    ["slack", "an access key (…ijkl)"],
    ["shopify", "an access key (…cdef)"],
    ["notion", "a secret (notion) (…x4mp)"],
    ["vault", "a secret (hashicorp-vault) (…ple_)"],
    ["database", "a password in an address (…ret)"],
    ["pem", "a private key"],
    ["azure", "an access key (…ef==)"],
  ] as const)("fails %s and shows its end at most", async (name, says) => {
    const value = made[name];
    const verdict = await judge({ type: "secrets" }, `Use this: ${value} please`);
    expect(verdict.status).toBe("fail");
    expect(verdict.reason).toMatch(/^shows .* at character \d+, expected no key or password$/);
    if (name !== "database") expect(verdict.reason).toContain(`shows ${says} at character`);
    expect(JSON.stringify(verdict)).not.toContain(value.slice(0, -4));
    expect(JSON.stringify(verdict)).not.toContain("s3cretS3cret");
  });

  it.each([
    ["a password named by a word", 'password: "Kx7!mQ2pVw9z"'],
    ["a password named by its field", '{"db":{"password":"Kx7!mQ2pVw9z"}}'],
    ["a German password", "Das Passwort lautet Kx7!mQ2pVw9z"],
  ])("fails %s", async (_name, text) => {
    expect(await judge({ type: "secrets" }, text)).toMatchObject({
      status: "fail",
      reason: expect.stringContaining("shows a password (…9z)"),
    });
    expect(await judge({ type: "secrets", passwords: false }, text)).toEqual({ status: "pass" });
  });

  it("finds unmarked random values only where entropy is asked for", async () => {
    const text = `signing_key = ${"q8Zr2LmX0vTb7NcY"}${"5kWd9HsJ3fGa"}`;
    expect(await judge({ type: "secrets" }, text)).toEqual({ status: "pass" });
    expect(await judge({ type: "secrets", entropy: true }, text)).toMatchObject({
      status: "fail",
      reason: expect.stringContaining("a random value"),
    });
  });

  it.each([
    ["advice about passwords", "Your password must have at least 12 characters."],
    ["a placeholder", "Authorization: Bearer <token>"],
    ["stars", "password: ************"],
    // biome-ignore lint/suspicious/noTemplateCurlyInString: the placeholder itself
    ["a variable", "api_key = ${API_KEY}"],
    ["a public key", "-----BEGIN PUBLIC KEY-----\nMIIBIjANBg\n-----END PUBLIC KEY-----"],
    ["a hash", "commit 2fd4e1c67a2d28fced849ee1bb76e7391b93eb12"],
    ["a prefix alone", "AKIA and ghp_ are prefixes"],
    ["nothing", ""],
  ])("passes %s", async (_name, text) => {
    expect(await judge({ type: "secrets", entropy: true }, text)).toEqual({ status: "pass" });
  });

  it("lets stated values pass, and still sees others beside them", async () => {
    const settings = { type: "secrets", allow: [made.github], allowPatterns: ["^AKIA"] };
    expect(await judge(settings, `${made.github} ${made.aws}`)).toEqual({ status: "pass" });
    expect(await judge(settings, `${made.github} ${made.slack}`)).toMatchObject({ status: "fail" });
    expect(await judge(settings, `${made.github} ${made.notion}`)).toMatchObject({ status: "fail" });
  });

  it.each([
    ["api-key: https://a:b@host.example.com/secretsecret12345 ends", "api-key: [credential header] ends"],
    ["https://x:ek_abcdefgh@host.example.com", "https://[password in an address]@host.example.com"],
    ["Authorization: Bearer ek_abcdefgh.tail-of-it-all ends", "Authorization: [credential header] ends"],
    ["password: aZ7!ek_abcdefghij ends", "password: [password] ends"],
  ])("hides one secret inside another as one: %s", async (text, excerpt) => {
    expect(await judge({ type: "secrets" }, text)).toMatchObject({ status: "fail", excerpt });
  });

  it("is not switched off by a comment in the text", async () => {
    const text = `<!-- secretlint-disable -->\n${made.notion}`;
    expect(await judge({ type: "secrets" }, text)).toMatchObject({ status: "fail" });
  });

  it("finds a key that lies across the edge of a window, and the last one of a long text", async () => {
    for (const at of [65_530, 65_536 - 12_288, 118_770, 500_000]) {
      const text = `${"word ".repeat(at / 5)}${made.notion}`;
      expect(await judge({ type: "secrets" }, text)).toMatchObject({
        status: "fail",
        reason: expect.stringContaining(`at character ${text.indexOf("ntn_") + 1}`),
      });
    }
  });

  it("looks at inputs where it is told to", async () => {
    const output = anOutput("ok", { input: `my key is ${made.github}` });
    expect(await judge({ type: "secrets" }, output)).toEqual({ status: "pass" });
    expect(await judge({ type: "secrets", where: "both" }, output)).toMatchObject({
      status: "fail",
      reason: expect.stringContaining("of the input"),
    });
  });

  it("stays quick on 64 kB of hostile text", async () => {
    for (const part of [
      "aws_secret_access_key   ",
      "SG.a.",
      "figd_",
      "glpat-",
      "xoxb-a-",
      "mongodb://a:",
      "https://a:a@",
      "password: ",
      "secret=",
      "-----BEGIN PRIVATE KEY-----\n",
      "ntn_",
      "eyJ",
      `${made.notion} `,
    ]) {
      const before = performance.now();
      await judge({ type: "secrets", entropy: true }, part.repeat(65_536 / part.length));
      expect([part, performance.now() - before < 1_500]).toEqual([part, true]);
    }
  });
});
