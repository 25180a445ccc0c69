import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createTransport } from "nodemailer";
import { afterAll, afterEach, describe, expect, it } from "vitest";
import { isDeadAddress } from "../../src/flow/dead-addresses.js";
import type { ReadyChannel } from "../../src/flow/ground.js";
import { itselfId } from "../../src/flow/itself.js";
import { moveIncident } from "../../src/flow/move-incident.js";
import { sendTest } from "../../src/flow/send-test.js";
import { classifySmtp } from "../../src/notify/classify-smtp.js";
import { prepareChannel } from "../../src/notify/settings.js";
import { firstTry, ports, settings } from "../notify/channel-fixtures.js";
import { type SmtpScript, type SmtpStub, startSmtp } from "../notify/smtp-stub.js";
import { messageNamed } from "../notify/stories.js";
import { person, recordingChannel } from "./bench-ground.js";
import { company } from "./company.js";

const second = 1_000;
const minute = 60 * second;

const servers: SmtpStub[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) await server.close();
});

/** A server whose answers can be changed while it runs, and a channel that uses it. */
async function mailTo(script: SmtpScript, more: object = {}) {
  const server = await startSmtp(script);
  servers.push(server);
  const given = {
    ...settings.email,
    host: "127.0.0.1",
    port: server.port,
    security: "none",
    timeoutMs: 2_000,
    ...more,
  };
  const ready: ReadyChannel = {
    id: "mail",
    type: "email",
    channel: prepareChannel(given, ports()),
    fallback: null,
    onlyAsFallback: false,
  };
  const header = (name: string) =>
    server.taken.map(({ raw }) => new RegExp(`^${name}: (.*)$`, "im").exec(raw)?.[1]?.trim());
  return { server, ready, header, receivers: () => server.taken.map(({ to }) => to) };
}

const three = { to: ["a@example.com", "b@example.com", "c@example.com"] };
const refusing = (refused: string, answer: string) => (address: string) =>
  address === refused ? answer : "250 2.1.5 ok";

describe("fault 37: the connection is cut after SMTP DATA", () => {
  it("is sent again with the same Message-ID, and the header says that it is the second try", async () => {
    const script = { end: "cut" };
    const mail = await mailTo(script, { to: ["ops@example.com"] });
    const { ground, open, deliver, later } = company(1, [mail.ready]);
    open(0);
    await deliver();
    expect(ground.store.outbox.head("mail")?.state).toBe("ambiguous");
    script.end = "250 2.0.0 taken";
    later(2 * second);
    await deliver();
    expect(ground.store.outbox.counts()).toEqual({ sent: 1 });
    const [first, again] = mail.header("message-id");
    expect(first).toMatch(/^<.+@example\.com>$/);
    expect(again).toBe(first);
    expect(mail.header("x-evenkeel-attempt")).toEqual(["1", "2"]);
  });
});

describe("fault 38: one of three recipients is refused", () => {
  it("for good: for that one it is over, the others have it once", async () => {
    const mail = await mailTo({ rcpt: refusing("b@example.com", "550 5.7.1 not from you") }, three);
    const { ground, open, deliver, later } = company(1, [mail.ready]);
    open(0);
    for (let minutes = 0; minutes < 30; minutes += 1) {
      await deliver();
      later(minute);
    }
    expect(mail.receivers()).toEqual([["a@example.com", "c@example.com"]]);
    expect(mail.server.commands.filter((line) => line.includes("b@example.com"))).toHaveLength(1);
    expect(ground.store.outbox.inState("sent", 1)[0]?.reference).toMatchObject({
      accepted: ["a@example.com", "c@example.com"],
      refused: [{ address: "b@example.com", code: 550 }],
    });
  });

  it("for now: that one alone is tried again, until it has it", async () => {
    const script = { rcpt: refusing("b@example.com", "452 4.2.2 mailbox full") };
    const mail = await mailTo(script, three);
    const { ground, open, deliver, later } = company(1, [mail.ready]);
    open(0);
    for (let seconds = 0; seconds < 4; seconds += 1) {
      await deliver();
      later(second);
    }
    expect(ground.store.outbox.head("mail")?.state).toBe("pending");
    script.rcpt = () => "250 2.1.5 ok";
    for (let seconds = 0; seconds < 30; seconds += 1) {
      await deliver();
      later(second);
    }
    expect(mail.receivers()).toEqual([["a@example.com", "c@example.com"], ["b@example.com"]]);
    expect(new Set(mail.header("message-id")).size).toBe(1);
    expect(ground.store.outbox.counts()).toEqual({ sent: 1 });
  });
});

