import { afterEach, describe, expect, it } from "vitest";
import { dayMs } from "../../src/domain/time.js";
import { pickSpotChecks } from "../../src/flow/pick-spot-checks.js";
import { oweDigests } from "../../src/flow/send-digest.js";
import { slackSignature } from "../../src/notify/slack-signature.js";
import { createHttpClient } from "../../src/platform/undici-http-client.js";
import { type Loopback, startLoopback } from "../platform/loopback.js";
import { pushApp, pushToken } from "./push-app.js";

let server: Loopback | null = null;
afterEach(async () => {
  await server?.close();
  server = null;
});

/** A week after an output had come and was picked, in a business that has Slack and nothing else. */
async function judgeApp() {
  const slack = await startLoopback((_, response) => {
    response.writeHead(200, { "content-type": "application/json" }).end('{"ok":true}');
  });
  server = slack;
  const watch = await pushApp({
    http: createHttpClient({ allowPrivate: ["127.0.0.0/8"] }),
    automation: {
      checks: [{ id: "no-promise", title: "Promises nothing", type: "not-contains", any: ["tomorrow"] }],
      spotCheck: { question: "Could a colleague send this reply as it is?" },
    },
    whole: {
      people: [
        { name: "Tom Ashby", slackId: "U0TOM" },
        { name: "Marta Quill", slackId: "U0MARTA" },
      ],
      channels: [
        {
          id: "ops",
          type: "slack",
          token: { env: "SLACK" },
          channel: "C0AIOPS",
          apiUrl: `${slack.url}/api/`,
          signingSecret: { env: "SLACK_SIGNING" },
        },
      ],
    },
  });
  const { ground, time } = watch;
  await watch.order({ do: "run", automation: "replies" });
  time.now += 60_000;
  const text = "We will send it tomorrow. ".repeat(40);
  await watch.push(JSON.stringify([{ id: "a", output: text, input: "When does it come?" }]));
  oweDigests(ground);
  time.now += 7 * dayMs;
  const [watched] = ground.register.automations;
  if (watched === undefined) throw new Error("nothing is watched");
  ground.store.transaction(() => pickSpotChecks(ground, watched, time.now));
  const answerTo = `${slack.url}/actions/T0/1`;
  const send = (payload: object, timestamp = String(Math.floor(time.now / 1000))) => {
    const body = new URLSearchParams({ payload: JSON.stringify(payload) }).toString();
    return watch.ask("/v1/slack/actions", {
      method: "POST",
      body,
      headers: {
        host: "evenkeel.example.com",
        "content-type": "application/x-www-form-urlencoded",
        "x-slack-request-timestamp": timestamp,
        "x-slack-signature": slackSignature(pushToken, timestamp, body),
      },
    });
  };
  const pressOf = (action: string, user = "U0TOM", row = "judge-1") => ({
    type: "block_actions",
    user: { id: user },
    trigger_id: `trigger-${time.now}`,
    response_url: answerTo,
    actions: [{ action_id: action, block_id: row }],
  });
  const press = (...given: Parameters<typeof pressOf>) => {
    time.now += 1_000;
    return send(pressOf(...given));
  };
  const sendWindow = (answer: string | null, note = "", correction = "") => {
    time.now += 1_000;
    return send({
      type: "view_submission",
      user: { id: "U0TOM" },
      view: {
        callback_id: "evenkeel-judge",
        private_metadata: JSON.stringify({ spotCheck: 1, answerTo }),
        state: {
          values: {
            answer: { answer: { selected_option: answer === null ? null : { value: answer } } },
            note: { text: { value: note } },
            correction: { text: { value: correction } },
          },
        },
      },
    });
  };
  const told = async (count: number) => {
    await expect.poll(() => slack.requests.length).toBe(count);
    return slack.requests.map(({ url, body }) => ({
      url,
      body: url.startsWith("/actions/") ? JSON.parse(body) : Object.fromEntries(new URLSearchParams(body)),
    }));
  };
  const said = () => ground.store.judgements.of(ground.store.spotChecks.get(1)?.output ?? 0);
  return { ...watch, text, send, pressOf, press, sendWindow, told, said };
}

describe("the digest of a business that has Slack alone", () => {
  it("goes to its reader's direct message, with buttons and without a link", async () => {
    const { ground } = await judgeApp();
    oweDigests(ground);
    const [row] = ground.store.outbox.inState("pending", 10);
    expect(row).toMatchObject({ kind: "digest", channel: "ops", payload: { channel: "U0TOM" } });
    const payload = JSON.stringify(row?.payload);
    expect(payload).toContain('"block_id":"judge-1"');
    expect(payload).toContain("Press what you think: it is recorded at once");
    expect(payload).not.toMatch(/act\/judge|by chance|Promises nothing.{0,20}failed/);
  });
});

