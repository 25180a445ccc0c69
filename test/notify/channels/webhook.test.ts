import { createHmac } from "node:crypto";
import { afterEach, describe, expect, it } from "vitest";
import { prepareChannel } from "../../../src/notify/settings.js";
import { signBody } from "../../../src/token/sign-body.js";
import { type Loopback, startLoopback } from "../../platform/loopback.js";
import { firstTry, impatient, ports, settings } from "../channel-fixtures.js";
import { messageNamed, wednesday } from "../stories.js";

let server: Loopback | null = null;
afterEach(async () => {
  await server?.close();
  server = null;
});

async function hook(status: number, headers: Record<string, string> = {}, more: object = {}) {
  server = await startLoopback((_, response) => response.writeHead(status, headers).end("answer"));
  const given = { ...settings.webhook, url: `${server.url}/evenkeel`, ...more };
  return prepareChannel(given, ports({ http: impatient(2_000) }));
}

describe("a signed POST", () => {
  it("carries a signature that its receiver can check over the raw body", async () => {
    const channel = await hook(200);
    const sent = await channel.send(channel.render(messageNamed("opened-drift")), firstTry({ attempt: 3 }));
    expect(sent.status).toBe("sent");
    const request = server?.requests[0];
    const timestamp = String(wednesday / 1_000);
    const expected = createHmac("sha256", "secret-of-HOOK")
      .update(`v1:${timestamp}:${request?.body}`)
      .digest("hex");
    expect(request?.headers).toMatchObject({
      "content-type": "application/json",
      "x-evenkeel-timestamp": timestamp,
      "x-evenkeel-signature": `v1=${expected}`,
      "x-evenkeel-delivery": "0193-3c5e-0001",
      "idempotency-key": "0193-3c5e-0001",
      "x-evenkeel-attempt": "3",
    });
    expect(JSON.parse(request?.body ?? "")).toMatchObject({
      version: 1,
      type: "incident.opened",
      id: "0193-3c5e-0001",
    });
  });

  it.each([
    ["opened", "incident.opened"],
    ["reminder", "incident.reminder"],
    ["summary", "incident.summary"],
    ["test", "test"],
    ["notice", "notice"],
    ["self", "self"],
  ] as const)("names a message of the kind %s %s", async (kind, type) => {
    const channel = await hook(200);
    await channel.send(channel.render({ ...messageNamed("opened-drift"), kind }), firstTry());
    expect(JSON.parse(server?.requests[0]?.body ?? "")).toMatchObject({ type });
  });

  it("sends the same bytes at every try", async () => {
    const channel = await hook(200);
    const payload = channel.render(messageNamed("hostile"));
    await channel.send(payload, firstTry());
    await channel.send(payload, firstTry({ attempt: 2 }));
    expect(server?.requests[0]?.body).toBe(server?.requests[1]?.body);
  });

  it("carries both signatures while the secret is being changed", async () => {
    const channel = await hook(200, {}, { previousSecret: { env: "OLD_HOOK" } });
    await channel.send(channel.render(messageNamed("test")), firstTry());
    const body = server?.requests[0]?.body ?? "";
    const both = ["secret-of-HOOK", "secret-of-OLD_HOOK"].map((key) =>
      signBody(key, wednesday / 1_000, body),
    );
    expect(server?.requests[0]?.headers["x-evenkeel-signature"]).toBe(both.join(","));
  });

  it("signs as its documentation says: a fixed example", () => {
    expect(signBody("secret", 1_795_068_120, "{}")).toBe(
      `v1=${createHmac("sha256", "secret").update("v1:1795068120:{}").digest("hex")}`,
    );
  });

  it.each([
    [200, {}, "sent"],
    [204, {}, "sent"],
    [408, {}, "retry"],
    [500, {}, "retry"],
    [503, { "retry-after": "120" }, "retry"],
    [429, {}, "retry"],
    [302, { location: "/x" }, "refused"],
    [400, {}, "refused"],
    [401, {}, "refused"],
    [410, {}, "refused"],
  ] as const)("takes %i for what it is", async (status, headers, outcome) => {
    const channel = await hook(status, headers);
    const delivery = await channel.send(channel.render(messageNamed("opened-drift")), firstTry());
    expect(delivery.status).toBe(outcome);
    if (delivery.status === "retry") expect(delivery.afterMs).toBe(status === 503 ? 120_000 : null);
  });

  it("refuses an address the guard blocks, without asking it", async () => {
    const channel = prepareChannel({ ...settings.webhook, url: "http://169.254.169.254/x" }, ports());
    const delivery = await channel.send(channel.render(messageNamed("test")), firstTry());
    expect(delivery.status).toBe("refused");
  });
});