describe("fault 39: a mail server that makes difficulties", () => {
  it("greylists: it is tried again with the cause on record, and taken once the server is ready", async () => {
    const script = { rcpt: () => "450 4.7.1 greylisted, come back in 5 minutes" };
    const mail = await mailTo(script, { to: ["ops@example.com"] });
    const { ground, open, deliver, later } = company(1, [mail.ready, recordingChannel("other").ready]);
    open(0);
    await deliver();
    expect(ground.store.outbox.head("mail")).toMatchObject({
      state: "pending",
      lastError: "ops@example.com: 450",
    });
    later(5 * minute);
    script.rcpt = () => "250 2.1.5 ok";
    await deliver();
    expect(mail.receivers()).toEqual([["ops@example.com"]]);
  });

  it("has no STARTTLS: the cause is named, and neither login nor message go in clear text", async () => {
    const login = { user: "evenkeel", password: { env: "SMTP_PASSWORD" } };
    const mail = await mailTo({}, { security: "starttls", login, to: ["ops@example.com"] });
    const { ground, open, deliver } = company(1, [mail.ready]);
    open(0);
    await deliver();
    const [dead] = ground.store.outbox.inState("dead", 1);
    expect(dead?.lastError).toMatch(/STARTTLS|TLS/);
    const said = mail.server.commands.join("\n");
    expect(said).not.toMatch(/AUTH|MAIL FROM|secret-of/i);
    expect(JSON.stringify(dead)).not.toContain("secret-of");
    expect(mail.server.taken).toEqual([]);
  });
});

/** A key and a certificate for 127.0.0.1 that nobody has signed but itself. */
function ownCertificate() {
  const folder = mkdtempSync(join(tmpdir(), "evenkeel-mail-"));
  const [keyPath, certPath] = [join(folder, "key.pem"), join(folder, "cert.pem")];
  const asked =
    "req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -subj /CN=mail.example.com";
  const argv = [
    ...asked.split(" "),
    "-addext",
    "subjectAltName=IP:127.0.0.1",
    "-keyout",
    keyPath,
    "-out",
    certPath,
  ];
  execFileSync("openssl", argv, { stdio: "ignore" });
  const tls = { key: readFileSync(keyPath, "utf8"), cert: readFileSync(certPath, "utf8") };
  return { tls, folder };
}

describe("fault 39: a mail server with TLS that makes difficulties", () => {
  const login = { user: "evenkeel", password: { env: "SMTP_PASSWORD" } };
  const over = { security: "tls", login, to: ["ops@example.com"] };
  const own = ownCertificate();
  afterAll(() => rmSync(own.folder, { recursive: true }));

  it("has a certificate that nobody vouches for: the cause is named, and the server hears no word", async () => {
    const mail = await mailTo({ tls: own.tls }, over);
    const { ground, open, deliver } = company(1, [mail.ready]);
    open(0);
    await deliver();
    expect(ground.store.outbox.inState("dead", 1)[0]?.lastError).toMatch(/self.signed certificate/);
    expect(mail.server.commands).toEqual([]);
  });

  it("does not take the login: that is final, the cause is named and the password is not", async () => {
    const refusal = "535 5.7.8 authentication credentials invalid";
    const ehlo = "250-mail.example.com\r\n250 AUTH PLAIN";
    const server = await startSmtp({ ehlo, auth: refusal });
    servers.push(server);
    // the channel logs in over TLS alone; what its library throws is the same either way
    const transport = createTransport({
      host: "127.0.0.1",
      port: server.port,
      ignoreTLS: true,
      auth: { user: "evenkeel", pass: "secret-of-mail" },
    });
    const [from, to] = ["evenkeel@example.com", "ops@example.com"];
    const thrown: unknown = await transport
      .sendMail({ from, to, text: "x" })
      .catch((error: unknown) => error);
    transport.close();
    const delivery = classifySmtp(thrown);
    expect(delivery).toMatchObject({ status: "refused", reason: expect.stringContaining(refusal) });
    expect(JSON.stringify(delivery)).not.toContain("secret-of-mail");
    expect(server.taken).toEqual([]);
  });
});

