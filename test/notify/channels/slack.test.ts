import { afterEach, describe, expect, it } from "vitest";
import { isJsonObject, type JsonObject } from "../../../src/domain/json.js";
import type { Channel } from "../../../src/notify/channel-type.js";
import { prepareChannel } from "../../../src/notify/settings.js";
import { type Loopback, startLoopback } from "../../platform/loopback.js";
import { firstTry, impatient, ports, settings } from "../channel-fixtures.js";
import { messageNamed, wednesday } from "../stories.js";

const posted = { ok: true, channel: "C0AIOPS", ts: "1795068123.000100" };
const root = { channel: "C0AIOPS", ts: "1795068000.000200" };

let server: Loopback | null = null;
afterEach(async () => {
  await server?.close();
  server = null;
});

interface Answer {
  readonly status?: number;
  readonly headers?: Record<string, string>;
  readonly body?: unknown;
}

/** A Slack that gives these answers, one after the other, then says ok. */
async function slackAnswering(...answers: readonly (Answer | "cut")[]): Promise<Channel> {
  const queue = [...answers];
  server = await startLoopback((request, response) => {
    const next = queue.shift() ?? { body: posted };
    if (next === "cut") {
      request.socket.destroy();
      return;
    }
    const body = typeof next.body === "string" ? next.body : JSON.stringify(next.body ?? posted);
    response.writeHead(next.status ?? 200, { "content-type": "application/json", ...next.headers }).end(body);
  });
  const given = { ...settings.slack, apiUrl: `${server.url}/api/` };
  return prepareChannel(given, ports({ http: impatient(2_000) }));
}

