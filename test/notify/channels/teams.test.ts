import { afterEach, describe, expect, it } from "vitest";
import { z } from "zod";
import type { Json } from "../../../src/domain/json.js";
import { prepareChannel } from "../../../src/notify/settings.js";
import { type Loopback, startLoopback } from "../../platform/loopback.js";
import { firstTry, impatient, ports, settings } from "../channel-fixtures.js";
import { hostile, messageNamed, messages } from "../stories.js";

let server: Loopback | null = null;
afterEach(async () => {
  await server?.close();
  server = null;
});

const envelope = z.strictObject({
  type: z.literal("message"),
  attachments: z.tuple([
    z.strictObject({
      contentType: z.literal("application/vnd.microsoft.card.adaptive"),
      contentUrl: z.null(),
      content: z.looseObject({
        type: z.literal("AdaptiveCard"),
        version: z.literal("1.4"),
        body: z.array(z.looseObject({ type: z.enum(["RichTextBlock", "ColumnSet", "Container"]) })),
        actions: z.array(z.looseObject({ type: z.literal("Action.OpenUrl") })).optional(),
      }),
    }),
  ]),
});

const still = prepareChannel(settings.teams, ports());

function bodyOf(payload: Json): string {
  return z.object({ body: z.string() }).parse(payload).body;
}

async function workflow(status: number, headers: Record<string, string> = {}) {
  server = await startLoopback((_, response) => response.writeHead(status, headers).end());
  const url = `${server.url}/workflows/1?sig=abc`;
  return prepareChannel(settings.teams, ports({ http: impatient(2_000), secret: () => url }));
}

/** Every text of a card, with the type of the element that holds it. */
function textsOf(node: unknown): { type: unknown; text: string }[] {
  if (Array.isArray(node)) return node.flatMap(textsOf);
  if (typeof node !== "object" || node === null) return [];
  const own =
    "text" in node && typeof node.text === "string" ? [{ type: typeOf(node), text: node.text }] : [];
  return [...own, ...Object.values(node).flatMap(textsOf)];
}

function typeOf(node: object): unknown {
  return "type" in node ? node.type : null;
}

describe("a card in Teams", () => {
  it("says it all in the order of every message", async () => {
    const body: unknown = JSON.parse(bodyOf(still.render(messageNamed("opened-drift"))));
    await expect(`${JSON.stringify(body, null, 2)}\n`).toMatchFileSnapshot(
      "../../../fixtures/messages/opened-drift.teams.json",
    );
  });

  it.each(Object.keys(messages))("of %s has the envelope that workflows take, under 28 KB", (name) => {
    const body = bodyOf(still.render(messageNamed(name)));
    expect(Buffer.byteLength(body)).toBeLessThan(28_000);
    expect(envelope.parse(JSON.parse(body)).attachments[0].content.body.length).toBeGreaterThan(2);
  });

  it.each([
    ["opened-drift", "Attention"],
    ["opened-blind", "Warning"],
    ["recovered", "Good"],
    ["test", "Good"],
    ["summary", "Attention"],
    ["self", "Default"],
  ])("of %s has the colour %s", (name, color) => {
    expect(bodyOf(still.render(messageNamed(name)))).toContain(`"color":"${color}"`);
  });

  it("of a summary leads to all messages", () => {
    expect(bodyOf(still.render(messageNamed("summary")))).toContain('"title":"See all messages"');
  });

  it("shows texts only where no markup is read", () => {
    const texts = textsOf(JSON.parse(bodyOf(still.render(messageNamed("hostile")))));
    expect(texts.some(({ text }) => text.includes(hostile.slice(0, 40)))).toBe(true);
    expect(new Set(texts.map(({ type }) => type))).toEqual(new Set(["TextRun"]));
  });

  it("keeps the headline and the deadline where the rest is too long", () => {
    const long = Array.from({ length: 60 }, () => "ü".repeat(900));
    const message = messageNamed("opened-drift");
    const body = bodyOf(still.render({ ...message, byHand: { intro: "", steps: long }, facts: long }));
    expect(Buffer.byteLength(body)).toBeLessThan(28_000);
    expect(body).toContain("fell from 96% to about 71%");
    expect(body).toContain("acknowledge by 08:02");
  });

  it("is posted to the address that the secret holds", async () => {
    const channel = await workflow(202);
    const delivery = await channel.send(channel.render(messageNamed("opened-drift")), firstTry());
    expect(delivery).toEqual({ status: "sent", reference: { status: 202 } });
    expect(server?.requests[0]?.url).toBe("/workflows/1?sig=abc");
  });

  it("is refused where the secret holds something else, which is not repeated", async () => {
    const channel = prepareChannel(settings.teams, ports({ secret: () => "hunter2" }));
    const delivery = await channel.send(channel.render(messageNamed("test")), firstTry());
    expect(delivery).toMatchObject({ status: "refused", reason: expect.stringContaining("no web address") });
    expect(JSON.stringify(delivery)).not.toContain("hunter2");
  });

  it.each([
    [200, {}, "sent"],
    [202, {}, "sent"],
    [400, {}, "refused"],
    [401, {}, "refused"],
    [302, { location: "https://login.example.com" }, "refused"],
    [429, { "retry-after": "10" }, "retry"],
    [502, {}, "retry"],
  ] as const)("takes %i for what it is", async (status, headers, outcome) => {
    const channel = await workflow(status, headers);
    const delivery = await channel.send(channel.render(messageNamed("opened-drift")), firstTry());
    expect(delivery.status).toBe(outcome);
    if (status === 429) expect(delivery).toMatchObject({ afterMs: 10_000 });
  });
});