describe("a press of a digest's button in Slack", () => {
  it("records what the person says, and tells them alone the rest", async () => {
    const { press, said, told } = await judgeApp();
    const answer = await press("judge-wrong");
    expect({ status: answer.status, body: answer.text }).toEqual({ status: 200, body: "{}" });
    expect(said()).toMatchObject([{ answer: "wrong", who: "Tom Ashby", via: "Slack", note: null }]);
    const [first] = await told(1);
    expect(first?.body).toMatchObject({ response_type: "ephemeral", replace_original: false });
    expect(first?.body.text).toContain("Recorded as said by Tom Ashby: wrong. Thank you.");
    expect(first?.body.text).toContain("It was picked by chance, one of 1 output of that week.");
    expect(first?.body.text).toContain("0 checks passed it, 1 failed it.");
    expect(JSON.stringify(first?.body)).not.toContain('"mrkdwn"');
  });

  it("twice alike is one word; otherwise the later replaces the earlier", async () => {
    const { press, said, told } = await judgeApp();
    await press("judge-wrong");
    await press("judge-wrong");
    expect(said()).toHaveLength(1);
    await press("judge-right");
    expect(said()).toMatchObject([{ answer: "right", who: "Tom Ashby" }]);
    const answers = await told(3);
    expect(answers[1]?.body.text).toContain("You had said so before (Tom Ashby): wrong.");
    expect(answers[2]?.body.text).toContain("What you said before counts no more.");
  });

  it("and the page of the output are one person's one word", async () => {
    const { press, said, ask } = await judgeApp();
    await press("judge-wrong");
    await ask("/spot-checks/1", {
      method: "POST",
      body: new URLSearchParams({ answer: "right", who: "Tom Ashby", note: "", correction: "" }),
      headers: { "sec-fetch-site": "same-origin" },
    });
    expect(said()).toMatchObject([{ answer: "right", who: "Tom Ashby", via: null }]);
  });

  it("by another is another's word, and disagreement is shown to whoever came second", async () => {
    const { press, said, told } = await judgeApp();
    await press("judge-wrong");
    await press("judge-right", "U0MARTA");
    await press("judge-right", "U0STRANGER");
    expect(said().map(({ who, answer }) => [who, answer])).toEqual([
      ["Tom Ashby", "wrong"],
      ["Marta Quill", "right"],
      ["Slack user U0STRANGER", "right"],
    ]);
    expect((await told(3))[1]?.body.text).toContain("Tom Ashby (Slack) said: wrong.");
  });

  it("replayed is refused and changes nothing", async () => {
    const { pressOf, send, said, time, press } = await judgeApp();
    const payload = pressOf("judge-wrong");
    const timestamp = String(Math.floor(time.now / 1000));
    expect((await send(payload, timestamp)).status).toBe(200);
    await press("judge-right");
    expect((await send(payload, timestamp)).status).toBe(409);
    expect(said()).toMatchObject([{ answer: "right" }]);
  });

  it.each([
    ["of a spot check that there is not", "judge-wrong", "judge-999"],
    ["of a number that is none", "judge-wrong", "judge-1e9"],
    ["of an answer that is none", "judge-maybe", "judge-1"],
    ["of another program", "judge-wrong", "poll-1"],
  ])("%s changes nothing", async (_, action, row) => {
    const { press, said } = await judgeApp();
    expect((await press(action, "U0TOM", row)).status).toBe(200);
    expect(said()).toEqual([]);
  });

  it("on a text that is no longer kept says so", async () => {
    const { press, said, told, ground, time, order } = await judgeApp();
    await order({ do: "run", automation: "replies" });
    ground.store.transaction(() =>
      ground.store.retention.dropBodies({
        automation: "replies",
        before: time.now,
        after: { at: 0, key: 0 },
        limit: 10,
        now: time.now,
      }),
    );
    await press("judge-wrong");
    expect(said()).toEqual([]);
    expect((await told(1))[0]?.body.text).toContain(
      "Nothing was recorded: The text of output a is no longer",
    );
  });
});

describe("the window of an output in Slack", () => {
  it("shows all of it and nothing that would lead whoever judges", async () => {
    const { press, told, text } = await judgeApp();
    await press("judge-more");
    const [opened] = await told(1);
    expect(opened?.url).toBe("/api/views.open");
    const view = String(opened?.body.view);
    expect(view).toContain(text.trim());
    expect(view).toContain("When does it come?");
    expect(view).toContain("Could a colleague send this reply as it is?");
    expect(view).not.toMatch(/by chance|Promises nothing|failed it/);
  });

  it("records the answer with its note and correction", async () => {
    const { sendWindow, said, told } = await judgeApp();
    expect((await sendWindow("wrong", "promises a day", "Soon.")).json).toEqual({});
    expect(said()).toMatchObject([
      { answer: "wrong", who: "Tom Ashby", via: "Slack", note: "promises a day", correction: "Soon." },
    ]);
    expect((await told(1))[0]?.body.text).toContain("Recorded as said by Tom Ashby: wrong.");
  });

  it("asks again where nothing was chosen", async () => {
    const { sendWindow, said } = await judgeApp();
    expect((await sendWindow(null, "hm")).json).toMatchObject({
      response_action: "errors",
      errors: { answer: expect.stringContaining("Say what it is") },
    });
    expect(said()).toEqual([]);
  });
});
