import { afterEach, describe, expect, it } from "vitest";
import type { JsonObject } from "../../../src/domain/json.js";
import { prepareChannel } from "../../../src/notify/settings.js";
import { type Loopback, startLoopback } from "../../platform/loopback.js";
import { firstTry, impatient, ports, settings } from "../channel-fixtures.js";
import { messageNamed, messages } from "../stories.js";

let server: Loopback | null = null;
afterEach(async () => {
  await server?.close();
  server = null;
});

async function topic(status = 200, headers: Record<string, string> = {}, more: object = {}) {
  server = await startLoopback((_, response) => response.writeHead(status, headers).end("{}"));
  const given = { ...settings.ntfy, server: server.url, ...more };
  return prepareChannel(given, ports({ http: impatient(2_000) }));
}

async function sent(name: string): Promise<JsonObject> {
  const channel = await topic();
  await channel.send(channel.render(messageNamed(name)), firstTry());
  return JSON.parse(server?.requests[0]?.body ?? "{}");
}

describe("a notification by ntfy", () => {
  it("says what, since when, until when and what to do by hand", async () => {
    await expect(`${JSON.stringify(await sent("opened-drift"), null, 2)}\n`).toMatchFileSnapshot(
      "../../../fixtures/messages/opened-drift.ntfy.json",
    );
  });

  it.each([
    ["opened-drift", 5, "warning"],
    ["opened-blind", 3, "grey_question"],
    ["escalated", 5, "warning"],
    ["acknowledged", 2, "warning"],
    ["recovered", 3, "white_check_mark"],
    ["ended", 3, "white_check_mark"],
    ["test", 3, "white_check_mark"],
    ["group", 5, "warning"],
    ["still", 5, "warning"],
    ["summary", 3, "warning"],
    ["self", 3, "information_source"],
  ])("%s has priority %i and the sign %s", async (name, priority, tag) => {
    const body = await sent(name);
    expect(body.priority).toBe(priority);
    expect(JSON.stringify(body.tags)).toContain(`["${tag}"`);
  });

  it("rings for a reminder at least as one of medium risk", async () => {
    const channel = await topic();
    const message = messageNamed("opened-drift");
    const low = { ...message, kind: "reminder", automation: { id: "a", title: "A", risk: "low" } } as const;
    await channel.send(channel.render(low), firstTry());
    expect(JSON.parse(server?.requests[0]?.body ?? "{}").priority).toBe(4);
  });

  it("says where the address leads", async () => {
    const label = "See all messages";
    expect(await sent("summary")).toMatchObject({ actions: [{ label }] });
  });

  it("rings for a move that made it worse as for an opening", async () => {
    const channel = await topic();
    await channel.send(channel.render({ ...messageNamed("by-hand"), worse: true }), firstTry());
    expect(JSON.parse(server?.requests[0]?.body ?? "{}").priority).toBe(5);
  });

  it("opens the incident where it is tapped", async () => {
    const url = "http://127.0.0.1:4310/i/27";
    expect(await sent("opened-drift")).toMatchObject({ click: url, actions: [{ action: "view", url }] });
    expect(await sent("opened-category")).not.toHaveProperty("click");
  });

  it("shows a token, or none where none is set", async () => {
    await sent("test");
    expect(server?.requests[0]?.headers.authorization).toBe("Bearer secret-of-NTFY_TOKEN");
    const open = await topic(200, {}, { token: undefined });
    await open.send(open.render(messageNamed("test")), firstTry());
    expect(server?.requests[0]?.headers.authorization).toBeUndefined();
  });

  it("keeps below the size at which a message becomes an attachment", async () => {
    const wide = { ...messageNamed("opened-drift"), smallPrint: "ü".repeat(3_000) };
    const steps = { intro: "", steps: Array.from({ length: 20 }, () => "ß".repeat(900)) };
    const payload = (await topic()).render({ ...wide, byHand: steps });
    const text: JsonObject = JSON.parse(JSON.parse(JSON.stringify(payload)).body);
    expect(Buffer.byteLength(String(text.message))).toBeLessThanOrEqual(4_000);
    expect(Buffer.byteLength(String(text.message))).toBeGreaterThan(2_000);
    for (const name of Object.keys(messages)) {
      const { message } = await sent(name);
      await server?.close();
      expect(Buffer.byteLength(String(message))).toBeLessThanOrEqual(4_000);
      expect(String(message).trim()).not.toBe("");
    }
  });

  it.each([
    [200, {}, "sent"],
    [401, {}, "refused"],
    [403, {}, "refused"],
    [307, { location: "https://elsewhere.example.com" }, "refused"],
    [429, { "retry-after": "60" }, "retry"],
    [507, {}, "retry"],
  ] as const)("takes %i for what it is", async (status, headers, outcome) => {
    const channel = await topic(status, headers);
    const delivery = await channel.send(channel.render(messageNamed("opened-drift")), firstTry());
    expect(delivery.status).toBe(outcome);
    if (status === 429) expect(delivery).toMatchObject({ afterMs: 60_000 });
  });
});
