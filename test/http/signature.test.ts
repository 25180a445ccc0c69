import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import type { IncomingHttpHeaders } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterEach, expect, it } from "vitest";
import { deliverDue } from "../../src/flow/deliver.js";
import { createHttpClient } from "../../src/platform/undici-http-client.js";
import { type Loopback, startLoopback } from "../platform/loopback.js";
import { incidentApp } from "./incident-app.js";
import { hmacKey, pushToken } from "./push-app.js";

type Verify = (headers: IncomingHttpHeaders, body: string, secret: string, nowMs: number) => boolean;

/** The function that the README gives to receivers. */
async function readmesVerify(): Promise<Verify> {
  const readme = readFileSync(new URL("../../README.md", import.meta.url), "utf8");
  const [, code = ""] = /<!-- example: check-signature -->\n```js\n([\s\S]*?)```/.exec(readme) ?? [];
  const folder = mkdtempSync(join(tmpdir(), "evenkeel-signature-"));
  writeFileSync(join(folder, "check-signature.mjs"), code);
  const module: { isFromEvenkeel: Verify } = await import(
    pathToFileURL(join(folder, "check-signature.mjs")).href
  );
  rmSync(folder, { recursive: true });
  return module.isFromEvenkeel;
}

let server: Loopback | null = null;
afterEach(async () => {
  await server?.close();
  server = null;
});

/** Incident 1, told to a webhook channel, of an automation that is paused by a webhook which answers with `status`. */
async function withHooks(status: number) {
  const hooks = await startLoopback((request, response) => {
    response
      .writeHead(request.url === "/pause" ? status : 204)
      .end(request.url === "/pause" ? "no workflow" : "");
  });
  server = hooks;
  const secret = { env: "HOOK" };
  const watch = await incidentApp({
    http: createHttpClient({ allowPrivate: ["127.0.0.0/8"] }),
    fallback: {
      pause: "In Mailroom, switch Auto-post off.",
      pauseAction: { type: "webhook", url: `${hooks.url}/pause`, secret },
    },
    whole: {
      channels: [
        {
          id: "hook",
          type: "webhook",
          url: `${hooks.url}/messages`,
          secret,
          previousSecret: { env: "PUSH_KEY" },
        },
      ],
    },
  });
  const { signal } = new AbortController();
  const deliver = () => deliverDue(watch.ground, new Set(), signal);
  const pause = () =>
    watch.order({ do: "pause", incident: 1, wish: "pause", who: "Tom Ashby", why: "wrong refunds" });
  const got = (url: string) => hooks.requests.filter((each) => each.url === url);
  return { ...watch, deliver, pause, got };
}

it("a receiver can check the signature of messages and of a pause as the README says", async () => {
  const isFromEvenkeel = await readmesVerify();
  const { deliver, pause, got, time } = await withHooks(200);
  expect(await deliver()).toBe(1);
  expect((await pause()).json).toMatchObject({ data: { report: { done: true } } });
  const [message] = got("/messages");
  const [paused] = got("/pause");
  expect(JSON.parse(message?.body ?? "")).toMatchObject({ type: "incident.opened" });
  expect(JSON.parse(paused?.body ?? "")).toMatchObject({ type: "automation.pause", who: "Tom Ashby" });
  for (const { headers, body } of [message, paused].flatMap((each) => each ?? [])) {
    const holds = (change: {
      body?: string;
      secret?: string;
      after?: number;
      headers?: IncomingHttpHeaders;
    }) =>
      isFromEvenkeel(
        { ...headers, ...change.headers },
        change.body ?? body,
        change.secret ?? pushToken,
        time.now + (change.after ?? 0) * 1_000,
      );
    expect(headers["x-evenkeel-delivery"]).toBe(headers["idempotency-key"]);
    expect(holds({})).toBe(true);
    expect(holds({ after: 300 })).toBe(true);
    expect(holds({ after: 301 })).toBe(false);
    expect(holds({ after: -301 })).toBe(false);
    expect(holds({ body: `${body} ` })).toBe(false);
    expect(holds({ secret: "another" })).toBe(false);
    expect(holds({ headers: { "x-evenkeel-signature": undefined } })).toBe(false);
    expect(holds({ headers: { "x-evenkeel-timestamp": undefined } })).toBe(false);
  }
  // the channel's secret is being changed
  const { headers = {}, body = "" } = message ?? {};
  expect(isFromEvenkeel(headers, body, hmacKey, time.now)).toBe(true);
});

it("a pause that its receiver refuses is told to whoever asked and stands on the timeline", async () => {
  const { deliver, pause, got, ground } = await withHooks(500);
  await deliver();
  const { json } = await pause();
  expect(json.data).toMatchObject({
    report: {
      done: false,
      said: expect.stringMatching(/^a POST to 127\.0\.0\.1:\d+ answered 500: no workflow$/),
      byHand: "In Mailroom, switch Auto-post off",
    },
  });
  expect(got("/pause")).toHaveLength(1);
  expect(ground.store.incidents.moves(1).slice(-2)).toMatchObject([
    { event: "pause-asked", who: "Tom Ashby", why: expect.stringContaining("wrong refunds") },
    {
      event: "pause-failed",
      who: "Tom Ashby",
      why: expect.stringMatching(/answered 500: no workflow\. By hand: In Mailroom, switch Auto-post off$/),
    },
  ]);
  expect(await deliver()).toBe(1);
  expect(JSON.parse(got("/messages")[1]?.body ?? "")).toMatchObject({
    type: "incident.moved",
    news: { line: expect.stringContaining("Replies replies could not be paused") },
  });
});
