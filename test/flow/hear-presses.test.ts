import { afterEach, describe, expect, it } from "vitest";
import type { Ground, ReadyChannel } from "../../src/flow/ground.js";
import { hearPresses, pressState } from "../../src/flow/hear-presses.js";
import { pickSpotChecks } from "../../src/flow/pick-spot-checks.js";
import { prepareChannel } from "../../src/notify/settings.js";
import { hearSlack } from "../../src/notify/slack-socket.js";
import { ports } from "../notify/channel-fixtures.js";
import { startSocketSlack } from "../notify/slack-socket-stub.js";
import { person } from "./bench-ground.js";
import { openIncident } from "./open-incident.js";

type Stub = Awaited<ReturnType<typeof startSocketSlack>>;

const running: { stop: AbortController; slack: Stub }[] = [];
afterEach(async () => {
  for (const { stop, slack } of running.splice(0)) {
    stop.abort();
    await slack.close();
  }
});

function slackChannel(apiUrl: string): ReadyChannel {
  const settings = {
    id: "ops",
    type: "slack",
    token: { env: "SLACK_BOT_TOKEN" },
    appToken: { env: "SLACK_APP_TOKEN" },
    channel: "C0AIOPS",
    apiUrl,
  };
  const channel = prepareChannel(settings, ports());
  return { id: "ops", type: "slack", channel, fallback: null, onlyAsFallback: false };
}

async function hearing(options: Parameters<typeof startSocketSlack>[0] = {}) {
  const slack = await startSocketSlack(options);
  const stop = new AbortController();
  running.push({ stop, slack });
  const bench = await openIncident({
    channels: [],
    register: { people: new Map([[person.name, { ...person, slackId: "U0MARTA" }]]) },
  });
  const warnings: unknown[] = [];
  let ground: Ground = {
    ...bench.ground,
    register: { ...bench.ground.register, channels: [slackChannel(slack.apiUrl)] },
    logger: { ...bench.ground.logger, warn: (_, fields) => void warnings.push(fields) },
  };
  let woken = 0;
  const beat = hearPresses(
    () => ground,
    () => {
      woken += 1;
    },
    stop.signal,
  );
  beat();
  const press = (envelope: string, action = "acknowledge") =>
    slack.press(envelope, {
      type: "block_actions",
      user: { id: "U0MARTA" },
      trigger_id: "1.2",
      response_url: `${slack.apiUrl}answer`,
      actions: [{ action_id: action, block_id: `i${bench.id}r${bench.row().revision}-opened` }],
    });
  const change = (channels: readonly ReadyChannel[]) => {
    ground = { ...ground, register: { ...ground.register, channels } };
    beat();
  };
  return {
    ...bench,
    slack,
    stop,
    press,
    change,
    beat,
    warnings,
    woken: () => woken,
    state: () => pressState(ground, "ops"),
  };
}

