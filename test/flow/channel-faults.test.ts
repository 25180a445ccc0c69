import { afterEach, describe, expect, it } from "vitest";
import { z } from "zod";
import { isJsonObject } from "../../src/domain/json.js";
import { deliverDue } from "../../src/flow/deliver.js";
import type { ReadyChannel } from "../../src/flow/ground.js";
import type { Channel } from "../../src/notify/channel-type.js";
import { sendTimeoutMs } from "../../src/notify/classify-http.js";
import { prepareChannel } from "../../src/notify/settings.js";
import { createHttpClient } from "../../src/platform/undici-http-client.js";
import { ports, settings } from "../notify/channel-fixtures.js";
import { type Loopback, startLoopback } from "../platform/loopback.js";
import { monday, recordingChannel } from "./bench-ground.js";
import { company } from "./company.js";

const second = 1_000;
const signal = new AbortController().signal;

const servers: Loopback[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) await server.close();
});

interface Answer {
  readonly status?: number;
  readonly headers?: Record<string, string>;
  readonly body?: string;
  /** Takes the request and hangs up, or never answers. */
  readonly instead?: "cut" | "hang";
}

/** A receiver that answers as the function says, asked anew at each request. */
async function receiver(answer: (body: string, url: string) => Answer): Promise<Loopback> {
  const server = await startLoopback((request, response) => {
    const { body = "", url = "" } = server.requests.at(-1) ?? {};
    const { status = 200, headers = {}, body: said = "", instead } = answer(body, url);
    if (instead === "cut") request.socket.destroy();
    else if (instead !== "hang")
      response.writeHead(status, { "content-type": "application/json", ...headers }).end(said);
  });
  servers.push(server);
  return server;
}

function ready(id: string, channel: Channel, change: Partial<ReadyChannel> = {}): ReadyChannel {
  return { id, type: "webhook", channel, fallback: null, onlyAsFallback: false, ...change };
}

/** The time of the bench, for a channel that is made before it. */
function benchTime() {
  const time = { now: () => monday };
  return { time, clock: { now: () => time.now(), monotonic: () => 0 } };
}

function hook(id: string, url: string, given: Parameters<typeof ports>[0] = {}): ReadyChannel {
  return ready(id, prepareChannel({ ...settings.webhook, url }, ports(given)));
}

describe("fault 31: a receiver that answers 500 for 60 seconds", () => {
  it.each([0.1, 0.5, 0.999])(
    "gets the message once, 30 s after it works again at most (chance %d)",
    async (chance) => {
      let works = false;
      const taken: unknown[] = [];
      const server = await receiver(() => {
        if (works) taken.push(server.requests.at(-1)?.headers["idempotency-key"]);
        return { status: works ? 200 : 500 };
      });
      // where the broken channel is told of
      const other = recordingChannel("other");
      const { ground, clock, open } = company(1, [hook("ops", server.url), other.ready]);
      const random = { ...ground.random, next: () => chance };
      const beganAt = clock.now();
      open(0);
      for (let at = 0; at <= 90; at += 1) {
        clock.set(beganAt + at * second);
        works = at >= 60;
        await deliverDue({ ...ground, random }, new Set(), signal);
      }
      expect(taken).toHaveLength(1);
      expect(server.requests.length).toBeGreaterThan(5);
      const ids = server.requests.map(({ headers }) => headers["idempotency-key"]);
      expect(new Set(ids)).toEqual(new Set(taken));
      expect(other.messages.at(-1)?.headline).toBe("Evenkeel: channel ops is broken");
    },
  );
});

describe("fault 33: a receiver that answers 429", () => {
  it.each([
    ["30", 30],
    [new Date(monday + 90 * second).toUTCString(), 90],
    // our own backoff: 2 s times the chance of one half
    [null, 1],
    ["nonsense", 1],
    ["-5", 1],
    ["86400", 3_600],
  ])("with Retry-After %s is left alone for %d s, and no other channel waits", async (header, waitS) => {
    const limited = await receiver(() =>
      limited.requests.length === 1
        ? { status: 429, headers: header === null ? {} : { "retry-after": header } }
        : {},
    );
    const free = await receiver(() => ({}));
    const { time, clock: channelClock } = benchTime();
    const { clock, open, deliver } = company(2, [
      hook("limited", limited.url, { clock: channelClock }),
      hook("free", free.url),
    ]);
    time.now = clock.now;
    const beganAt = clock.now();
    open(0);
    await deliver();
    expect([limited.requests.length, free.requests.length]).toEqual([1, 1]);
    open(1);
    for (let at = 0; at < waitS; at += Math.max(1, Math.floor(waitS / 60))) {
      clock.set(beganAt + at * second);
      await deliver();
    }
    clock.set(beganAt + waitS * second - 1);
    await deliver();
    expect([limited.requests.length, free.requests.length]).toEqual([1, 2]);
    clock.set(beganAt + waitS * second);
    await deliver();
    // the one that waited, and the one behind it
    expect([limited.requests.length, free.requests.length]).toEqual([3, 2]);
  });
});

