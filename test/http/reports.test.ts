import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { senderBurst } from "../../src/http/rate-limit.js";
import { incidentApp, stripped } from "./incident-app.js";
import { pushApp, pushToken } from "./push-app.js";

const hour = 3_600_000;
const odd = { automation: "replies", what: "It answered in French", by: "Nora Pell" };

async function app() {
  const watch = await pushApp({ ids: ["replies", "drafts"] });
  const send = (body: unknown, headers: Record<string, string> = {}) =>
    watch.ask("/v1/reports", {
      method: "POST",
      body: typeof body === "string" ? body : JSON.stringify(body),
      headers: { authorization: `Bearer ${pushToken}`, ...headers },
    });
  const reports = () => watch.ground.store.reports.newest(100);
  return { ...watch, send, reports };
}

describe("POST /v1/reports", () => {
  it("records what was seen and says where it stands", async () => {
    const { send, reports, time } = await app();
    const answer = await send({ ...odd, output: "r-1", link: "https://desk.example.com/77" });
    expect(answer.status).toBe(201);
    expect(answer.json).toEqual({
      report: 1,
      automation: "replies",
      repeated: false,
      incident: null,
      opened: false,
      alike: 1,
      outputKnown: false,
    });
    expect(reports()).toMatchObject([{ what: "It answered in French", who: "Nora Pell", way: "api" }]);
    expect(time.woken).toBe(1);
  });

  it("opens an incident where it may still be going out", async () => {
    const { send, ground } = await app();
    expect((await send({ ...odd, urgent: true })).json).toMatchObject({ incident: 1, opened: true });
    expect(ground.store.incidents.get(1)?.title).toContain("reported as odd by Nora Pell");
  });

  it.each([
    ["no token", odd, { authorization: "" }, 401, "unauthorized", /send the header Authorization/],
    ["another token", odd, { authorization: "Bearer x" }, 401, "unauthorized", /not the one configured/],
    [
      "an unknown automation",
      { ...odd, automation: "repleis" },
      {},
      404,
      "automation-unknown",
      /no "repleis"/,
    ],
    ["no JSON", "{", {}, 400, "body", /^the body /],
    ["no object", "[]", {}, 400, "report", /the report: /],
    ["nothing seen", { automation: "replies", by: "x" }, {}, 400, "report", /^what: /],
    ["an empty text", { ...odd, what: " " }, {}, 400, "report-refused", /^what: is empty/],
    ["too long a text", { ...odd, what: "x".repeat(2_001) }, {}, 400, "report", /^what: .*2000/],
    ["a field nobody knows", { ...odd, wat: 1 }, {}, 400, "report", /wat/],
    ["too large a body", { ...odd, what: "x".repeat(40_000) }, {}, 413, "too-large", /larger than 32 KiB/],
    [
      "too long a key",
      odd,
      { "idempotency-key": "k".repeat(201) },
      400,
      "report",
      /^Idempotency-Key: has 201/,
    ],
    ["a link that is none", { ...odd, link: "ftp://x.example.com" }, {}, 400, "report-refused", /^link: /],
  ])("refuses %s, and records nothing", async (_, body, headers, status, error, message) => {
    const { send, reports } = await app();
    const answer = await send(body, headers);
    expect([answer.status, answer.json.error]).toEqual([status, error]);
    expect(answer.json.message).toMatch(message);
    expect(reports()).toEqual([]);
  });

  it("takes one key once, with one content", async () => {
    const { send, reports } = await app();
    const headers = { "idempotency-key": "ticket-77" };
    expect((await send(odd, headers)).status).toBe(201);
    const again = await send(odd, headers);
    expect([again.status, again.json.repeated, again.json.report]).toEqual([200, true, 1]);
    const other = await send({ ...odd, what: "else" }, headers);
    expect([other.status, other.json.error]).toEqual([409, "report-conflict"]);
    expect((await send({ ...odd, automation: "drafts" }, headers)).status).toBe(201);
    expect(reports()).toHaveLength(2);
  });

  it("keeps whoever shows no token from using up the share of who does", async () => {
    const { send, time } = await app();
    const stranger = () => send(odd, { authorization: "" });
    for (let sent = 0; sent < senderBurst; sent += 1) {
      // slower than all senders together may be
      if (sent % 100 === 0) time.monotonic += 1_000;
      await stranger();
    }
    let refused = await stranger();
    for (let more = 0; more < 10 && refused.status !== 429; more += 1) refused = await stranger();
    expect(refused.status).toBe(429);
    expect(Number(refused.headers.get("retry-after"))).toBeGreaterThan(0);
    expect((await send(odd)).status).toBe(201);
  });

  it("says what to use where an automation has no push token", async () => {
    const { ask } = await pushApp({
      automation: { source: { type: "file", path: "x.jsonl" } },
    });
    const answer = await ask("/v1/reports", { method: "POST", body: JSON.stringify(odd) });
    expect([answer.status, answer.json.error]).toEqual([404, "not-pushed"]);
    expect(answer.json.message).toContain("use evenkeel report-problem, or its page /report/replies");
  });
});

