import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { actOnIncident } from "../../src/flow/act-on-incident.js";
import { senderBurst } from "../../src/http/rate-limit.js";
import { incidentApp, stripped } from "./incident-app.js";

const hour = 3_600_000;

async function withLinks(mail: object = {}) {
  const watch = await incidentApp({
    whole: {
      publicUrl: "https://evenkeel.example.com",
      dataDir: mkdtempSync(join(tmpdir(), "evenkeel-act-")),
      channels: [
        { id: "mail", type: "email", host: "mail.example.com", from: "evenkeel@example.com", ...mail },
        { id: "desk", type: "webhook", url: "https://hooks.example.com/x", secret: { env: "HOOK" } },
        { id: "terminal", type: "console" },
      ],
    },
  });
  const rows = watch.ground.store.outbox.ofIncident(1);
  const messageOf = (channel: string) => rows.find((row) => row.channel === channel);
  const linksIn = (text: string) => text.match(/https:\/\/evenkeel\.example\.com\/act\/[\w./-]+/g) ?? [];
  const mailed = JSON.stringify(messageOf("mail")?.payload);
  const [ack = "", byHand = ""] = [...new Set(linksIn(mailed))].map((link) => new URL(link).pathname);
  const headers = { host: "evenkeel.example.com" };
  const look = (path: string, method = "GET") => watch.ask(path, { method, headers });
  const press = async (
    path: string,
    change: Record<string, string> = {},
    more: Record<string, string> = {},
  ) => {
    const { text } = await look(path);
    const field = (name: string) => new RegExp(`name="${name}" value="([^"]*)"`).exec(text)?.[1] ?? "";
    return watch.follow(path, {
      method: "POST",
      body: new URLSearchParams({ revision: field("revision"), nonce: field("nonce"), ...change }),
      headers: { ...headers, "sec-fetch-site": "same-origin", ...more },
    });
  };
  return { ...watch, mail: mailed, messageOf, linksIn, ack, byHand, look, press };
}

