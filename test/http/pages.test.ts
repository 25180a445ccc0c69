import { describe, expect, it } from "vitest";
import { pushApp, pushToken } from "./push-app.js";

const hostile = [
  "<script>alert(document.cookie)</script>",
  '<img src=x onerror="alert(1)">',
  "![beacon](https://evil.example.com/pixel.png)",
  "[click](javascript:alert(1))",
  "</pre></main><h1>Nothing needs anyone</h1>",
  '" autofocus onfocus=alert(1) x="',
].join(" ");

/** Markup that must not come from an output. */
const live = [
  /<script/i,
  /<[^>]* on[a-z]+\s*=/i,
  /<[^>]* style\s*=/i,
  /<style/i,
  /<img/i,
  /<iframe/i,
  /javascript:[^\s]*["']>/i,
];

/** An app with one incident that was opened by hostile outputs. */
async function withIncident() {
  const watch = await pushApp({
    automation: {
      store: "full",
      risk: "high",
      checks: [
        {
          id: "no-markup",
          title: `No markup <script>alert("title")</script>`,
          type: "not-contains",
          any: ["<script"],
          rule: "zeroTolerance",
        },
      ],
      fallback: { steps: ["Answer by hand <b>now</b>."], by: "Tom Ashby" },
    },
  });
  await watch.order({ do: "run", automation: "replies" });
  watch.time.now += 60_000;
  const records = [1, 2, 3].map((number) => ({ id: `${number}<svg onload=alert(1)>`, output: hostile }));
  expect((await watch.push(JSON.stringify(records))).status).toBe(202);
  watch.time.now += 60_000;
  expect((await watch.order({ do: "run", automation: "replies" })).status).toBe(200);
  expect(watch.ground.store.incidents.open()).toHaveLength(1);
  return watch;
}

describe("every answer", () => {
  it.each(["/", "/healthz", "/i/1", "/nothing", "/v1/outputs/replies", "/evenkeel.css"])(
    "carries the headers that hold a browser back (%s)",
    async (path) => {
      const { ask } = await pushApp();
      const { headers } = await ask(path);
      const policy = headers.get("content-security-policy") ?? "";
      expect(policy).toContain("default-src 'none'");
      expect(policy).toContain("frame-ancestors 'none'");
      expect(policy).toContain("base-uri 'none'");
      expect(policy).toContain("form-action 'self'");
      expect(policy).not.toContain("unsafe");
      expect(headers.get("x-content-type-options")).toBe("nosniff");
      // a page with a form names itself to us, and to nobody else
      expect(headers.get("referrer-policy")).toBe(path === "/i/1" ? "same-origin" : "no-referrer");
      expect(headers.get("access-control-allow-origin")).toBeNull();
    },
  );

  it.each([
    ["evil.example.com", 403],
    ["127.0.0.1.evil.example.com:4310", 403],
    ["", 403],
    ["127.0.0.1:4310", 200],
    ["localhost:4310", 200],
    ["[::1]:4310", 200],
    ["EVENKEEL.example.com", 200],
  ])("to a request for the host %j is %i", async (host, status) => {
    const { ask } = await pushApp();
    const answer = await ask("/healthz", { headers: { host } });
    expect(answer.status).toBe(status);
    if (status === 403) {
      expect(answer.json.message).toMatch(/does not answer to ".*"; set publicUrl or listen.host/);
      expect(answer.headers.get("content-security-policy")).toContain("default-src 'none'");
    }
  });
});

describe("the pages", () => {
  it.each(["/", "/i/1", "/i/7", "/nothing"])(
    "show what outputs hold as text and nothing more (%s)",
    async (path) => {
      const { ask } = await withIncident();
      const { headers, text } = await ask(path, { headers: { accept: "text/html" } });
      expect(headers.get("content-type")).toMatch(/^text\/html; charset=utf-8/i);
      for (const pattern of live) expect(text).not.toMatch(pattern);
      expect(text).not.toContain("<b>now</b>");
      expect([...text.matchAll(/(?:href|src)="([^"]*)"/g)].map((match) => match[1])).toEqual(
        [...text.matchAll(/(?:href|src)="(\/[^"]*|#(?:st-[a-z-]+|main|out|close|do-pause))"/g)].map(
          (match) => match[1],
        ),
      );
    },
  );

  it("show the examples of an incident, escaped", async () => {
    const { ask } = await withIncident();
    const { text } = await ask("/i/1");
    expect(text).toContain("&lt;script&gt;alert");
    expect(text).toContain("Answer by hand &lt;b&gt;now&lt;/b&gt;.");
    expect(text).toMatch(/<h2>Timeline<\/h2>/);
    expect(text).toContain("<span>Opened: ");
  });

  it("show controls and direction marks of an output, so that none can disguise it", async () => {
    const { ask, push, order, time } = await withIncident();
    const output = "<script pay \u202Egpj.exe \u001b[31m bell\u0007 NUL\u0000";
    await push(JSON.stringify({ id: "z-\u202Ediz", output }));
    time.now += 60_000;
    await order({ do: "run", automation: "replies" });
    const { text } = await ask("/i/1");
    expect(text).toContain("pay \\u202egpj.exe \\x1b[31m bell\\x07 NUL\\x00");
    const allowed = /[\n\t]/g;
    expect(text.replace(allowed, "")).not.toMatch(/[\p{Cc}\u202a-\u202e\u2066-\u2069]/u);
  });

  it("name the state of every automation and lead to its incident", async () => {
    const { ask } = await withIncident();
    const { status, text } = await ask("/");
    expect(status).toBe(200);
    expect(text).toContain("Replies replies");
    expect(text).toContain('<a href="/i/1">Incident 1</a>');
  });

  it.each(["/i/7", "/i/abc", "/i/99999999999999999999", "/i/%3Cscript%3E"])(
    "say that there is no such incident and list the open ones (%s)",
    async (path) => {
      const { ask } = await withIncident();
      const { status, headers, text } = await ask(path);
      expect(status).toBe(404);
      expect(headers.get("content-type")).toMatch(/^text\/html/);
      expect(text).toMatch(/<h1>There is no incident /);
      expect(text).toContain('<a href="/i/1">Incident 1</a>');
      expect(text).not.toContain("<script");
    },
  );

  it("say when no incident is open either", async () => {
    const { ask } = await pushApp();
    const { text } = await ask("/i/1");
    expect(text).toContain("There is no incident 1");
    expect(text).toContain("None is open.");
  });

  it("answer a browser with a page and a program with JSON where nothing is", async () => {
    const { ask } = await pushApp();
    const browser = await ask("/nothing", {
      headers: { accept: "text/html,application/xhtml+xml,*/*;q=0.8" },
    });
    expect(browser.status).toBe(404);
    expect(browser.text).toContain("<h1>Nothing is at /nothing</h1>");
    const program = await ask("/nothing");
    expect(program).toMatchObject({
      status: 404,
      json: { error: "not-found", message: "nothing is at /nothing" },
    });
  });

  it("change nothing on GET, and take no POST", async () => {
    const { ask, ground } = await withIncident();
    for (const path of ["/", "/i/1"]) {
      await ask(path);
      expect((await ask(path, { method: "POST" })).status).toBe(404);
    }
    expect(ground.store.incidents.open().map(({ status, revision }) => [status, revision])).toEqual([
      ["open", 1],
    ]);
  });
});

describe("orders", () => {
  it.each([
    ["none", ""],
    ["another token", "ek_admin_other"],
    ["the sender's token", "a-token-of-the-sender"],
  ])("need the token of the data folder, not %s", async (_, token) => {
    const { order, ground } = await pushApp();
    const answer = await order({ do: "send-test", who: null }, token);
    expect(answer).toMatchObject({
      status: 401,
      json: { error: "unauthorized", message: "orders need the token in the data folder" },
    });
    expect(ground.store.outbox.counts()).toEqual({});
  });

  it("are carried out with it", async () => {
    const { order, ground } = await pushApp();
    expect((await order({ do: "send-test", who: null })).status).toBe(200);
    expect(ground.store.outbox.counts()).toEqual({ pending: 1 });
  });

  it.each([
    [{ do: "format-disk" }, "order-unknown", /do/],
    [{ do: "run" }, "order-unknown", /automation/],
    [
      { do: "run", automation: "replise" },
      "automation-unknown",
      /no automation "replise"; did you mean "replies"/,
    ],
    [
      { do: "move", incident: 5, event: "resolve", who: "Tom Ashby", why: "checked" },
      "incident-unknown",
      /No incident 5/,
    ],
  ])("that make no sense are answered with what is wrong: %j", async (body, error, message) => {
    const { order } = await pushApp();
    const answer = await order(body);
    expect(answer.status).toBe(400);
    expect(answer.json.error).toBe(error);
    expect(answer.json.message).toMatch(message);
  });
});

describe("someone at another computer", () => {
  const from = (remoteAddress: string) => ({ incoming: { socket: { remoteAddress } } });

  it.each(["/", "/i/1", "/i/99", "/report/replies", "/nothing", "/evenkeel.css"])(
    "sees no page at %s, not even with a name of this computer",
    async (path) => {
      const { app } = await withIncident();
      for (const host of ["localhost", "evenkeel.example.com"]) {
        const answer = await app.request(path, { headers: { host, accept: "text/html" } }, from("192.0.2.7"));
        expect(answer.status).toBe(403);
        expect(await answer.text()).toMatch(/^Pages are shown on this computer only/);
      }
      const own = await app.request(path, { headers: { host: "localhost" } }, from("::ffff:127.0.0.1"));
      expect(own.status).not.toBe(403);
    },
  );

  it("may ask whether it is well, push outputs and report, but gives no orders", async () => {
    const { app } = await withIncident();
    const headers = { host: "evenkeel.example.com", authorization: `Bearer ${pushToken}` };
    const elsewhere = from("192.0.2.7");
    const health = await app.request("/healthz", { headers }, elsewhere);
    expect(await health.json()).toEqual({ status: "ok", ready: true });
    const own = await app.request("/healthz", { headers }, from("127.0.0.1"));
    expect(await own.json()).toMatchObject({ status: "ok", openIncidents: 1 });
    const record = { method: "POST", body: '{"id":"far","output":"x"}', headers };
    expect((await app.request("/v1/outputs/replies", record, elsewhere)).status).toBe(202);
    const report = {
      method: "POST",
      body: '{"automation":"replies","what":"odd","by":"Nora Pell"}',
      headers,
    };
    expect((await app.request("/v1/reports", report, elsewhere)).status).toBe(201);
    const order = { method: "POST", body: '{"do":"run","automation":"replies"}', headers };
    expect((await app.request("/v1/commands", order, elsewhere)).status).toBe(403);
  });
});
