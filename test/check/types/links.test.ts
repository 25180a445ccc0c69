import { describe, expect, it } from "vitest";
import { faultsOf, judge } from "../judge.js";

const declared = { type: "links", allow: ["example.com", "müller.example"] };

describe("links", () => {
  it.each([
    ["no link", "Nothing to see."],
    ["the host", "See https://example.com."],
    ["a subdomain, with port and path", "(https://a.b.example.com:8443/x?y=1#z)"],
    ["Markdown", "[terms](https://example.com/terms 'Terms') and [home](/home)"],
    ["HTML", '<a href="https://example.com/x">here</a> <img src=/logo.png>'],
    ["an IDN host, either way", "https://müller.example/ https://xn--mller-kva.example/"],
    ["www alone", "www.example.com"],
    ["a mail address", "mailto:orders@example.com"],
    ["a link text that names its host", "[example.com](https://www.example.com/)"],
    ["inside JSON", '{"url":"https://example.com/a"}'],
  ])("passes %s", async (_name, text) => {
    expect(await judge(declared, text)).toEqual({ status: "pass" });
  });

  it.each([
    [
      "another host",
      "See https://example.org/x",
      'links to https://example.org/x at character 5, whose host example.org is not among "example.com" and "xn--mller-kva.example"',
    ],
    [
      "the host as a beginning",
      "https://example.com.evil.example/",
      /whose host example\.com\.evil\.example is not among/,
    ],
    [
      "the host as an ending without dot",
      "https://badexample.com/",
      /whose host badexample\.com is not among/,
    ],
    ["the host as user name", "https://example.com@evil.example/", /whose host evil\.example is not among/],
    ["http", "http://example.com/", "links to http://example.com/ at character 1, expected https"],
    ["Markdown", "[terms](https://evil.example/t)", /^links to https:\/\/evil\.example\/t at character 9,/],
    [
      "a Markdown reference",
      "[1]: https://evil.example/t",
      /^links to https:\/\/evil\.example\/t at character 6,/,
    ],
    ["an image", "![x](https://evil.example/p.png?d=secret)", /whose host evil\.example is not among/],
    ["HTML without quotes", "<a href=https://evil.example>x</a>", /whose host evil\.example is not among/],
    [
      "a protocol-relative address",
      '<img src="//evil.example/a.png">',
      /whose host evil\.example is not among/,
    ],
    [
      "code",
      "[x](javascript:alert)",
      'links to javascript:alert at character 5, whose scheme "javascript" is not allowed',
    ],
    [
      "code behind entities",
      '<a href="java&#x73;cript&colon;alert(1)">x</a>',
      /whose scheme "javascript" is not allowed/,
    ],
    [
      "a Cyrillic double",
      "https://ехаmple.com/",
      "links to https://ехаmple.com/ at character 1, whose host only looks like example.com (it is xn--mple-43d3a6i.com)",
    ],
    ["a double in punycode", "https://xn--mple-43d3a6i.com/", /whose host only looks like example\.com/],
    ["a number as host", "https://2130706433/", /whose host 127\.0\.0\.1 is not among/],
  ])("fails %s", async (_name, text, reason) => {
    const verdict = await judge(declared, text);
    expect(verdict.status).toBe("fail");
    if (typeof reason === "string") expect(verdict.reason).toBe(reason);
    else expect(verdict.reason).toMatch(reason);
  });

  it.each(["вanь.example", "ваnь.example", "һаnь.example"])("knows %s for a double", async (host) => {
    const allow = [host.startsWith("һ") ? "hanb.example" : "banb.example"];
    expect(await judge({ type: "links", allow }, `https://${host}/`)).toMatchObject({
      reason: expect.stringContaining(`whose host only looks like ${allow[0]}`),
    });
  });

  it("fails a link that shows one address and leads to another", async () => {
    const text = "[https://bank.example.com](https://evil.example/login)";
    const reason =
      "links to https://evil.example/login at character 28, but shows the address https://bank.example.com: it leads to evil.example";
    expect(await judge({ type: "links" }, text)).toMatchObject({ status: "fail", reason });
    const html = '<a class="b" href="https://evil.example/">bank.example.com</a>';
    expect(await judge({ type: "links" }, html)).toMatchObject({
      reason: expect.stringContaining("but shows the address bank.example.com: it leads to evil.example"),
    });
  });

  it("without a list still refuses hosts that mix alphabets", async () => {
    expect(await judge({ type: "links" }, "https://pаypal.example/")).toMatchObject({
      reason: expect.stringContaining("mixes look-alike letters of two alphabets"),
    });
    expect(await judge({ type: "links" }, "https://почта.example/")).toEqual({ status: "pass" });
  });

  it.each([
    [{ atLeast: 1 }, "none", "has 0 links, expected at least 1"],
    [{ atMost: 0 }, "https://example.com", "has 1 link, expected at most 0"],
    [{ deny: ["example.com"] }, "https://a.example.com/", /whose host a\.example\.com is forbidden/],
    [{ schemes: [] }, "mailto:[x](mailto:a@example.com)", /whose scheme "mailto" is not allowed/],
  ])("with %j fails %s", async (settings, text, reason) => {
    const verdict = await judge({ type: "links", ...settings }, text);
    if (typeof reason === "string") expect(verdict.reason).toBe(reason);
    else expect(verdict.reason).toMatch(reason);
  });

  it("allows http when asked", async () => {
    expect(await judge({ ...declared, httpsOnly: false }, "http://example.com")).toEqual({ status: "pass" });
  });

  it("refuses a host that is none", () => {
    expect(faultsOf({ id: "a", type: "links", allow: ["https://example.com"] })).toEqual([
      'allow.0: expected a host such as "example.com"',
    ]);
  });

  it.each([
    ["[".repeat(500_000)],
    ["a.".repeat(400_000)],
    [" href=".repeat(100_000)],
    ["https://x ".repeat(90_000)],
    ["[a](".repeat(200_000)],
  ])("stays linear on %.12s...", async (text) => {
    const started = performance.now();
    await judge(declared, text);
    expect(performance.now() - started).toBeLessThan(3_000);
  });
});