describe("fault 53: an address that bounces", () => {
  const gone = { rcpt: refusing("jonas.feld@example.com", "550 5.1.1 no such user") };
  const aiOwner = { ...person, name: "Ines Calder", email: "ines.calder@example.com" };
  const people = new Map([
    [aiOwner.name, aiOwner],
    [person.name, person],
    ["Jonas Feld", { ...person, name: "Jonas Feld", email: "jonas.feld@example.com" }],
  ]);

  async function bouncing(script: SmtpScript = gone, more: object = {}) {
    const mail = await mailTo(script, more);
    const screen = recordingChannel("screen");
    const bench = company(3, [mail.ready, screen.ready], { people, aiOwner });
    const rest = async () => {
      for (let seconds = 0; seconds < 120; seconds += 1) {
        await bench.deliver();
        bench.later(second);
      }
    };
    const asked = () => mail.server.commands.filter((line) => line.includes("jonas.feld@example.com")).length;
    const dead = () => isDeadAddress(bench.ground, mail.ready, "jonas.feld@example.com");
    const own = () => bench.ground.store.incidents.openOf(itselfId, "outputs");
    return { ...bench, mail, screen, rest, asked, dead, own };
  }

  it("gets no more messages, and the others are told whose it is", async () => {
    const { ground, open, rest, asked, dead, own, screen, mail } = await bouncing();
    open(0);
    await rest();
    expect(dead()).toBe(true);
    expect(own()?.title).toBe("the address of Jonas Feld on channel mail takes no mail");
    const told = screen.messages.find(({ automation }) => automation?.id === itselfId);
    expect(told?.headline).toBe("Evenkeel: the address of Jonas Feld on channel mail takes no mail");
    expect(mail.receivers()).toEqual([["ines.calder@example.com"]]);
    open(1);
    open(2);
    await rest();
    expect(asked()).toBe(1);
    // what was for him alone is kept, and the channel is not called broken for it
    expect(ground.store.outbox.listed("dead", 5).map(({ channel }) => channel)).toEqual([
      "mail",
      "mail",
      "mail",
    ]);
    expect(ground.store.channels.get("mail").brokenSince).toBeNull();
    expect(own()?.title).toBe("the address of Jonas Feld on channel mail takes no mail");
  });

  it("is used again once a test message reaches it, or once a person ended the incident", async () => {
    const script = { ...gone };
    const { ground, open, rest, dead, own, asked } = await bouncing(script, {
      to: ["jonas.feld@example.com", "ops@example.com"],
    });
    open(0);
    await rest();
    expect(dead()).toBe(true);
    const answered = {
      incident: own()?.id ?? 0,
      who: "Ines Calder",
      why: "mended",
      cause: "people",
    } as const;
    moveIncident(ground, { ...answered, event: "resolve" });
    expect(dead()).toBe(false);
    open(1);
    await rest();
    expect([dead(), asked()]).toEqual([true, 2]);
    script.rcpt = () => "250 2.1.5 ok";
    sendTest(ground, "Ines Calder");
    await rest();
    expect(dead()).toBe(false);
  });

  it.each(["550 5.7.1 your address is on a blocklist", "550 no", "552 5.2.2 mailbox full"])(
    "is not what %s says: it may be about us, or pass",
    async (answer) => {
      const { open, rest, dead } = await bouncing({ rcpt: refusing("jonas.feld@example.com", answer) });
      open(0);
      await rest();
      expect(dead()).toBe(false);
    },
  );

  it("starts no loop where it is the AI owner's own: what it cannot be told of goes to the other channel, once", async () => {
    const { open, rest, mail, screen } = await bouncing({
      rcpt: () => "550 5.1.1 no such user",
    });
    open(0);
    for (let times = 0; times < 10; times += 1) await rest();
    expect(mail.server.taken).toEqual([]);
    expect(mail.server.commands.filter((line) => line.startsWith("RCPT")).length).toBeLessThanOrEqual(4);
    expect(screen.sent.length).toBeLessThanOrEqual(6);
  });

  it("is asked not to answer by itself", async () => {
    const { open, rest, mail } = await bouncing({});
    open(0);
    await rest();
    expect(new Set(mail.header("auto-submitted"))).toEqual(new Set(["auto-generated"]));
    expect(new Set(mail.header("x-auto-response-suppress"))).toEqual(new Set(["All"]));
  });
});

