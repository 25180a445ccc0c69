import { describe, expect, it } from "vitest";
import { createRateLimit, senderBurst, sendersAtMost } from "../../src/http/rate-limit.js";
import { pushApp } from "./push-app.js";

function bench() {
  const time = { monotonic: 0 };
  const waitFor = createRateLimit({ now: () => 0, monotonic: () => time.monotonic });
  return { time, waitFor };
}

describe("the limit of requests", () => {
  it("holds a million names in bounded memory, and lets no more of a crowd in than its share", () => {
    const { time, waitFor } = bench();
    let taken = 0;
    let most = 0;
    for (let index = 0; index < 1_000_000; index += 1) {
      time.monotonic += 1;
      if (waitFor(`name ${index}`, "strangers") === 0) taken += 1;
      most = Math.max(most, waitFor.remembered());
    }
    // 600 at once and 5 a second for 1,000 seconds
    expect(taken).toBeGreaterThan(5_500);
    expect(taken).toBeLessThanOrEqual(5_600);
    expect(most).toBeLessThanOrEqual(sendersAtMost);
    expect(waitFor("a known sender")).toBe(0);
  });

  it("holds a million names that are no crowd in bounded memory too", () => {
    const { time, waitFor } = bench();
    let most = 0;
    for (let index = 0; index < 1_000_000; index += 1) {
      time.monotonic += 6;
      waitFor(`name ${index}`);
      most = Math.max(most, waitFor.remembered());
    }
    expect(most).toBeLessThanOrEqual(sendersAtMost);
  });

  it("forgets nobody who has used up a share for names that come once", () => {
    const { time, waitFor } = bench();
    for (let index = 0; index < senderBurst; index += 1) {
      time.monotonic += 5;
      waitFor("busy");
    }
    for (let index = 0; index < 2 * sendersAtMost; index += 1) {
      time.monotonic += 6;
      // it asks on, so it stays among those that were not full
      if (index % 200 === 0) waitFor("busy");
      waitFor(`name ${index}`);
    }
    let taken = 0;
    for (let index = 0; index < senderBurst; index += 1) if (waitFor("busy") === 0) taken += 1;
    expect(taken).toBeLessThan(20);
  });

  it("keeps of a name no more than its beginning", () => {
    const { waitFor } = bench();
    const long = "n".repeat(1_000_000);
    for (let index = 0; index < 150; index += 1) waitFor(`${long}${index}`);
    expect(waitFor.remembered()).toBe(1);
  });

  it.each(["__proto__", "constructor", "toString", "hasOwnProperty", ""])("counts “%s” as a name", (name) => {
    const { time, waitFor } = bench();
    const waits: number[] = [];
    for (let index = 0; index < senderBurst + 1; index += 1) {
      time.monotonic += 1;
      waits.push(waitFor(name, name));
    }
    expect(waits.filter((wait) => wait > 0).length).toBeGreaterThan(0);
    expect(waitFor.remembered()).toBe(1);
  });
});

describe("pushes to names nobody registered", () => {
  const body = JSON.stringify({ output: "Dear Anna" });

  it("by one noisy sender hold up neither another's nor those with a known token", async () => {
    const { ask, push, time } = await pushApp();
    const to = async (name: string) => (await ask(`/v1/outputs/${name}`, { method: "POST", body })).status;
    const noisy: number[] = [];
    for (let index = 0; index < senderBurst + 20; index += 1) {
      time.monotonic += 5;
      noisy.push(await to("noisy"));
    }
    expect(noisy.at(-1)).toBe(429);
    expect(await to("another")).toBe(404);
    expect((await push(body, {}, "mistyped")).status).toBe(404);
    expect((await push(body)).status).toBe(202);
  });

  it("by a sender with a known token use up its own share under other names, not that of its automation", async () => {
    const { ask, push, time } = await pushApp();
    const statuses: number[] = [];
    for (let index = 0; index < senderBurst + 20; index += 1) {
      time.monotonic += 5;
      statuses.push((await push(body, {}, `mistyped-${index % 30}`)).status);
    }
    expect(statuses.at(-1)).toBe(429);
    expect((await push(body)).status).toBe(202);
    expect((await ask("/v1/outputs/stranger", { method: "POST", body })).status).toBe(404);
  });

  it("under thousands of names leave room for those who show a token", async () => {
    const { ask, push, time } = await pushApp();
    const statuses: number[] = [];
    for (let index = 0; index < 1_500; index += 1) {
      time.monotonic += 5;
      statuses.push((await ask(`/v1/outputs/n-${index}`, { method: "POST", body })).status);
    }
    expect(statuses.filter((status) => status === 404).length).toBeLessThanOrEqual(600 + 5 * 8);
    expect(statuses.at(-1)).toBe(429);
    expect((await push(body)).status).toBe(202);
    expect((await push(body, {}, "mistyped")).status).toBe(404);
  });

  it("with a token, where another automation's secret is missing, are told apart all the same", async () => {
    const { push } = await pushApp({ automation: { source: { type: "push", token: { env: "UNSET" } } } });
    expect((await push(body, {}, "elsewhere")).status).toBe(404);
  });
});
