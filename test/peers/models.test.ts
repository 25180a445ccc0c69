import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { modelOf, patient, question } from "../model/scripted-provider.js";
import { freePort, ownProgram, type Peer, startPeer } from "./peer.js";

/** The emulated providers of the package `aimock`, with their faults switched on. */
describe("emulated providers", () => {
  let peer: Peer | null = null;
  let url = "";

  beforeAll(async () => {
    const port = await freePort();
    const argv = ["-p", String(port), "-f", "model-fixtures.json", "--log-level", "silent", "--strict"];
    peer = await startPeer(ownProgram("llmock"), argv, port);
    url = `http://127.0.0.1:${port}`;
  });

  afterAll(() => peer?.stop());

  async function chaos(faults: object): Promise<void> {
    const response = await fetch(`${url}/__aimock/chaos`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(faults),
    });
    expect(response.status).toBeLessThan(300);
  }

  afterEach(async () => void (await fetch(`${url}/__aimock/chaos`, { method: "DELETE" })));

  const kinds = { openai: "gpt-4o-mini", anthropic: "claude-sonnet-4-5" };

  function made(type: keyof typeof kinds, more: object = {}) {
    const price = { inputUsdPerMillion: 1, outputUsdPerMillion: 1 };
    return modelOf({ type, baseUrl: url, model: kinds[type], apiKey: { env: "API_KEY" }, price, ...more });
  }

  const about = (name: string) => ({ ...question, content: `case-${name}` });

  describe.each(["openai", "anthropic"] as const)("%s", (type) => {
    it.each(type === "anthropic" ? ["text", "tool", "fence"] : ["text", "fence"])(
      "answers with %s",
      async (name) => {
        const { said, answeredBy, costMicros } = await made(type).model.complete(about(name), patient);
        expect(said).toEqual({ ok: true, value: { good: true } });
        expect(answeredBy).toContain(kinds[type]);
        expect(costMicros).toBeGreaterThan(0);
      },
    );

    it("is not graded by its thoughts", async () => {
      const { said } = await made(type).model.complete(about("thinks"), patient);
      expect(said).toEqual({ ok: true, value: { good: false } });
    });

    it.each([
      ["prose", "model-no-json"],
      ["cut-off", "model-cut-off"],
    ])("that answers %s gives no answer", async (name, code) => {
      const { said } = await made(type).model.complete(about(name), patient);
      expect(said).toMatchObject({ ok: false, failure: { code } });
    });

    it("hands on JSON of another schema: whoever asked reads it again", async () => {
      const { said } = await made(type).model.complete(about("wrong-schema"), patient);
      expect(said).toEqual({ ok: true, value: { verdict: "fine" } });
    });

    it("that limits its rate is tried again after as long as it says, three times in all", async () => {
      const { model, pauses } = made(type);
      await expect(model.complete(about("limited"), patient)).rejects.toMatchObject({
        code: "model-unavailable",
      });
      expect(pauses).toEqual([2_000, 2_000]);
    });

    it("that refuses the key is tried once", async () => {
      const { model, pauses } = made(type);
      await expect(model.complete(about("no-key"), patient)).rejects.toThrow("it refuses the key");
      expect(pauses).toEqual([]);
    });

    it.each([
      ["drops requests", { dropRate: 1 }, "model-unavailable", 2],
      ["limits every request", { rateLimitRate: 1 }, "model-unavailable", 2],
      ["hangs up", { disconnectRate: 1 }, "http-broken", 2],
    ])("that %s is given up after three tries", async (_, faults, code, pauses) => {
      const each = made(type);
      await chaos(faults);
      await expect(each.model.complete(about("text"), patient)).rejects.toMatchObject({ code });
      expect(each.pauses).toHaveLength(pauses);
    });

    it("that breaks its JSON gives no answer", async () => {
      await chaos({ malformedRate: 1 });
      const { said } = await made(type).model.complete(about("text"), patient);
      expect(said).toMatchObject({ ok: false, failure: { code: "model-body" } });
    });

    it("that is slow is waited for, but not longer than allowed", async () => {
      await chaos({ latencyMs: 1_500 });
      const { said } = await made(type).model.complete(about("text"), patient);
      expect(said.ok).toBe(true);
      const hasty = made(type, { timeout: "1s" });
      await expect(hasty.model.complete(about("text"), patient)).rejects.toMatchObject({
        code: "http-timeout",
      });
    });

    it("comes back after a fault", async () => {
      const { model } = made(type);
      await chaos({ dropRate: 1 });
      await expect(model.complete(about("text"), patient)).rejects.toThrow();
      await fetch(`${url}/__aimock/chaos`, { method: "DELETE" });
      expect((await model.complete(about("text"), patient)).said.ok).toBe(true);
    });
  });

  describe("embeddings", () => {
    it("come as vectors", async () => {
      const { vectors } = await made("openai", { model: "text-embedding-3-small" }).model.embed(
        ["one text"],
        patient,
      );
      expect(vectors).toEqual([[0.1, 0.2, 0.3]]);
    });

    it.each([
      ["drops requests", { dropRate: 1 }, "model-unavailable"],
      ["limits every request", { rateLimitRate: 1 }, "model-unavailable"],
      ["hangs up", { disconnectRate: 1 }, "http-broken"],
      ["breaks its JSON", { malformedRate: 1 }, "model-body"],
    ])("do not come from a server that %s", async (_, faults, code) => {
      await chaos(faults);
      const { model } = made("openai", { model: "text-embedding-3-small" });
      await expect(model.embed(["one text"], patient)).rejects.toMatchObject({ code });
    });
  });
});
