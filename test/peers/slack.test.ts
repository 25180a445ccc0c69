import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import type { Json } from "../../src/domain/json.js";
import type { Channel, Delivery } from "../../src/notify/channel-type.js";
import { composeDigestMessage } from "../../src/notify/compose-digest-message.js";
import { prepareChannel } from "../../src/notify/settings.js";
import { composeDigest } from "../../src/report/compose-digest.js";
import { firstTry, ports, settings } from "../notify/channel-fixtures.js";
import { messageNamed } from "../notify/stories.js";
import { fullWeek, mondayMorning } from "../report/digest-weeks.js";
import { freePort, ownProgram, type Peer, startPeer } from "./peer.js";

const listed = z.object({ channels: z.array(z.object({ id: z.string(), name: z.string() })) });

const message = z.object({
  ts: z.string(),
  text: z.string(),
  blocks: z.array(z.unknown()).optional(),
  thread_ts: z.string().optional(),
  metadata: z.object({ event_payload: z.object({ id: z.string() }) }).optional(),
});

const messages = z.object({ messages: z.array(message) });

/** The emulated Slack of the package `emulate`. */
describe("an emulated Slack", () => {
  let peer: Peer | null = null;
  let apiUrl = "";
  let id = "";
  let channel: Channel;

  async function api(method: string, body: Record<string, string>): Promise<unknown> {
    const response = await fetch(`${apiUrl}${method}`, {
      method: "POST",
      headers: { authorization: "Bearer xoxb-test", "content-type": "application/x-www-form-urlencoded" },
      body: new URLSearchParams(body),
    });
    return response.json();
  }

  beforeAll(async () => {
    const port = await freePort();
    peer = await startPeer(
      ownProgram("emulate"),
      ["start", "-p", String(port), "-s", "slack", "--seed", "slack-seed.yaml"],
      port,
    );
    apiUrl = `http://127.0.0.1:${port}/api/`;
    const { channels } = listed.parse(await api("conversations.list", {}));
    id = channels.find(({ name }) => name === "ai-ops")?.id ?? "";
    channel = prepareChannel({ ...settings.slack, channel: id, apiUrl }, ports());
  });

  afterAll(() => peer?.stop());

  function referenceOf(delivery: Delivery): Json {
    expect(delivery.status).toBe("sent");
    return delivery.status === "sent" ? delivery.reference : null;
  }

  const now = () => firstTry({ firstTryAt: Date.now(), notificationId: `id-${Math.floor(Date.now())}` });

  it("takes an incident from its opening to its end: one message, edited, its moves in the thread", async () => {
    const root = referenceOf(await channel.send(channel.render(messageNamed("opened-drift")), now()));
    for (const name of ["acknowledged", "by-hand", "escalated", "recovered", "ended"]) {
      const delivery = await channel.send(channel.render(messageNamed(name)), { ...now(), root });
      expect([name, delivery.status]).toEqual([name, "sent"]);
    }
    const { ts } = z.object({ ts: z.string() }).parse(root);
    const thread = messages.parse(await api("conversations.replies", { channel: id, ts }));
    expect(thread.messages).toHaveLength(6);
    expect(JSON.stringify(thread.messages[0]?.blocks)).toContain("Ended since");
    expect(thread.messages[1]?.text).toContain("Jonas Feld acknowledged at 07:14");
    expect(thread.messages[1]?.thread_ts).toBe(ts);
  });

  it("keeps the blocks and the id of what was posted", async () => {
    const context = now();
    const { ts } = z
      .object({ ts: z.string() })
      .parse(referenceOf(await channel.send(channel.render(messageNamed("opened-category")), context)));
    const { messages: found } = messages.parse(
      await api("conversations.history", { channel: id, include_all_metadata: "true" }),
    );
    const own = found.find((each) => each.ts === ts);
    expect(own?.metadata?.event_payload.id).toBe(context.notificationId);
    const types = z.array(z.object({ type: z.string() })).parse(own?.blocks);
    expect(types.map(({ type }) => type)).toEqual(["header", "section", "section", "rich_text", "context"]);
  });

  it("finds a message again by its id, and says so when it is not there", async () => {
    const context = { ...now(), notificationId: "0193-lost-and-found" };
    const payload = channel.render(messageNamed("opened-zero-tolerance"));
    expect(await channel.reconcile?.(payload, context)).toBeNull();
    const reference = referenceOf(await channel.send(payload, context));
    expect(await channel.reconcile?.(payload, context)).toEqual({ status: "sent", reference });
  });

  it("finds a reply again in its thread", async () => {
    const root = referenceOf(await channel.send(channel.render(messageNamed("opened-drift")), now()));
    const context = { ...now(), notificationId: "0193-reply", root };
    const payload = channel.render(messageNamed("acknowledged"));
    const reference = referenceOf(await channel.send(payload, context));
    expect(await channel.reconcile?.(payload, context)).toEqual({ status: "sent", reference });
  });

  it("refuses a conversation that is not there", async () => {
    const other = prepareChannel({ ...settings.slack, channel: "C0NOTHERE", apiUrl }, ports());
    const delivery = await other.send(other.render(messageNamed("opened-drift")), now());
    const reason = expect.stringContaining("Slack says channel_not_found: the conversation is gone");
    expect(delivery).toEqual({ status: "refused", reason });
  });

  it("takes a digest, whole and with its buttons", async () => {
    const heard = prepareChannel(
      { ...settings.slack, channel: id, apiUrl, appToken: { env: "SLACK_APP_TOKEN" } },
      ports(),
    );
    const digest = composeDigestMessage(
      {
        notificationId: "0193-digest",
        instance: "Harbour & Lane",
        zone: "Europe/Vienna",
        recipients: [{ name: "Tom Ashby", email: null }],
        reader: { name: "Tom Ashby", slackId: null },
      },
      composeDigest(fullWeek),
      mondayMorning,
    );
    const { ts } = z
      .object({ ts: z.string() })
      .parse(referenceOf(await heard.send(heard.render(digest), now())));
    const { messages: found } = messages.parse(await api("conversations.history", { channel: id }));
    const kept = JSON.stringify(found.find((each) => each.ts === ts)?.blocks);
    expect(kept).toContain('"judge-41"');
    expect(kept).toContain("Hello, yes, we ship to Norway.");
  });

  it("sends a test message", async () => {
    const delivery = await channel.send(channel.render(messageNamed("test")), now());
    expect(delivery.status).toBe("sent");
  });
});
