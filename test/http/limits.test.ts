import { gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { senderBurst } from "../../src/http/rate-limit.js";
import { compressedLimit, inflatedLimit } from "../../src/http/read-body.js";
import { pushApp, pushToken } from "./push-app.js";

const megabyte = 1024 * 1024;
const record = (id: string) => JSON.stringify({ id, output: `text of ${id}` });

/** A body of that many bytes in pieces of 64 KiB, and how much of it was asked for. */
function endless(bytes: number): { body: ReadableStream<Uint8Array>; taken: () => number } {
  let taken = 0;
  const piece = new Uint8Array(64 * 1024).fill(0x61);
  const body = new ReadableStream<Uint8Array>({
    pull: (controller) => {
      taken += piece.byteLength;
      controller.enqueue(piece);
      if (taken >= bytes) controller.close();
    },
  });
  return { body, taken: () => taken };
}

describe("the size of a request", () => {
  it.each([
    ["plain", {}, inflatedLimit + 1],
    ["gzip", { "content-encoding": "gzip" }, compressedLimit + 1],
  ])("is refused by its announced length without a look at the body (%s)", async (_, headers, length) => {
    const { ask, stored } = await pushApp();
    const { body, taken } = endless(100 * megabyte);
    const answer = await ask("/v1/outputs/replies", {
      method: "POST",
      body,
      duplex: "half",
      headers: { authorization: `Bearer ${pushToken}`, "content-length": String(length), ...headers },
    } as const);
    expect(answer).toMatchObject({ status: 413, json: { error: "too-large" } });
    expect(answer.json.message).toMatch(/larger than \d MiB; send the outputs in several requests/);
    expect(taken()).toBeLessThanOrEqual(64 * 1024);
    expect(stored()).toHaveLength(0);
  });

  it("is refused in the middle of a stream of 100 MB that announced nothing", async () => {
    const { ask } = await pushApp();
    const { body, taken } = endless(100 * megabyte);
    const answer = await ask("/v1/outputs/replies", {
      method: "POST",
      body,
      duplex: "half",
      headers: { authorization: `Bearer ${pushToken}` },
    } as const);
    expect(answer.status).toBe(413);
    expect(taken()).toBeLessThan(inflatedLimit + megabyte);
  });

  it("lets a body just under the limit in", async () => {
    const { push, stored } = await pushApp();
    const outputs = Array.from({ length: 40 }, (_, index) => ({
      id: `${index}`,
      output: "x".repeat(120_000),
    }));
    expect((await push(JSON.stringify(outputs))).status).toBe(202);
    expect(stored()).toHaveLength(40);
  });
});

describe("a compressed request", () => {
  const gzip = { "content-encoding": "gzip" };

  it("is inflated", async () => {
    const { push } = await pushApp();
    expect(await push(gzipSync(record("a")), gzip)).toMatchObject({ status: 202, json: { accepted: 1 } });
  });

  it("of 200 MB of zeros is refused at once", async () => {
    const { push } = await pushApp();
    const bomb = gzipSync(Buffer.alloc(200 * megabyte));
    const startedAt = performance.now();
    const answer = await push(bomb, gzip);
    expect(performance.now() - startedAt).toBeLessThan(2_000);
    expect(answer.status).toBe(413);
    expect(answer.json.message).toMatch(/inflates to more than 5 MiB/);
  });

  it.each([
    ["that is none", Buffer.from(record("a")), "gzip", /says gzip, but cannot be inflated/],
    ["that breaks off", gzipSync(record("a")).subarray(0, 20), "gzip", /cannot be inflated/],
    ["in another way", Buffer.from("x"), "br", /content-encoding "br" is not known; send gzip, or none/],
  ])("%s is refused with the reason", async (_, body, encoding, reason) => {
    const { push } = await pushApp();
    const answer = await push(body, { "content-encoding": encoding });
    expect(answer.status).toBe(400);
    expect(answer.json.message).toMatch(reason);
  });
});

describe("the shape of a request", () => {
  const nested = (depth: number) => `${"[".repeat(depth)}${"]".repeat(depth)}`;

  it.each([
    ["a list 10,000 deep", nested(10_000)],
    ["an object 10,000 deep", `${'{"a":'.repeat(10_000)}1${"}".repeat(10_000)}`],
    ["an output 100 deep", `{"id":"a","output":${nested(100)}}`],
  ])("with %s is refused", async (_, body) => {
    const { push } = await pushApp();
    const answer = await push(body);
    expect(answer.status).toBe(400);
    expect(answer.text).toMatch(/nested deeper than 64 levels/);
  });

  it("keeps a text that is itself deeply nested JSON as text", async () => {
    const { push, stored } = await pushApp();
    const answer = await push(JSON.stringify({ id: "a", output: nested(10_000) }));
    expect(answer.status).toBe(202);
    expect(stored()[0]?.output.text).toBe(nested(10_000));
  });

  it.each([
    ["__proto__", '{"id":"a","output":"x","__proto__":{"polluted":true}}', "application/json"],
    ["a nested __proto__", '{"id":"a","output":{"__proto__":{"polluted":true}}}', "application/json"],
    [
      "constructor.prototype",
      '{"id":"a","output":{"constructor":{"prototype":{"polluted":true}}}}',
      "application/json",
    ],
    ["__proto__ as the whole", '{"__proto__":{"id":"a","output":"x","polluted":true}}', "application/json"],
    ["a form's __proto__", "id=a&output=x&__proto__[polluted]=true", "application/x-www-form-urlencoded"],
    [
      "a form's constructor",
      "id=a&output=x&constructor.prototype.polluted=true",
      "application/x-www-form-urlencoded",
    ],
    [
      "a form's __proto__ as a part",
      "id=a&output____proto____polluted=1",
      "application/x-www-form-urlencoded",
    ],
  ])("cannot change other objects through %s", async (_, body, contentType) => {
    const { push } = await pushApp();
    const answer = await push(body, { "content-type": contentType });
    expect(answer.status).toBeLessThan(500);
    expect("polluted" in {}).toBe(false);
    expect("polluted" in Object).toBe(false);
  });
});

describe("how often one may ask", () => {
  it("is bounded for each sender; the rest of the app and other senders do not notice", async () => {
    const { ask, push, stored, time } = await pushApp({ ids: ["busy", "quiet"] });
    const statuses: number[] = [];
    for (let index = 0; index < senderBurst + 50; index += 1) {
      // five milliseconds apart: under the bound of all senders together
      time.monotonic += 5;
      statuses.push((await push(record(`n-${index}`), {}, "busy")).status);
    }
    const accepted = statuses.filter((status) => status === 202).length;
    expect(accepted).toBe(senderBurst + 1);
    expect(statuses.filter((status) => status === 429)).toHaveLength(statuses.length - accepted);
    expect(stored("busy")).toHaveLength(accepted);
    const refused = await push(record("one more"), {}, "busy");
    expect(refused.json.message).toMatch(/try again in 1 s, or send several outputs in one request/);
    expect(Number(refused.headers.get("retry-after"))).toBeGreaterThanOrEqual(1);
    expect((await ask("/healthz")).status).toBe(200);
    expect((await push(record("a"), {}, "quiet")).status).toBe(202);
    time.monotonic += 1_000 * Number(refused.headers.get("retry-after"));
    expect((await push(record("one more"), {}, "busy")).status).toBe(202);
  });

  it("is bounded for all senders together", async () => {
    const ids = Array.from({ length: 5 }, (_, index) => `sender-${index}`);
    const { push, stored } = await pushApp({ ids });
    const answers = await Promise.all(
      Array.from({ length: 250 }, (_, index) => push(record(`n-${index}`), {}, ids[index % 5] ?? "")),
    );
    const accepted = answers.filter(({ status }) => status === 202).length;
    expect(accepted).toBe(200);
    expect(answers.filter(({ status }) => status === 429)).toHaveLength(50);
    expect(ids.reduce((sum, id) => sum + stored(id).length, 0)).toBe(accepted);
  });

  it("cannot be used up by someone without the token", async () => {
    const { ask, push, time } = await pushApp();
    for (let index = 0; index < senderBurst + 20; index += 1) {
      time.monotonic += 5;
      await ask("/v1/outputs/replies", {
        method: "POST",
        body: record("x"),
        headers: { authorization: "Bearer a-guess" },
      });
    }
    const stranger = await ask("/v1/outputs/replies", { method: "POST", body: record("x") });
    expect(stranger.status).toBe(429);
    expect((await push(record("x"))).status).toBe(202);
  });
});