describe("presses through Socket Mode", () => {
  it("are acknowledged within three seconds and move the incident", async () => {
    const { slack, press, row, woken, state } = await hearing();
    await expect.poll(slack.connected, { timeout: 5_000 }).toBe(1);
    await expect.poll(() => state()?.connected).toBe(true);
    expect(slack.answers[0]).toMatchObject({
      url: "/api/apps.connections.open",
      token: "Bearer secret-of-SLACK_APP_TOKEN",
    });
    press("e-1");
    await expect
      .poll(() => slack.acknowledged, { timeout: 3_000 })
      .toEqual([{ envelope_id: "e-1", payload: {} }]);
    expect(row()).toMatchObject({ status: "acknowledged", acknowledgedBy: "Marta Quill" });
    expect(woken()).toBe(1);
    await expect
      .poll(() => slack.answers.find(({ url }) => url.endsWith("/answer"))?.body)
      .toContain("Recorded: incident");
  });

  it("of a digest's buttons record what is said of an output, once for each person", async () => {
    const { slack, ground, clock, watched } = await hearing();
    await expect.poll(slack.connected, { timeout: 5_000 }).toBe(1);
    clock.set(clock.now() + 7 * 24 * 3_600_000);
    ground.store.transaction(() => pickSpotChecks(ground, watched, clock.now()));
    const judge = (envelope: string, answer: string) =>
      slack.press(envelope, {
        type: "block_actions",
        user: { id: "U0MARTA" },
        trigger_id: "1.2",
        response_url: `${slack.apiUrl}answer`,
        actions: [{ action_id: `judge-${answer}`, block_id: "judge-1" }],
      });
    const said = () => ground.store.judgements.of(ground.store.spotChecks.get(1)?.output ?? 0);
    judge("e-1", "wrong");
    judge("e-1", "wrong");
    await expect.poll(() => slack.acknowledged.length, { timeout: 3_000 }).toBe(2);
    expect(said()).toMatchObject([{ answer: "wrong", who: "Marta Quill", via: "Slack" }]);
    judge("e-2", "cannot-tell");
    await expect.poll(() => slack.acknowledged.length, { timeout: 3_000 }).toBe(3);
    expect(said()).toMatchObject([{ answer: "cannot-tell", who: "Marta Quill" }]);
  });

  it("repeated by Slack, for want of an acknowledgement, change nothing a second time", async () => {
    const { slack, press, row } = await hearing();
    await expect.poll(slack.connected, { timeout: 5_000 }).toBe(1);
    press("e-1");
    press("e-1");
    await expect.poll(() => slack.acknowledged.length, { timeout: 3_000 }).toBe(2);
    expect(row().revision).toBe(2);
  });

  it.each([
    ["Slack renews the connection", (slack: Stub) => slack.renew()],
    ["the network breaks", (slack: Stub) => slack.cut()],
  ])(
    "are heard again after %s",
    async (_, happen) => {
      const { slack, press, row } = await hearing();
      await expect.poll(slack.connected, { timeout: 5_000 }).toBe(1);
      happen(slack);
      await expect.poll(slack.opened, { timeout: 8_000 }).toBe(2);
      await expect.poll(slack.connected, { timeout: 5_000 }).toBe(1);
      press("e-2");
      await expect.poll(() => row().status, { timeout: 5_000 }).toBe("acknowledged");
    },
    20_000,
  );

  it("that Slack refuses are tried again, and the reason stands where doctor looks", async () => {
    const refusals = ["invalid_auth"];
    const { slack, state, warnings } = await hearing({ refuse: () => refusals.shift() ?? null });
    await expect.poll(() => state()?.reason ?? "", { timeout: 5_000 }).toContain("invalid_auth");
    expect(state()?.connected).toBe(false);
    expect(JSON.stringify(warnings)).toContain("invalid_auth");
    expect(JSON.stringify(warnings)).not.toContain("secret-of");
    await expect.poll(slack.connected, { timeout: 8_000 }).toBe(1);
    await expect.poll(() => state()?.connected).toBe(true);
  }, 20_000);

  it("end with the channel that was taken out, and with the daemon", async () => {
    const { slack, change, stop } = await hearing();
    await expect.poll(slack.connected, { timeout: 5_000 }).toBe(1);
    change([]);
    await expect.poll(slack.connected, { timeout: 5_000 }).toBe(0);
    change([slackChannel(slack.apiUrl)]);
    await expect.poll(slack.connected, { timeout: 5_000 }).toBe(1);
    stop.abort();
    await expect.poll(slack.connected, { timeout: 5_000 }).toBe(0);
    expect(slack.opened()).toBe(2);
  }, 20_000);

  it("need a package, and say which where it is missing", async () => {
    const states: unknown[] = [];
    const access = { appToken: () => "xapp", apiUrl: "http://127.0.0.1:1/api/", http: ports().http };
    const listener = {
      take: () => ({}),
      failed: () => undefined,
      state: (state: unknown) => void states.push(state),
    };
    await hearSlack(access, listener, new AbortController().signal, () =>
      Promise.reject(new Error("Cannot find package")),
    );
    expect(states).toEqual([
      {
        connected: false,
        reason:
          "appToken needs the package @slack/socket-mode, which is not installed: npm install @slack/socket-mode, or take appToken out",
      },
    ]);
  });
});