const posted = JSON.stringify({ ok: true, channel: "C0AIOPS", ts: "1795068123.000100" });

function slackAt(url: string, http = createHttpClient({ allowPrivate: ["127.0.0.0/8"] })): Channel {
  return prepareChannel({ ...settings.slack, apiUrl: `${url}/api/` }, ports({ http }));
}

function formOf(body: string): Record<string, string> {
  return Object.fromEntries(new URLSearchParams(body));
}

/** What Slack refuses: more than 50 blocks, a text of a section above 3,000 characters. */
function refusedBySlack(body: string): boolean {
  const block = z.looseObject({ text: z.object({ text: z.string() }).optional() });
  const blocks = z.array(block).parse(JSON.parse(formOf(body).blocks ?? "[]"));
  return blocks.length > 50 || blocks.some(({ text }) => [...(text?.text ?? "")].length > 3_000);
}

describe("fault 35: a message that Slack finds too rich", () => {
  const section = (text: string) => ({ type: "section", text: { type: "plain_text", text } });

  it.each([
    ["60 blocks", Array.from({ length: 60 }, (_, index) => section(`line ${index}`)), "invalid_blocks"],
    ["a section of 3,001 characters", [section("x".repeat(3_001))], "msg_too_long"],
  ])("because of %s goes once, as short plain text with a link", async (_, blocks, error) => {
    const slack = await receiver((body) => ({
      body: refusedBySlack(body) ? JSON.stringify({ ok: false, error }) : posted,
    }));
    const channel = slackAt(slack.url);
    const tooRich: Channel = {
      ...channel,
      render: (message) => {
        const payload = channel.render(message);
        return isJsonObject(payload) ? { ...payload, blocks } : payload;
      },
    };
    const { ground, open, deliver, later } = company(1, [ready("ops", tooRich)]);
    open(0);
    for (let seconds = 0; seconds < 30; seconds += 1) {
      await deliver();
      later(second);
    }
    const [first, plain, ...more] = slack.requests.map(({ body }) => formOf(body));
    expect(more).toEqual([]);
    expect(first?.blocks).toBeDefined();
    expect(plain?.blocks).toBeUndefined();
    expect(plain?.mrkdwn).toBe("false");
    expect(plain?.text).toContain("totals fell from 96% to about 71%");
    expect(plain?.text).toContain("https://evenkeel.example.com/i/1");
    expect(plain?.text?.length).toBeLessThan(1_300);
    expect(ground.store.outbox.counts()).toEqual({ sent: 1 });
  });

  it("is never dropped: where the plain text is refused too, the other channel has it and the dead letter is kept", async () => {
    const slack = await receiver(() => ({ body: '{"ok":false,"error":"msg_too_long"}' }));
    const mail = recordingChannel("mail", { onlyAsFallback: true });
    const { ground, open, deliver, later } = company(1, [
      ready("ops", slackAt(slack.url), { fallback: "mail" }),
      mail.ready,
    ]);
    open(0);
    for (let seconds = 0; seconds < 30; seconds += 1) {
      await deliver();
      later(second);
    }
    expect(slack.requests).toHaveLength(2);
    expect(mail.messages.map(({ headline }) => headline)).toContain(
      "Automation 0: totals fell from 96% to about 71%",
    );
    expect(ground.store.outbox.listed("dead", 5).map(({ channel }) => channel)).toEqual(["ops"]);
  });
});