function calls(): { method: string; body: JsonObject }[] {
  return (server?.requests ?? []).map(({ url, body }) => ({
    method: url.replace("/api/", ""),
    body: Object.fromEntries(
      [...new URLSearchParams(body)].map(([key, value]) => [
        key,
        /^[[{]/.test(value) ? JSON.parse(value) : value,
      ]),
    ),
  }));
}

describe("posting", () => {
  it("posts the opening with its id as metadata and hands back where it stands", async () => {
    const channel = await slackAnswering();
    const sent = await channel.send(channel.render(messageNamed("opened-drift")), firstTry());
    expect(sent).toEqual({ status: "sent", reference: { channel: "C0AIOPS", ts: posted.ts } });
    const [call] = calls();
    expect(call?.method).toBe("chat.postMessage");
    expect(call?.body).toMatchObject({
      channel: "C0AIOPS",
      unfurl_links: "false",
      unfurl_media: "false",
      link_names: "false",
      parse: "none",
      metadata: { event_type: "evenkeel_notification", event_payload: { id: "0193-3c5e-0001" } },
    });
    expect(server?.requests[0]?.headers.authorization).toBe("Bearer secret-of-SLACK_BOT_TOKEN");
  });

  it("edits the incident's message, then replies in its thread", async () => {
    const channel = await slackAnswering();
    await channel.send(channel.render(messageNamed("acknowledged")), firstTry({ root }));
    const [edit, reply] = calls();
    expect(edit?.method).toBe("chat.update");
    expect(edit?.body).toMatchObject({ ts: root.ts });
    expect(JSON.stringify(edit?.body.blocks)).toContain("Acknowledged since 07:14 (Jonas Feld)");
    expect(reply?.method).toBe("chat.postMessage");
    expect(reply?.body).toMatchObject({ thread_ts: root.ts, reply_broadcast: "false" });
  });

  it.each(["escalated", "recovered"])("shows %s in the channel too", async (name) => {
    const channel = await slackAnswering();
    await channel.send(channel.render(messageNamed(name)), firstTry({ root }));
    expect(calls()[1]?.body.reply_broadcast).toBe("true");
  });

  it("shows a move that made it worse in the channel too, where people read that it had recovered", async () => {
    const channel = await slackAnswering();
    const worse = { ...messageNamed("acknowledged"), worse: true };
    await channel.send(channel.render(worse), firstTry({ root }));
    expect(calls()[1]?.body).toMatchObject({ thread_ts: root.ts, reply_broadcast: "true" });
  });

  it.each([
    ["no root is known", null, []],
    ["a person deleted the root", root, [{ body: { ok: false, error: "message_not_found" } }]],
  ])("sends the whole incident anew when %s", async (_, known, answers) => {
    const channel = await slackAnswering(...answers);
    await channel.send(channel.render(messageNamed("acknowledged")), firstTry({ root: known }));
    const last = calls().at(-1);
    expect(last?.method).toBe("chat.postMessage");
    expect(last?.body.thread_ts).toBeUndefined();
    expect(JSON.stringify(last?.body.blocks)).toContain("Do this by hand now");
  });

  it("waits with the reply while the edit has to wait", async () => {
    const channel = await slackAnswering({ status: 429, headers: { "retry-after": "7" } });
    const delivery = await channel.send(channel.render(messageNamed("acknowledged")), firstTry({ root }));
    expect(delivery).toMatchObject({ status: "retry", afterMs: 7_000 });
    expect(calls()).toHaveLength(1);
  });
});

describe("refusals (fault 34: a channel that refuses for good)", () => {
  it.each([
    ["channel_not_found", "refused"],
    ["not_in_channel", "refused"],
    ["invalid_auth", "refused"],
    ["account_inactive", "refused"],
    ["token_revoked", "refused"],
    ["missing_scope", "refused"],
    ["an_unheard_of_code", "refused"],
    ["ratelimited", "retry"],
    ["service_unavailable", "retry"],
    ["internal_error", "ambiguous"],
    ["fatal_error", "ambiguous"],
  ])("takes %s for %s", async (error, status) => {
    const channel = await slackAnswering({ body: { ok: false, error } });
    const delivery = await channel.send(channel.render(messageNamed("opened-drift")), firstTry());
    expect(delivery).toMatchObject({ status, reason: expect.stringMatching(`^Slack says ${error}(: |$)`) });
    expect(calls()).toHaveLength(1);
  });

  it("says what to do about a conversation it may not post to", async () => {
    const channel = await slackAnswering({ body: { ok: false, error: "not_in_channel" } });
    const delivery = await channel.send(channel.render(messageNamed("opened-drift")), firstTry());
    const reason = "Slack says not_in_channel: invite the app to the conversation";
    expect(delivery).toEqual({ status: "refused", reason });
  });

  it.each(["invalid_blocks", "msg_too_long", "msg_blocks_too_long"])(
    "goes once as plain text after %s",
    async (error) => {
      const channel = await slackAnswering({ body: { ok: false, error } });
      const delivery = await channel.send(channel.render(messageNamed("opened-drift")), firstTry());
      expect(delivery.status).toBe("sent");
      const [, second] = calls();
      expect(second?.body.blocks).toBeUndefined();
      expect(second?.body).toMatchObject({ mrkdwn: "false" });
      expect(second?.body.text).toContain("http://127.0.0.1:4310/i/27");
      expect(second?.body.metadata).toMatchObject({ event_payload: { id: "0193-3c5e-0001" } });
    },
  );

  it("gives up when the plain text is refused as well", async () => {
    const refusal = { body: { ok: false, error: "invalid_blocks" } };
    const channel = await slackAnswering(refusal, refusal);
    const delivery = await channel.send(channel.render(messageNamed("opened-drift")), firstTry());
    expect(delivery).toMatchObject({ status: "refused" });
    expect(calls()).toHaveLength(2);
  });

  it.each([
    ["30", 30_000],
    [new Date(wednesday + 90_000).toUTCString(), 90_000],
    ["86400", 3_600_000],
    ["nonsense", null],
    ["", null],
  ])("obeys Retry-After %s", async (header, afterMs) => {
    const channel = await slackAnswering({
      status: 429,
      headers: header === "" ? {} : { "retry-after": header },
    });
    const delivery = await channel.send(channel.render(messageNamed("opened-drift")), firstTry());
    expect(delivery).toMatchObject({ status: "retry", afterMs });
    expect(calls()).toHaveLength(1);
  });

  it.each([
    [{ status: 503, body: "later" }, "retry"],
    [{ status: 404, body: "no" }, "refused"],
    [{ status: 302, headers: { location: "/elsewhere" }, body: "" }, "refused"],
    [{ body: "<html>welcome to the hotel</html>" }, "ambiguous"],
    [{ body: "null" }, "ambiguous"],
    ["cut", "ambiguous"],
  ] as const)("takes %o for %s", async (answer, status) => {
    const channel = await slackAnswering(answer);
    const delivery = await channel.send(channel.render(messageNamed("opened-drift")), firstTry());
    expect(delivery.status).toBe(status);
    expect(calls()).toHaveLength(1);
  });
});

describe("looking up what may have arrived", () => {
  const found = {
    ts: "1795068999.000300",
    metadata: { event_type: "evenkeel_notification", event_payload: { id: "0193-3c5e-0001" } },
  };
  const other = { ts: "1795068111.000300", text: "lunch?" };

  it("adopts the message that carries the id, on any page", async () => {
    const channel = await slackAnswering(
      { body: { ok: true, messages: [other], response_metadata: { next_cursor: "more" } } },
      { body: { ok: true, messages: [other, found] } },
    );
    const payload = channel.render(messageNamed("opened-drift"));
    expect(await channel.reconcile?.(payload, firstTry())).toEqual({
      status: "sent",
      reference: { channel: "C0AIOPS", ts: found.ts },
    });
    const [first, second] = calls();
    expect(first?.method).toBe("conversations.history");
    expect(Number(first?.body.oldest)).toBeLessThan(wednesday / 1_000);
    expect(first?.body.include_all_metadata).toBe("true");
    expect(second?.body.cursor).toBe("more");
  });

  it("looks for a reply in its thread", async () => {
    const channel = await slackAnswering({ body: { ok: true, messages: [found] } });
    await channel.reconcile?.(channel.render(messageNamed("acknowledged")), firstTry({ root }));
    expect(calls()[0]).toMatchObject({ method: "conversations.replies", body: { ts: root.ts } });
  });

  it.each([
    [{ body: { ok: true, messages: [other] } }, null],
    [{ body: { ok: false, error: "missing_scope" } }, null],
    [
      { status: 429, headers: { "retry-after": "5" } },
      { status: "retry", afterMs: 5_000 },
    ],
    ["cut", { status: "retry", afterMs: null }],
    [{ body: { ok: true, messages: "none" } }, { status: "retry" }],
  ] as const)("says to send again, or to wait: %o", async (answer, expected) => {
    const channel = await slackAnswering(answer);
    const outcome = await channel.reconcile?.(channel.render(messageNamed("opened-drift")), firstTry());
    if (expected === null) expect(outcome).toBeNull();
    else expect(outcome).toMatchObject(expected);
  });
});

describe("hostile text", () => {
  it("reaches Slack without one character of markup", async () => {
    const channel = await slackAnswering();
    const payload = channel.render(messageNamed("hostile"));
    for (const text of markupTexts(payload)) {
      expect(text.replaceAll("<@U0JONAS>", "")).not.toMatch(/[<>]/);
    }
    expect(JSON.stringify(payload)).not.toContain("\\u001b");
  });

  /** Every text that Slack would parse: mrkdwn objects and the top-level texts. */
  function markupTexts(value: unknown): string[] {
    if (Array.isArray(value)) return value.flatMap(markupTexts);
    if (!isJsonObject(value)) return [];
    const own = value.type === "mrkdwn" || "blocks" in value ? [value.text, value.plain] : [];
    return [...own.filter((text) => typeof text === "string"), ...Object.values(value).flatMap(markupTexts)];
  }
});