describe("links in messages", () => {
  it("stand in the mail and for programs, never in the terminal, and end nothing", async () => {
    const { mail, messageOf, linksIn } = await withLinks();
    expect(mail).toContain("Acknowledge:");
    expect(mail).toContain("Doing it by hand:");
    // two moves, and the page to report something odd on
    expect(new Set(linksIn(mail)).size).toBe(3);
    expect(linksIn(JSON.stringify(messageOf("desk")?.payload))).toHaveLength(3);
    expect(linksIn(JSON.stringify(messageOf("terminal")))).toEqual([]);
  });

  it("are issued to all who read them, five of them by name", async () => {
    const to = Array.from({ length: 7 }, (_, index) => `reader-${index}@example.com`);
    const { ack, press, row } = await withLinks({ to });
    await press(ack);
    expect(row().acknowledgedBy).toBe(`link issued to ${to.slice(0, 5).join(", ")} and 2 more`);
  });

  it("are not there where people have no address to reach it under", async () => {
    const { ground } = await incidentApp({ whole: { channels: [{ id: "t", type: "console" }] } });
    expect(JSON.stringify(ground.store.outbox.ofIncident(1))).not.toContain("/act/");
  });

  it("lead to a page with the title, where it stands, and one button", async () => {
    const { look, ack } = await withLinks();
    const { status, text, headers } = await look(ack);
    expect(status).toBe(200);
    expect(headers.get("cache-control")).toBe("no-store");
    expect(headers.get("x-robots-tag")).toBe("noindex");
    expect(headers.get("referrer-policy")).toBe("same-origin");
    expect(text).not.toMatch(/<script|http-equiv|onload/i);
    expect(text).not.toContain("a refund of 40");
    expect(stripped(text)).toContain("Incident 1 Replies replies: ");
    expect(stripped(text)).toContain("It is: open (noticed by Evenkeel, 07:04).");
    expect(stripped(text)).toContain("On record it stands as: link issued to tom.ashby@example.com.");
    expect([...text.matchAll(/<button/g)]).toHaveLength(1);
  });

  it("record what the button says, as issued to whom the mail went", async () => {
    const { press, ack, row } = await withLinks();
    const answer = await press(ack);
    expect(answer.status).toBe(200);
    expect(stripped(answer.text)).toContain(
      "Recorded: incident 1 acknowledged, link issued to tom.ashby@example.com, 07:04.",
    );
    expect(row()).toMatchObject({
      status: "acknowledged",
      acknowledgedBy: "link issued to tom.ashby@example.com",
    });
  });

  it("say on a repeat who did it and when, and change nothing", async () => {
    const { press, look, ack, ground, time } = await withLinks();
    await press(ack);
    time.now += 10 * 60_000;
    const moves = ground.store.incidents.moves(1).length;
    const again = await look(ack);
    expect(stripped(again.text)).toContain(
      "Incident 1 was acknowledged already: link issued to tom.ashby@example.com, 07:04. Nothing was changed.",
    );
    expect(again.text).not.toContain("<form");
    expect(ground.store.incidents.moves(1)).toHaveLength(moves);
  });

  it("show how it stands and ask again when it has moved since the message", async () => {
    const { press, look, ack, byHand, row } = await withLinks();
    await press(ack);
    const { text } = await look(byHand);
    expect(stripped(text)).toContain(
      "It has moved since the message was sent. It is: acknowledged (link issued to tom.ashby@example.com, 07:04).",
    );
    expect((await press(byHand)).status).toBe(200);
    expect(row().status).toBe("fallback");
  });

  it("show how it stands and ask again when it has moved while the page was open", async () => {
    const { look, press, byHand, ground, row } = await withLinks();
    const before = String(row().revision);
    const nonce = /name="nonce" value="([^"]*)"/.exec((await look(byHand)).text)?.[1] ?? "";
    actOnIncident(ground, {
      incident: 1,
      event: "acknowledge",
      who: "Tom Ashby",
      why: null,
      cause: null,
      revision: row().revision,
    });
    const answer = await press(byHand, { revision: before, nonce });
    expect(answer.status).toBe(409);
    expect(stripped(answer.text)).toContain("It has moved since you looked, so nothing was changed.");
    expect(row().status).toBe("acknowledged");
  });

  it("expire after three days", async () => {
    const { look, ack, time } = await withLinks();
    time.now += 71 * hour;
    expect((await look(ack)).status).toBe(200);
    time.now += 1.1 * hour;
    const late = await look(ack);
    expect(late.status).toBe(410);
    expect(stripped(late.text)).toContain("This link has expired: it is good for three days.");
    expect(late.text).toContain('<a href="https://evenkeel.example.com/i/1">Open the incident</a>');
  });

  it("do not stand in the log when they break off", async () => {
    const { look, ack, ground, logged, loggedDetails } = await withLinks();
    ground.store.close();
    expect((await look(ack)).status).toBeGreaterThanOrEqual(500);
    expect(logged).toContain("a request broke off");
    expect(loggedDetails).toContainEqual(expect.objectContaining({ path: "/act/…" }));
    expect(JSON.stringify(loggedDetails)).not.toContain(ack.slice("/act/".length));
  });

  it.each([
    ["cut off", (link: string) => link.slice(0, -1)],
    ["with another signature", (link: string) => `${link.slice(0, link.indexOf("."))}.${"A".repeat(43)}`],
    ["without one", (link: string) => link.slice(0, link.indexOf("."))],
    ["for another move", (link: string) => forged(link, (claims) => ["", 1, "resolve", ...claims.slice(3)])],
    ["for longer", (link: string) => forged(link, (claims) => [...claims.slice(0, 4), 9e9, claims[5]])],
    ["that are none", () => "/act/%00"],
  ])("do nothing %s", async (_, change) => {
    const { look, ack, row } = await withLinks();
    const answer = await look(change(ack));
    expect(answer.status).toBe(404);
    expect(stripped(answer.text)).toContain("This link is not one of ours, or is cut off.");
    expect(row().status).toBe("open");
  });

  it.each([
    ["from another site", {}, { "sec-fetch-site": "cross-site" }, 403],
    ["without the page having been shown", { nonce: "1.x" }, {}, 409],
    ["with the page of another revision", { revision: "7" }, {}, 409],
  ])("take no press %s", async (_, change, headers, status) => {
    const { press, ack, row } = await withLinks();
    expect((await press(ack, change, headers)).status).toBe(status);
    expect(row().status).toBe("open");
  });

  it("take no press of a page that had been open for more than an hour", async () => {
    const { press, look, ack, row, time } = await withLinks();
    const nonce = /name="nonce" value="([^"]*)"/.exec((await look(ack)).text)?.[1] ?? "";
    time.now += 1.01 * hour;
    expect((await press(ack, { nonce })).status).toBe(409);
    expect(row().status).toBe("open");
    expect((await press(ack)).status).toBe(200);
  });

  it("take no form that is large, and wake the watch only when something was done", async () => {
    const { press, ack, row, time } = await withLinks();
    const before = time.woken;
    expect((await press(ack, { more: "x".repeat(40_000) })).status).toBe(400);
    expect(row().status).toBe("open");
    expect(time.woken).toBe(before);
    await press(ack);
    expect(time.woken).toBe(before + 1);
  });

  it("are bounded in their number, and guessed ones use up nothing of the good", async () => {
    const { look, ack, time } = await withLinks();
    const statuses: number[] = [];
    for (let index = 0; index < senderBurst + 5; index += 1) {
      time.monotonic += 5;
      statuses.push((await look(`/act/guess-${index}`)).status);
    }
    expect(statuses.at(0)).toBe(404);
    expect(statuses.at(-1)).toBe(429);
    expect((await look(ack)).status).toBe(200);
  });

  it("work through a proxy that puts its own name into Host", async () => {
    const { press, ack } = await withLinks();
    const answer = await press(ack, {}, { host: "127.0.0.1:4310", origin: "https://evenkeel.example.com" });
    expect(answer.status).toBe(200);
  });
});

