import { describe, expect, it } from "vitest";
import { pushApp } from "./push-app.js";

const full = { automation: { store: "full" } };

describe("a text that is not well behaved", () => {
  it.each([
    ["NUL", "before\u0000after", "before\u0000after"],
    ["controls", "bell\u0007 escape\u001b[31m", "bell\u0007 escape\u001b[31m"],
    ["bidi controls", "user\u202Egpj.exe\u2066", "user\u202Egpj.exe\u2066"],
    ["half a pair", "half \uD83D of a pair", "half \uFFFD of a pair"],
    ["the other half", "half \uDE00 of a pair", "half \uFFFD of a pair"],
    ["emoji", "👩‍👩‍👧‍👦".repeat(1_000), "👩‍👩‍👧‍👦".repeat(1_000)],
    ["line ends of every kind", "a\r\nb\rc\u2028d", "a\r\nb\rc\u2028d"],
    ["200,000 characters without a line break", "a".repeat(200_000), "a".repeat(200_000)],
    ["SQL", "'); DROP TABLE output; --", "'); DROP TABLE output; --"],
  ])("with %s is stored as it is, or replaced by rule", async (_, text, expected) => {
    const { push, stored } = await pushApp(full);
    const body = JSON.stringify({ id: "a", output: text, input: text });
    expect((await push(body)).status).toBe(202);
    expect(stored()[0]?.output).toMatchObject({ text: expected, input: expected });
    expect((await push(body)).status).toBe(200);
  });

  it("in an id finds its way back to the same record", async () => {
    const { push, stored } = await pushApp(full);
    const body = JSON.stringify({ id: "a\u0000b\uD800 \u202E", output: "x" });
    expect((await push(body)).status).toBe(202);
    expect((await push(body)).status).toBe(200);
    expect(stored()).toHaveLength(1);
  });

  it("of 1 MB without a line break does not stop anything", async () => {
    const { ask, push, stored } = await pushApp(full);
    const startedAt = performance.now();
    expect((await push(JSON.stringify({ id: "a", output: "word ".repeat(200_000) }))).status).toBe(202);
    expect(performance.now() - startedAt).toBeLessThan(3_000);
    expect(stored()[0]?.output.text.startsWith("word word")).toBe(true);
    expect((await ask("/healthz")).status).toBe(200);
  });

  it("of bytes that are no UTF-8 keeps the rest and marks what could not be read", async () => {
    const { push, stored } = await pushApp(full);
    const latin1 = Buffer.concat([
      Buffer.from('{"id":"a","output":"caf'),
      Buffer.from([0xe9]),
      Buffer.from(' au lait"}'),
    ]);
    expect((await push(latin1)).status).toBe(202);
    expect(stored()[0]?.output.text).toBe("caf\uFFFD au lait");
  });

  it("keeps what it must not keep out of the database", async () => {
    const { push, stored } = await pushApp();
    const canary = "sk-canary0000000000000000000000000000000000000000";
    await push(
      JSON.stringify({ id: "a", output: `the key is ${canary}`, input: `card 4111 1111 1111 1111` }),
    );
    await push(`{"id":"b","output": broken ${canary}`);
    expect(JSON.stringify(stored())).not.toContain(canary);
    expect(JSON.stringify(stored())).not.toContain("4111");
  });
});