describe("fault 65: line breaks in names, subjects and addresses", () => {
  /** The names of the headers, and what the server was told before the message. */
  async function rawOf(change: object, more: object = {}) {
    const mail = await mailTo({}, more);
    const message = { ...messageNamed("opened-drift"), ...change };
    const { channel } = mail.ready;
    const delivery = await channel.send(channel.render(message), firstTry());
    const raw = mail.server.taken[0]?.raw ?? "";
    const head = raw.slice(0, raw.indexOf("\r\n\r\n"));
    const names = head
      .replace(/\r\n[ \t]+/g, " ")
      .split("\r\n")
      .map((line) => line.slice(0, line.indexOf(":")));
    const envelope = mail.server.commands.filter((line) => /^(MAIL|RCPT)/.test(line));
    return { delivery, names, envelope, parts: raw.split(/^Content-Type:/im).length };
  }

  const [jonas, priya] = messageNamed("opened-drift").recipients;
  const breaks = ["\r\n", "\n", "\r", "\u2028", "\r\n\r\n", "\0\r\n "];

  it.each(breaks)("add no header, no recipient and no part: %j", async (lineBreak) => {
    const harmless = await rawOf({});
    const evil = `x${lineBreak}Bcc: spy@example.com${lineBreak}${lineBreak}<b>body</b>`;
    const found = await rawOf({
      headline: evil,
      instance: evil,
      notificationId: evil,
      recipients: [{ name: evil, email: jonas?.email }, priya],
    });
    expect(found.delivery.status).toBe("sent");
    expect(found.names).toEqual(harmless.names);
    expect(found.envelope).toEqual(harmless.envelope);
    expect(found.parts).toBe(harmless.parts);
  });

  it.each(breaks)("make an address one that no mail goes to: %j", async (lineBreak) => {
    const email = `jonas.feld@example.com${lineBreak}RCPT TO:<spy@example.com>`;
    const { envelope } = await rawOf({ recipients: [{ name: "Jonas Feld", email }, priya] });
    expect(envelope.filter((line) => line.startsWith("RCPT"))).toEqual([`RCPT TO:<${priya?.email}>`]);
  });

  it.each(breaks)("are no part of a sender's name or address: %j", async (lineBreak) => {
    const harmless = await rawOf({});
    const named = await rawOf({}, { fromName: `Evenkeel${lineBreak}Bcc: spy@example.com` });
    expect(named.names).toEqual(harmless.names);
    const from = `evenkeel@example.com${lineBreak}Bcc: spy@example.com`;
    expect(() => prepareChannel({ ...settings.email, from }, ports())).toThrow(/plain address/);
  });
});