describe("fault 36: a receiver that takes the message and hangs", () => {
  it("is given ten seconds, one message at a time, and no storm of tries", async () => {
    let atOnce = 0;
    let mostAtOnce = 0;
    const server = await receiver(() => ({ instead: "hang" }));
    const given: number[] = [];
    const real = createHttpClient({ allowPrivate: ["127.0.0.0/8"] });
    const http: typeof real = {
      request: async (request) => {
        given.push(request.timeoutMs);
        atOnce += 1;
        mostAtOnce = Math.max(mostAtOnce, atOnce);
        // ten seconds of the bench; a test does not wait for them
        return real.request({ ...request, timeoutMs: 100 }).finally(() => {
          atOnce -= 1;
        });
      },
    };
    const { ground, clock, open } = company(3, [hook("ops", server.url, { http })]);
    for (let each = 0; each < 3; each += 1) open(each);
    const busy = new Set<string>();
    const beganAt = clock.now();
    let sending: Promise<number> | null = null;
    let overAt = 0;
    for (let at = 0; at < 65; at += 1) {
      clock.set(beganAt + at * second);
      // as the daemon does: a beat each second, whether the one before has come back or not
      const beat = deliverDue(ground, busy, signal);
      if (busy.size > 0 && sending === null) {
        sending = beat;
        overAt = at + 10;
      }
      if (at === overAt && sending !== null) {
        await sending;
        sending = null;
      }
    }
    await sending;
    expect(new Set(given)).toEqual(new Set([sendTimeoutMs]));
    expect(sendTimeoutMs).toBe(10_000);
    expect(mostAtOnce).toBe(1);
    // Alertmanager: seven in 65 s for one message; here are three messages, and only the first is tried
    expect(server.requests.length).toBeLessThanOrEqual(6);
    expect(new Set(server.requests.map(({ headers }) => headers["idempotency-key"])).size).toBe(1);
    expect(ground.store.outbox.head("ops")?.state).toBe("ambiguous");
  });
});

describe("fault 37: the connection is cut after the body", () => {
  interface Message {
    readonly ts: string;
    readonly metadata: unknown;
  }

  /** A Slack that hangs up at the first message, having kept it or not. */
  async function cutting(keeps: boolean) {
    const kept: Message[] = [];
    const slack = await receiver((body, url) => {
      if (url.endsWith("conversations.history"))
        return { body: JSON.stringify({ ok: true, messages: kept }) };
      const first = calls().filter((each) => each === "chat.postMessage").length === 1;
      if (!first || keeps)
        kept.push({ ts: `${kept.length + 1}.5`, metadata: JSON.parse(formOf(body).metadata ?? "null") });
      return first ? { instead: "cut" } : { body: posted };
    });
    const calls = () => slack.requests.map(({ url }) => url.replace("/api/", ""));
    const bench = company(1, [ready("ops", slackAt(slack.url))]);
    bench.open(0);
    await bench.deliver();
    const state = bench.ground.store.outbox.head("ops")?.state;
    for (let seconds = 0; seconds < 30; seconds += 1) {
      bench.later(second);
      await bench.deliver();
    }
    return { ...bench, state, kept, calls };
  }

  it("looks the message up in Slack by its id, and does not send again what is there", async () => {
    const { ground, state, kept, calls } = await cutting(true);
    expect(state).toBe("ambiguous");
    expect(calls()).toEqual(["chat.postMessage", "conversations.history"]);
    expect(kept).toHaveLength(1);
    expect(ground.store.outbox.inState("sent", 1)[0]?.reference).toEqual({ channel: "C0AIOPS", ts: "1.5" });
  });

  it("sends it again, with the same id, where it is not there", async () => {
    const { ground, kept, calls } = await cutting(false);
    expect(calls()).toEqual(["chat.postMessage", "conversations.history", "chat.postMessage"]);
    expect(kept).toHaveLength(1);
    expect(ground.store.outbox.counts()).toEqual({ sent: 1 });
  });

  it("sends to a webhook again with the same key, and says which try it is", async () => {
    const server = await receiver(() => (server.requests.length === 1 ? { instead: "cut" } : {}));
    const { ground, open, deliver, later } = company(1, [hook("ops", server.url)]);
    open(0);
    await deliver();
    expect(ground.store.outbox.head("ops")?.state).toBe("ambiguous");
    later(2 * second);
    await deliver();
    const [first, again] = server.requests;
    expect(again?.headers["idempotency-key"]).toBe(first?.headers["idempotency-key"]);
    expect(again?.body).toBe(first?.body);
    expect([first, again].map((each) => each?.headers["x-evenkeel-attempt"])).toEqual(["1", "2"]);
  });
});
