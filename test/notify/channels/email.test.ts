import { getEventListeners } from "node:events";
import { afterEach, describe, expect, it } from "vitest";
import { isJsonObject } from "../../../src/domain/json.js";
import { composeDigestMessage } from "../../../src/notify/compose-digest-message.js";
import type { IncidentMessage } from "../../../src/notify/message.js";
import { prepareChannel } from "../../../src/notify/settings.js";
import { composeDigest } from "../../../src/report/compose-digest.js";
import { fullWeek, mondayMorning } from "../../report/digest-weeks.js";
import { firstTry, ports, settings } from "../channel-fixtures.js";
import { type SmtpScript, type SmtpStub, startSmtp } from "../smtp-stub.js";
import { messageNamed } from "../stories.js";

let server: SmtpStub | null = null;
afterEach(async () => {
  await server?.close();
  server = null;
});

async function mail(script: SmtpScript = {}, more: object = {}) {
  server = await startSmtp(script);
  const given = {
    ...settings.email,
    host: "127.0.0.1",
    port: server.port,
    security: "none",
    timeoutMs: 1_000,
    ...more,
  };
  return prepareChannel(given, ports());
}

const opened = messageNamed("opened-drift");

function withRecipients(...emails: readonly (string | null)[]): IncidentMessage {
  return { ...opened, recipients: emails.map((email, index) => ({ name: `Person ${index}`, email })) };
}

describe("a mail", () => {
  it("goes to the people it concerns, with fixed ids and both parts", async () => {
    const channel = await mail();
    const sent = await channel.send(channel.render(opened), firstTry({ attempt: 2 }));
    const to = ["jonas.feld@example.com", "priya.raman@example.com"];
    expect(sent).toEqual({
      status: "sent",
      reference: { messageId: "<0193-3c5e-0001@example.com>", accepted: to, refused: [] },
      addresses: { reached: to, dead: [] },
    });
    const raw = server?.taken[0]?.raw ?? "";
    expect(server?.taken[0]?.to).toEqual(to);
    for (const header of [
      "Message-ID: <0193-3c5e-0001@example.com>",
      "In-Reply-To: <incident-27.harbour-lane@example.com>",
      "References: <incident-27.harbour-lane@example.com>",
      "Auto-Submitted: auto-generated",
      "X-Evenkeel-Attempt: 2",
      "Content-Type: text/plain",
      "Content-Type: text/html",
    ]) {
      expect(raw.toLowerCase()).toContain(header.toLowerCase());
    }
  });

  it("with a digest can be stopped in one press, and threads with no incident", async () => {
    const facts = {
      notificationId: "0193-3c5e-0007",
      instance: "Harbour & Lane",
      zone: "Europe/Vienna",
      recipients: [{ name: "Tom Ashby", email: "tom.ashby@example.com" }],
      reader: { name: "Tom Ashby", slackId: null },
    };
    const channel = await mail({}, { to: ["ops@example.com"] });
    const message = composeDigestMessage(facts, composeDigest(fullWeek), mondayMorning);
    await channel.send(channel.render(message), firstTry());
    expect(server?.taken[0]?.to).toEqual(["tom.ashby@example.com"]);
    const raw = (server?.taken[0]?.raw ?? "").replace(/\r\n[ \t]+/g, " ");
    expect(raw).toContain("List-Unsubscribe: <https://evenkeel.example.com/act/stop/token-of-tom>");
    expect(raw).toContain("List-Unsubscribe-Post: List-Unsubscribe=One-Click");
    expect(raw).toContain("Subject: Week 48: 2 outputs to judge and 1 incident open");
    expect(raw).not.toContain("In-Reply-To");
  });

  it("goes to fixed addresses where the settings name some", async () => {
    const channel = await mail({}, { to: ["ops@example.com"] });
    await channel.send(channel.render(opened), firstTry());
    expect(server?.taken[0]?.to).toEqual(["ops@example.com"]);
  });

  it.each([
    "ops@example.com\r\nRCPT TO:<spy@example.com>",
    "ops@example.com>, <spy@example.com",
    "Ops <ops@example.com>",
    "ops@@example.com",
    "öps@example.com",
    "ops@example..com",
    "",
  ])("never hands a malformed address to the server: %j", async (address) => {
    const channel = await mail();
    const payload = channel.render(withRecipients(address, "fine@example.com"));
    await channel.send(payload, firstTry());
    expect(server?.taken[0]?.to).toEqual(["fine@example.com"]);
    expect(server?.commands.join("\n")).not.toContain("spy");
  });

  it("is refused when nobody has an address", async () => {
    const channel = await mail();
    const delivery = await channel.send(channel.render(withRecipients(null, "bad")), firstTry());
    expect(delivery).toMatchObject({ status: "refused" });
  });

  it("lets no line of a name or subject become a header", async () => {
    const channel = await mail();
    await channel.send(channel.render(messageNamed("hostile")), firstTry());
    const head = (server?.taken[0]?.raw ?? "").split("\r\n\r\n")[0] ?? "";
    expect(head).not.toMatch(/^bcc:/im);
    expect(server?.taken[0]?.to).not.toContain("x@example.com");
  });

  it("leaves nothing listening on the signal that outlives it", async () => {
    const channel = await mail();
    const { signal } = new AbortController();
    await channel.send(channel.render(opened), firstTry({ signal }));
    expect(getEventListeners(signal, "abort")).toHaveLength(0);
  });

  it("fetches nothing and shows outputs as text", async () => {
    const channel = await mail();
    const payload = channel.render(messageNamed("hostile"));
    const html = isJsonObject(payload) ? String(payload.html) : "";
    expect(html).toContain("&lt;script&gt;");
    expect(html).not.toMatch(/<(img|script|link|iframe|object|form)\b/i);
    expect(html).not.toMatch(/(src|background|srcset)="|url\(/i);
    const links = [...html.matchAll(/href="([^"]*)/g)].map(([, link]) => link);
    expect(links).toEqual(["https://evenkeel.example.com/i/3"]);
  });
});