const fieldOf = (html: string, name: string) =>
  new RegExp(`name="${name}" value="([^"]*)"`).exec(html)?.[1] ?? "";
const filled = { what: "It answered in French", by: "Nora Pell", output: "", seenAt: "", urgent: "no" };

describe("the page of an automation to report on", () => {
  it("shows a form that changes nothing, and records what is sent from it, once", async () => {
    const { ask, follow, reports } = await app();
    const page = await ask("/report/replies");
    expect(stripped(page.text)).toContain("Report something odd: Replies replies");
    expect(page.text).not.toContain("<script");
    expect(reports()).toEqual([]);
    const press = () =>
      follow("/report/replies", {
        method: "POST",
        body: new URLSearchParams({ ...filled, once: fieldOf(page.text, "once") }),
        headers: { "sec-fetch-site": "same-origin" },
      });
    const done = await press();
    expect(stripped(done.text)).toContain(
      "Report 1 is on record, for the owner to look at. Nobody was called.",
    );
    expect(stripped((await press()).text)).toContain("Report 1 was recorded already");
    expect(stripped((await ask("/report/replies?done=1")).text)).toContain("Report 1 is on record");
    expect((await ask("/report/replies?done=2")).text).toContain('name="what"');
    expect(reports()).toMatchObject([{ way: "page", urgent: false }]);
  });

  it("says after an urgent one which incident it opened, however often that page is loaded", async () => {
    const { ask } = await app();
    const { status, headers } = await ask("/report/replies", {
      method: "POST",
      body: new URLSearchParams({ ...filled, urgent: "yes", once: "1" }),
      headers: { "sec-fetch-site": "same-origin" },
    });
    expect(status).toBe(303);
    for (let again = 0; again < 2; again += 1)
      expect(stripped((await ask(headers.get("location") ?? "")).text)).toContain(
        "Report 1 is on record and opened incident 1. Whoever is on call is told now.",
      );
  });

  it("keeps what was written where something is wrong, and escapes it", async () => {
    const { ask, reports } = await app();
    const hostile = `"><img src=x onerror=alert(1)>`;
    const answer = await ask("/report/replies", {
      method: "POST",
      body: new URLSearchParams({ ...filled, by: hostile, what: hostile, seenAt: "nonsense", once: "1" }),
      headers: { "sec-fetch-site": "same-origin" },
    });
    expect(answer.status).toBe(400);
    expect(stripped(answer.text)).toContain("Nothing was recorded. seenAt:");
    expect(answer.text).not.toContain("<img");
    expect(answer.text).toContain("&lt;img src=x");
    expect(reports()).toEqual([]);
  });

  it("shows hostile words as text on the overview, the automation's page and the incident's", async () => {
    const { ask, send } = await app();
    const what = "<script>alert(1)</script><img src=x>";
    await send({ ...odd, what, by: "<b>Nora</b>", output: "<i>7</i>", urgent: true });
    for (const path of ["/", "/a/replies", "/i/1"]) {
      const { text, status } = await ask(path);
      expect(status).toBe(200);
      expect(text).not.toMatch(/<script|<img|<b>Nora|<i>7/);
      expect(text).toContain("&lt;script&gt;alert(1)");
    }
    expect(stripped((await ask("/")).text)).toContain("1 report from people to settle");
    expect((await ask("/i/1")).text).toContain("Reported by a person, &lt;b&gt;Nora");
  });

  it("takes nothing from elsewhere", async () => {
    const { ask, reports } = await app();
    const answer = await ask("/report/replies", {
      method: "POST",
      body: new URLSearchParams({ ...filled, once: "1" }),
      headers: { "sec-fetch-site": "cross-site" },
    });
    expect(answer.status).toBe(403);
    expect(reports()).toEqual([]);
    expect((await ask("/report/nothing", { headers: { accept: "text/html" } })).status).toBe(404);
  });
});

