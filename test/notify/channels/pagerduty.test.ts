import { afterEach, describe, expect, it } from "vitest";
import type { JsonObject } from "../../../src/domain/json.js";
import { prepareChannel } from "../../../src/notify/settings.js";
import { type Loopback, startLoopback } from "../../platform/loopback.js";
import { firstTry, impatient, ports, settings } from "../channel-fixtures.js";
import { messageNamed, messages } from "../stories.js";

let server: Loopback | null = null;
afterEach(async () => {
  await server?.close();
  server = null;
});

/** A PagerDuty that gives these answers, one after the other, then takes everything. */
async function pager(...answers: readonly { status: number; headers?: Record<string, string> }[]) {
  const queue = [...answers];
  server = await startLoopback((_, response) => {
    const { status, headers } = queue.shift() ?? { status: 202 };
    response.writeHead(status, headers).end('{"status":"success"}');
  });
  const given = { ...settings.pagerduty, url: `${server.url}/v2/enqueue` };
  return prepareChannel(given, ports({ http: impatient(2_000) }));
}

const events = (): JsonObject[] => (server?.requests ?? []).map(({ body }) => JSON.parse(body));

async function sent(name: string): Promise<JsonObject[]> {
  const channel = await pager();
  const delivery = await channel.send(channel.render(messageNamed(name)), firstTry());
  expect(delivery).toEqual({ status: "sent", reference: { status: 202 } });
  return events();
}

describe("an alert in PagerDuty", () => {
  it.each([
    ["summary", "warning", "evenkeel-harbour-lane-summary-0193-3c5e-0012"],
    ["self", "info", "evenkeel-harbour-lane-self-0193-3c5e-0011"],
  ])("about no single incident says what it is (%s)", async (name, severity, key) => {
    const [trigger] = await sent(name);
    expect(trigger).toMatchObject({ payload: { class: name, severity } });
    expect(String(trigger?.dedup_key).toLowerCase()).toBe(key);
  });

  it("is triggered with what someone needs who is woken by it", async () => {
    const [event] = await sent("opened-drift");
    await expect(`${JSON.stringify(event, null, 2)}\n`).toMatchFileSnapshot(
      "../../../fixtures/messages/opened-drift.pagerduty.json",
    );
  });

  it.each([
    ["opened-drift", ["trigger"]],
    ["escalated", ["trigger"]],
    ["also", ["trigger"]],
    ["acknowledged", ["acknowledge"]],
    ["by-hand", ["acknowledge"]],
    // something still has to be switched back
    ["recovered", ["acknowledge"]],
    ["ended", ["resolve"]],
    ["test", ["trigger", "resolve"]],
  ])("%s is told as %j", async (name, actions) => {
    expect((await sent(name)).map((event) => event.event_action)).toEqual(actions);
  });

  it("is one and the same for all messages of an incident, and another for another", async () => {
    const keys = await Promise.all(
      ["opened-drift", "acknowledged", "ended"].map(async (name) => (await sent(name))[0]?.dedup_key),
    );
    expect(new Set(keys)).toEqual(new Set(["evenkeel-harbour-lane-incident-27"]));
    expect((await sent("opened-blind"))[0]?.dedup_key).toBe("evenkeel-harbour-lane-incident-26");
  });

  it("carries the routing key only on its way", async () => {
    const channel = await pager();
    const payload = channel.render(messageNamed("opened-drift"));
    expect(JSON.stringify(payload)).not.toContain("routing_key");
    await channel.send(payload, firstTry());
    expect(events()[0]?.routing_key).toBe("secret-of-PAGERDUTY_KEY");
  });

  it("stays within what the API takes, whatever an output holds", async () => {
    for (const name of Object.keys(messages)) {
      const payload = JSON.stringify((await pager()).render(messageNamed(name)));
      await server?.close();
      expect(Buffer.byteLength(payload)).toBeLessThan(512_000);
      const summary = /"summary":"((?:[^"\\]|\\.)*)"/.exec(payload)?.[1] ?? "";
      expect(summary.length).toBeLessThanOrEqual(1_100);
    }
  });

  it.each([
    [202, {}, "sent"],
    [400, {}, "refused"],
    [403, {}, "refused"],
    [302, { location: "/x" }, "refused"],
    [429, { "retry-after": "20" }, "retry"],
    [500, {}, "retry"],
  ] as const)("takes %i for what it is", async (status, headers, outcome) => {
    const channel = await pager({ status, headers });
    const delivery = await channel.send(channel.render(messageNamed("opened-drift")), firstTry());
    expect(delivery.status).toBe(outcome);
    if (status === 429) expect(delivery).toMatchObject({ afterMs: 20_000 });
  });

  it("is not closed by a test whose opening was refused", async () => {
    const channel = await pager({ status: 400 });
    const delivery = await channel.send(channel.render(messageNamed("test")), firstTry());
    expect(delivery.status).toBe("refused");
    expect(events().map((event) => event.event_action)).toEqual(["trigger"]);
  });
});