describe("recipients the server does not take", () => {
  const gone = (address: string) => (address.startsWith("gone") ? "550 5.1.1 no such user" : "250 ok");
  const busy = (address: string) => (address.startsWith("busy") ? "451 4.7.1 greylisted" : gone(address));

  it("delivers to the others once and names the refused one", async () => {
    const channel = await mail({ rcpt: gone });
    const delivery = await channel.send(
      channel.render(withRecipients("a@example.com", "gone@example.com")),
      firstTry(),
    );
    expect(delivery).toMatchObject({
      status: "sent",
      reference: { accepted: ["a@example.com"], refused: [{ address: "gone@example.com", code: 550 }] },
    });
  });

  it("tries a deferred one again alone", async () => {
    const channel = await mail({ rcpt: busy });
    const payload = channel.render(withRecipients("a@example.com", "busy@example.com", "gone@example.com"));
    const first = await channel.send(payload, firstTry());
    expect(first).toMatchObject({ status: "retry", progress: { accepted: ["a@example.com"] } });
    await server?.close();
    const later = await mail({ rcpt: gone });
    const progress = first.status === "retry" ? (first.progress ?? null) : null;
    const second = await later.send(payload, firstTry({ attempt: 2, progress }));
    expect(server?.taken.map(({ to }) => to)).toEqual([["busy@example.com"]]);
    expect(second).toMatchObject({
      status: "sent",
      reference: {
        accepted: ["a@example.com", "busy@example.com"],
        refused: [{ address: "gone@example.com", code: 550 }],
      },
    });
  });

  it("is refused when all are, and tried again when one may come back", async () => {
    const all = await mail({ rcpt: () => "550 no" });
    expect(await all.send(all.render(opened), firstTry())).toMatchObject({ status: "refused" });
    await server?.close();
    const some = await mail({ rcpt: (address) => (address.startsWith("jonas") ? "450 later" : "550 no") });
    const delivery = await some.send(some.render(opened), firstTry());
    expect(delivery).toMatchObject({
      status: "retry",
      progress: { refused: [{ address: "priya.raman@example.com" }] },
    });
  });
});

describe("servers", () => {
  it.each([
    ["the greeting is 554", { greeting: "554 go away" }, "refused"],
    ["the greeting is 421", { greeting: "421 too many" }, "retry"],
    ["there is no greeting", { greeting: null }, "retry"],
    ["it hangs up at once", { greeting: "cut" }, "ambiguous"],
    ["DATA is 421", { data: "421 shutting down" }, "retry"],
    ["DATA is 554", { data: "554 no" }, "refused"],
    ["it hangs up at DATA", { data: "cut" }, "ambiguous"],
    ["the message is 452", { end: "452 disk full" }, "retry"],
    ["the message is 552", { end: "552 too big" }, "refused"],
    ["it hangs up after the message", { end: "cut" }, "ambiguous"],
    ["it never answers the message", { end: null }, "ambiguous"],
  ] as const)("when %s it is %o", async (_, script, status) => {
    const channel = await mail(script);
    expect((await channel.send(channel.render(opened), firstTry())).status).toBe(status);
  });

  it("never goes on in clear text where STARTTLS is asked for and missing", async () => {
    const channel = await mail(
      {},
      { security: "starttls", login: { user: "evenkeel", password: { env: "SMTP" } } },
    );
    const delivery = await channel.send(channel.render(opened), firstTry());
    expect(delivery.status).toBe("refused");
    expect(server?.commands.join("\n")).not.toMatch(/AUTH|MAIL/);
  });

  it("refuses settings that would send a password in clear text", () => {
    const given = {
      ...settings.email,
      security: "none",
      login: { user: "evenkeel", password: { env: "SMTP" } },
    };
    expect(() => prepareChannel(given, ports())).toThrow(/clear text/);
  });
});
