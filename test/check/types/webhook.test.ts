import { describe, expect, it } from "vitest";
import { KnownError } from "../../../src/domain/errors.js";
import type { Json } from "../../../src/domain/json.js";
import { anOutput, faultsOf, judge, noFiles } from "../judge.js";
import { scripted } from "../scripted-asking.js";

const declared = { type: "webhook", url: "https://rules.example.com/quotes?v=2" };

describe("webhook", () => {
  it("posts the output with what is known of it", async () => {
    const asking = scripted({ pass: true });
    const output = anOutput('{"total":12}', {
      input: "12 EUR",
      reference: { total: 12 },
      segment: "DE",
      user: "u-1",
    });
    const settings = { ...declared, key: { env: "RULES_KEY" }, timeout: "5s" };
    expect(await judge(settings, output, noFiles, asking)).toEqual({ status: "pass" });
    expect(asking.posted).toEqual([
      {
        url: "https://rules.example.com/quotes?v=2",
        key: { env: "RULES_KEY" },
        timeoutMs: 5_000,
        body: {
          id: "o-1",
          at: "2026-11-17T14:00:00.000Z",
          output: '{"total":12}',
          fields: { total: 12 },
          input: "12 EUR",
          reference: { total: 12 },
          segment: "DE",
          model: null,
        },
      },
    ]);
  });

  it("posts the value at a path, unsigned unless there is a key", async () => {
    const asking = scripted({ pass: true });
    await judge({ ...declared, on: "total" }, '{"total":12}', noFiles, asking);
    expect(asking.posted[0]).toMatchObject({
      key: null,
      timeoutMs: 10_000,
      body: { output: "12", fields: 12 },
    });
  });

  it.each<[string, Json, object]>([
    ["passes", { pass: true, score: 0.9, reason: "fine" }, { status: "pass", score: 0.9 }],
    [
      "fails with its reason, redacted",
      { pass: false, score: 0, reason: "ada@example.com may not sign" },
      {
        status: "fail",
        score: 0,
        reason: 'is not accepted by rules.example.com, with the reason "[e-mail] may not sign"',
      },
    ],
    [
      "fails without a reason",
      { pass: false },
      { status: "fail", reason: "is not accepted by rules.example.com, without a reason" },
    ],
  ])("%s", async (_name, answer, expected) => {
    expect(await judge(declared, "x", noFiles, scripted(answer))).toMatchObject(expected);
  });

  it("turns round", async () => {
    expect(await judge({ ...declared, not: true }, "x", noFiles, scripted({ pass: true }))).toMatchObject({
      status: "fail",
      reason: "is accepted by rules.example.com, expected it not to be",
    });
  });

  it.each<[string, Json]>([
    ["nothing", null],
    ["a text", "ok"],
    ["a bare true", true],
    ["a list", [{ pass: true }]],
    ["no verdict", { score: 1 }],
    ["a verdict in words", { pass: "yes" }],
    ["a number for a verdict", { pass: 1 }],
    ["a score above 1", { pass: true, score: 95 }],
    ["a score below 0", { pass: false, score: -1 }],
    ["a reason that is no text", { pass: false, reason: ["a"] }],
    ["more than was asked", { pass: true, verdict: "fail" }],
    ["an error of its own", { error: "no such quote" }],
  ])("could not tell from %s", async (_name, answer) => {
    expect(await judge(declared, "x", noFiles, scripted(answer))).toMatchObject({
      status: "error",
      reason: expect.stringMatching(/^could not tell: rules\.example\.com answered .*, expected \{ "pass"/),
    });
  });

  it("skips over the spend cap, and could not tell when the service does not answer", async () => {
    const asking = scripted(
      new KnownError("spend-cap", "spent"),
      new KnownError("http-timeout", "no answer in 10 s"),
    );
    expect(await judge(declared, "x", noFiles, asking)).toEqual({ status: "skipped", reason: "spent" });
    expect(await judge(declared, "x", noFiles, asking)).toEqual({
      status: "error",
      reason: "could not tell: no answer in 10 s",
    });
  });

  it.each([
    ["another protocol", { url: "ftp://rules.example.com" }, /^url: /],
    ["no address", { url: "rules" }, /^url: /],
    [
      "a password in the address",
      { url: "https://user:pw@rules.example.com" },
      /^: url: has a name or password/,
    ],
    ["a key written out", { key: "not-a-reference" }, /^key/],
    ["no length of time", { timeout: "soon" }, /^timeout: expected a duration/],
    ["too long a time", { timeout: "1h" }, /^: timeout: is "1h"; write 1s to 2m$/],
  ])("refuses %s", (_name, settings, message) => {
    expect(faultsOf({ id: "a", ...declared, ...settings })).toEqual([expect.stringMatching(message)]);
  });
});
