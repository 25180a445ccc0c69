import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { prepareChannel } from "../../src/notify/settings.js";
import { firstTry, ports, settings } from "../notify/channel-fixtures.js";
import { messageNamed } from "../notify/stories.js";
import { freePort, ownProgram, type Peer, startPeer, systemProgram } from "./peer.js";

const received = z.array(
  z.object({
    id: z.string(),
    subject: z.string(),
    text: z.string(),
    html: z.string(),
    headers: z.record(z.string(), z.unknown()),
    envelope: z.object({ to: z.array(z.object({ address: z.string() })) }),
  }),
);

function mailChannel(port: number, more: object = {}) {
  const given = { ...settings.email, host: "127.0.0.1", port, security: "none", timeoutMs: 2_000, ...more };
  return prepareChannel(given, ports());
}

/** The mailbox of the package `maildev`. */
describe("maildev", () => {
  let peer: Peer | null = null;
  let smtp = 0;
  let web = "";

  beforeAll(async () => {
    smtp = await freePort();
    const port = await freePort();
    const argv = ["-s", String(smtp), "-w", String(port), "--ip", "127.0.0.1", "--web-ip", "127.0.0.1"];
    peer = await startPeer(ownProgram("maildev"), argv, port);
    web = `http://127.0.0.1:${port}/api`;
  });

  afterAll(() => peer?.stop());

  async function mailbox() {
    const answer: unknown = await (await fetch(`${web}/email`)).json();
    return received.parse(answer);
  }

  it.each(["opened-drift", "opened-category", "recovered", "hostile", "test"])(
    "receives %s",
    async (name) => {
      await fetch(`${web}/email/all`, { method: "DELETE" });
      const channel = mailChannel(smtp, { to: ["ops@example.com", "owner@example.com"] });
      const message = messageNamed(name);
      const delivery = await channel.send(channel.render(message), firstTry());
      expect(delivery.status).toBe("sent");
      const [mail, ...others] = await mailbox();
      expect(others).toEqual([]);
      expect(mail?.envelope.to.map(({ address }) => address)).toEqual([
        "ops@example.com",
        "owner@example.com",
      ]);
      expect(mail?.headers["auto-submitted"]).toBe("auto-generated");
      expect(mail?.headers["message-id"]).toContain(message.notificationId);
      expect(mail?.headers.bcc).toBeUndefined();
      expect(mail?.html).not.toMatch(/<(script|img)\b/i);
      expect(mail?.text.length).toBeGreaterThan(80);
    },
  );

  it("threads all of an incident under one root", async () => {
    await fetch(`${web}/email/all`, { method: "DELETE" });
    const channel = mailChannel(smtp, { to: ["ops@example.com"] });
    for (const name of ["opened-drift", "acknowledged", "recovered"]) {
      await channel.send(channel.render(messageNamed(name)), firstTry());
    }
    const roots = (await mailbox()).map(({ headers }) => String(headers.references));
    expect(new Set(roots)).toEqual(new Set(["<incident-27.harbour-lane@example.com>"]));
  });
});

const sink = systemProgram("smtp-sink", "postfix");

/** Postfix's own test server. */
describe.skipIf(sink === null)("smtp-sink", () => {
  it.each([
    ["takes everything", [], "sent"],
    ["defers each recipient", ["-r", "RCPT"], "retry"],
    ["refuses each recipient", ["-f", "RCPT"], "refused"],
    ["hangs up at DATA", ["-Q", "DATA"], "retry"],
    ["defers the message", ["-r", "."], "retry"],
    ["is slower than our patience", ["-w", "30"], "ambiguous"],
  ])("when it %s", async (_, argv, status) => {
    const port = await freePort();
    const peer = await startPeer(sink ?? "", ["-u", "nobody", ...argv, `127.0.0.1:${port}`, "100"], port);
    try {
      // one recipient: with two, nodemailer sends its commands at once and a 421 can be lost with the connection
      const channel = mailChannel(port, { to: ["ops@example.com"] });
      const delivery = await channel.send(channel.render(messageNamed("opened-drift")), firstTry());
      expect(delivery).toMatchObject({ status });
    } finally {
      await peer.stop();
    }
  });
});