async function linked() {
  const watch = await incidentApp({
    whole: {
      publicUrl: "https://evenkeel.example.com",
      dataDir: mkdtempSync(join(tmpdir(), "evenkeel-report-")),
      channels: [
        { id: "mail", type: "email", host: "mail.example.com", from: "evenkeel@example.com" },
        { id: "desk", type: "webhook", url: "https://hooks.example.com/x", secret: { env: "HOOK" } },
        { id: "chat", type: "slack", token: { env: "SLACK" }, channel: "C0AIOPS" },
        { id: "team", type: "teams", url: { env: "TEAMS" } },
        { id: "phone", type: "ntfy", topic: "evenkeel-x" },
        { id: "pager", type: "pagerduty", routingKey: { env: "PD" } },
        { id: "terminal", type: "console" },
      ],
    },
  });
  const linkIn = (channel: string) => {
    const row = watch.ground.store.outbox.ofIncident(1).find((each) => each.channel === channel);
    return /https:\/\/evenkeel\.example\.com(\/act\/report\/[\w.-]+)/.exec(JSON.stringify(row?.payload))?.[1];
  };
  const headers = { host: "evenkeel.example.com" };
  const path = linkIn("mail") ?? "";
  const look = (at = path, method = "GET") => watch.ask(at, { method, headers });
  const press = async (
    change: Record<string, string> = {},
    more: Record<string, string> = {},
    html?: string,
  ) => {
    const text = html ?? (await look()).text;
    const hidden = { nonce: fieldOf(text, "nonce"), once: fieldOf(text, "once") };
    return watch.follow(path, {
      method: "POST",
      body: new URLSearchParams({ ...filled, ...hidden, ...change }),
      headers: { ...headers, "sec-fetch-site": "same-origin", ...more },
    });
  };
  const reports = () => watch.ground.store.reports.newest(100);
  return { ...watch, linkIn, path, look, press, reports };
}

describe("the link in a message to report with", () => {
  it("stands in every channel but the terminal", async () => {
    const { linkIn } = await linked();
    const channels = ["mail", "desk", "chat", "team", "phone", "pager", "terminal"];
    expect(channels.filter((each) => linkIn(each) !== undefined)).toEqual(channels.slice(0, -1));
  });

  it("shows a form to people and scanners and nothing of outputs, and records what is pressed", async () => {
    const { look, press, reports, path, time } = await linked();
    time.now += 1_000;
    for (const method of ["GET", "HEAD", "GET"]) expect((await look(path, method)).status).toBe(200);
    expect(reports()).toEqual([]);
    const page = await look();
    expect(page.headers.get("cache-control")).toBe("no-store");
    expect(page.text).not.toContain("refund");
    expect((await look("/act/style.css")).status).toBe(200);
    const done = await press();
    expect(stripped(done.text)).toContain("Report 1 is on record and belongs to incident 1.");
    expect(reports()).toMatchObject([{ way: "link", automation: "replies" }]);
  });

  it("leads to the same address, which tells of that form alone and reports nothing again", async () => {
    const { ask, look, path, reports, press } = await linked();
    await press();
    const { text } = await look();
    const field = (name: string) => new RegExp(`name="${name}" value="([^"]*)"`).exec(text)?.[1] ?? "";
    const once = field("once");
    const fields = { what: "an odd thing", by: "Jonas Feld", output: "", seenAt: "", urgent: "no" };
    const answer = await ask(path, {
      method: "POST",
      body: new URLSearchParams({ ...fields, nonce: field("nonce"), once }),
      headers: { host: "evenkeel.example.com", "sec-fetch-site": "same-origin" },
    });
    expect([answer.status, answer.headers.get("location"), answer.text]).toEqual([303, `?done=${once}`, ""]);
    for (let turn = 0; turn < 3; turn += 1) {
      const told = stripped((await look(`${path}?done=${once}`)).text);
      expect(told).toContain("Thank you. Report 2 is on record");
      expect(told).not.toContain("an odd thing");
    }
    expect(reports()).toHaveLength(2);
    for (const other of ["1", "2", "", "link:1", `${once}0`])
      expect((await look(`${path}?done=${other}`)).text).not.toContain("Thank you");
  });

  it("records one form once", async () => {
    const { look, press, reports } = await linked();
    const { text } = await look();
    await press({}, {}, text);
    expect(stripped((await press({}, {}, text)).text)).toContain("Report 1 was recorded already");
    expect(reports()).toHaveLength(1);
  });

  it.each([
    ["from elsewhere", {}, { "sec-fetch-site": "cross-site" }, 403],
    ["with a nonce that is not ours", { nonce: "1.x" }, {}, 409],
    ["with half a form", { urgent: "perhaps" }, {}, 400],
    ["with nothing said", { what: " " }, {}, 400],
  ])("records nothing %s", async (_, change, headers, status) => {
    const { press, reports } = await linked();
    expect((await press(change, headers)).status).toBe(status);
    expect(reports()).toEqual([]);
  });

  it("does nothing once it has expired, was changed, or is of another purpose", async () => {
    const { look, press, path, time, reports, ground } = await linked();
    const { text } = await look();
    expect((await look(`${path.slice(0, -2)}xx`)).status).toBe(404);
    const [mail] = ground.store.outbox.ofIncident(1);
    const other = /\/act\/([\w-]+\.[\w-]+)/.exec(JSON.stringify(mail?.payload))?.[1] ?? "";
    expect((await look(`/act/report/${other}`)).status).toBe(404);
    expect((await look(path.replace("/report/", "/"))).status).toBe(404);
    time.now += 73 * hour;
    const late = await look();
    expect(late.status).toBe(410);
    expect(stripped(late.text)).toContain("This link has expired: it is good for three days.");
    expect((await press({}, {}, text)).status).toBe(410);
    expect(reports()).toEqual([]);
  });
});