describe("what a link did", () => {
  const sent = async () => {
    const watch = await withLinks();
    const { look, ask } = watch;
    const post = async (path: string) => {
      const { text } = await look(path);
      const field = (name: string) => new RegExp(`name="${name}" value="([^"]*)"`).exec(text)?.[1] ?? "";
      return ask(path, {
        method: "POST",
        body: new URLSearchParams({ revision: field("revision"), nonce: field("nonce") }),
        headers: { host: "evenkeel.example.com", "sec-fetch-site": "same-origin" },
      });
    };
    return { ...watch, post };
  };

  it("is told by the same address, which does it no second time and stands in no header", async () => {
    const { post, look, ack, ground, time } = await sent();
    const answer = await post(ack);
    expect(answer.status).toBe(303);
    expect(answer.text).toBe("");
    const to = answer.headers.get("location") ?? "";
    expect(to).toMatch(/^\?done=[0-9]+$/);
    expect(answer.headers.get("cache-control")).toBe("no-store");
    const moves = ground.store.incidents.moves(1).length;
    const woken = time.woken;
    for (let turn = 0; turn < 3; turn += 1) {
      const { status, text, headers } = await look(`${ack}${to}`);
      expect(status).toBe(200);
      expect(headers.get("cache-control")).toBe("no-store");
      expect(text).not.toContain("<form");
      expect(stripped(text)).toContain(
        "Recorded: incident 1 acknowledged, link issued to tom.ashby@example.com, 07:04.",
      );
      time.now += 60_000;
    }
    expect(ground.store.incidents.moves(1)).toHaveLength(moves);
    expect(time.woken).toBe(woken);
  });

  it("is told of its own moves alone, whatever number the address carries", async () => {
    const { look, ack, byHand, ground, row } = await sent();
    actOnIncident(ground, {
      incident: 1,
      event: "acknowledge",
      who: "Tom Ashby",
      why: "a secret reason",
      cause: null,
      revision: row().revision,
    });
    for (const link of [ack, byHand])
      for (const number of ["1", "2", "3", "99", "-1", "x"]) {
        const { text } = await look(`${link}?done=${number}`);
        expect(text).not.toContain("Recorded:");
        expect(text).not.toContain("a secret reason");
      }
    expect((await look(`${ack.slice(0, -1)}?done=2`)).status).toBe(404);
  });
});

describe("fault 70: a mail scanner opens every link", () => {
  it("changes nothing, and the person's press works later", async () => {
    const { look, press, ask, ack, byHand, row, ground } = await withLinks();
    for (const link of [ack, byHand]) {
      expect((await look(link, "HEAD")).status).toBe(200);
      for (let turn = 0; turn < 3; turn += 1) expect((await look(link)).status).toBe(200);
      // a browser without a head follows what the page loads, and submits nothing by itself
      const { text } = await look(link);
      expect(text).not.toMatch(/<script|autofocus|http-equiv="refresh"/i);
      // a scanner that posts what it sees, from nowhere
      const posted = await ask(link, { method: "POST", headers: { host: "evenkeel.example.com" } });
      expect(posted.status).toBe(403);
    }
    expect(row()).toMatchObject({ status: "open", revision: 1 });
    expect(ground.store.incidents.moves(1)).toHaveLength(1);
    expect((await press(ack)).status).toBe(200);
    expect(row().status).toBe("acknowledged");
  });
});

function forged(link: string, change: (claims: readonly unknown[]) => readonly unknown[]): string {
  const [body = "", signature = ""] = link.replace("/act/", "").split(".");
  const claims: readonly unknown[] = JSON.parse(Buffer.from(body, "base64url").toString("utf8"));
  return `/act/${Buffer.from(JSON.stringify(change(claims))).toString("base64url")}.${signature}`;
}
