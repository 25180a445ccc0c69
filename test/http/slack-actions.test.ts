import { gzipSync } from "node:zlib";
import { afterEach, describe, expect, it } from "vitest";
import { deliverDue } from "../../src/flow/deliver.js";
import { applyEvent } from "../../src/flow/raise.js";
import { senderBurst } from "../../src/http/rate-limit.js";
import { slackSignature } from "../../src/notify/slack-signature.js";
import { createHttpClient } from "../../src/platform/undici-http-client.js";
import { type Loopback, startLoopback } from "../platform/loopback.js";
import { incidentApp } from "./incident-app.js";
import { hmacKey, pushToken } from "./push-app.js";

let server: Loopback | null = null;
afterEach(async () => {
  await server?.close();
  server = null;
});

/** In these tests every secret is the same, but for the one named PUSH_KEY. */
const [signing, previous] = [pushToken, hmacKey];

async function withSlack(settings: object = { signingSecret: { env: "SLACK_SIGNING" } }) {
  const slack = await startLoopback((_, response) => {
    response.writeHead(200, { "content-type": "application/json" }).end('{"ok":true}');
  });
  server = slack;
  const watch = await incidentApp({
    http: createHttpClient({ allowPrivate: ["127.0.0.0/8"] }),
    whole: {
      people: [
        { name: "Tom Ashby", email: "tom.ashby@example.com", slackId: "U0TOM" },
        { name: "Marta Quill", email: "marta.quill@example.com" },
      ],
      channels: [
        {
          id: "ops",
          type: "slack",
          token: { env: "SLACK" },
          channel: "C0AIOPS",
          apiUrl: `${slack.url}/api/`,
          ...settings,
        },
      ],
    },
  });
  const { row, time } = watch;
  const answerTo = `${slack.url}/actions/T0/1`;
  const post = (body: string, change: { secret?: string; timestamp?: string; signature?: string } = {}) => {
    const timestamp = change.timestamp ?? String(Math.floor(time.now / 1000));
    return watch.ask("/v1/slack/actions", {
      method: "POST",
      body,
      headers: {
        host: "evenkeel.example.com",
        "content-type": "application/x-www-form-urlencoded",
        "x-slack-request-timestamp": timestamp,
        "x-slack-signature": change.signature ?? slackSignature(change.secret ?? signing, timestamp, body),
      },
    });
  };
  const bodyOf = (payload: object) => new URLSearchParams({ payload: JSON.stringify(payload) }).toString();
  const pressOf = (action: string, user = "U0TOM", revision = row().revision) => ({
    type: "block_actions",
    user: { id: user },
    trigger_id: `trigger-${time.now}`,
    response_url: answerTo,
    actions: [
      action.startsWith("end:")
        ? { action_id: "end", block_id: `i1r${revision}-opened`, selected_option: { value: action.slice(4) } }
        : { action_id: action, block_id: `i1r${revision}-opened` },
    ],
  });
  const press = async (...given: Parameters<typeof pressOf>) => {
    time.now += 1_000;
    return post(bodyOf(pressOf(...given)));
  };
  const explain = (
    why: string | null,
    revision = row().revision,
    cause: string | null = null,
    user = "U0TOM",
    lesson: string | null = null,
    rest: readonly string[] = ["waive"],
  ) => {
    time.now += 1_000;
    const memory = { incident: 1, revision, event: "resolve", answerTo };
    return post(
      bodyOf({
        type: "view_submission",
        user: { id: user },
        view: {
          private_metadata: JSON.stringify(memory),
          state: {
            values: {
              why: { why: { value: why } },
              cause: { cause: { selected_option: cause === null ? null : { value: cause } } },
              rest: { rest: { selected_options: rest.map((value) => ({ value })) } },
              lesson: { lesson: { value: lesson } },
            },
          },
        },
      }),
    );
  };
  /** What Slack got: answers to presses as JSON, calls of its API as forms. */
  const told = async (count: number) => {
    await expect.poll(() => slack.requests.length).toBe(count);
    return slack.requests.map(({ url, body }) => ({
      url,
      body: url.startsWith("/actions/") ? JSON.parse(body) : Object.fromEntries(new URLSearchParams(body)),
    }));
  };
  return { ...watch, press, pressOf, post, bodyOf, explain, told, answerTo };
}

describe("a press in Slack", () => {
  it("moves the incident, as the person whose member id it is, and tells the presser alone", async () => {
    const { press, row, told } = await withSlack();
    const answer = await press("acknowledge");
    expect({ status: answer.status, body: answer.text }).toEqual({ status: 200, body: "{}" });
    expect(row()).toMatchObject({ status: "acknowledged", acknowledgedBy: "Tom Ashby" });
    const [said] = await told(1);
    expect(said?.body).toMatchObject({
      response_type: "ephemeral",
      replace_original: false,
      text: "Recorded: incident 1 acknowledged, Tom Ashby, 07:04.",
    });
  });

  it("by someone who is not registered is recorded by the member id", async () => {
    const { press, row } = await withSlack();
    await press("fallback-on", "U0STRANGER");
    expect(row()).toMatchObject({ status: "fallback", acknowledgedBy: "Slack user U0STRANGER" });
  });

  it("is told on a repeat who did it and when", async () => {
    const { press, told, row, time } = await withSlack();
    const seen = row().revision;
    await press("acknowledge");
    time.now += 10 * 60_000;
    await press("acknowledge", "U0STRANGER", seen);
    const said = await told(2);
    expect(said[1]?.body.text).toBe(
      "Incident 1 was acknowledged already: Tom Ashby, 07:04. Nothing was changed.",
    );
    expect(row().acknowledgedBy).toBe("Tom Ashby");
  });

  it("on a message that is out of date changes nothing and brings the buttons as they are now", async () => {
    const { press, told, row } = await withSlack();
    const seen = row().revision;
    await press("acknowledge");
    await press("fallback-on", "U0TOM", seen);
    expect(row().status).toBe("acknowledged");
    const [, stale] = await told(2);
    expect(stale?.body.text).toContain("It has moved since you looked, so nothing was changed.");
    const actions = stale?.body.blocks[1];
    expect(actions.block_id).toBe(`i1r${row().revision}-again`);
    expect(actions.elements.map((each: { action_id: string }) => each.action_id)).toEqual([
      "fallback-on",
      "end",
    ]);
  });

  it("that ends it asks for a reason first", async () => {
    const { press, told, row } = await withSlack();
    await press("end:resolve");
    expect(row().endedAt).toBeNull();
    const [opened] = await told(1);
    expect(opened?.url).toBe("/api/views.open");
    const view = JSON.parse(opened?.body.view);
    expect(view.blocks.map((each: { block_id: string }) => each.block_id)).toEqual([
      "why",
      "cause",
      "lesson",
      "rest",
    ]);
    expect(view.blocks[2]).toMatchObject({
      optional: true,
      label: { text: "What to remember" },
      element: { type: "plain_text_input", action_id: "lesson", multiline: true, max_length: 2_000 },
    });
    expect(JSON.parse(view.private_metadata)).toMatchObject({ incident: 1, event: "resolve" });
  });

  it("that ends it is taken from people who are registered only", async () => {
    const { press, explain, told, row } = await withSlack();
    const bar =
      "Nothing was changed: an incident is ended under a name, and yours is not known. Ask Tom Ashby to add your Slack id (U0STRANGER) to people, then press again.";
    await press("end:resolve", "U0STRANGER");
    const [said] = await told(1);
    expect(said?.url).toBe("/actions/T0/1");
    expect(said?.body.text).toBe(bar);
    const { json } = await explain("looks fine to me", row().revision, "prompt", "U0STRANGER");
    expect(json).toEqual({ response_action: "errors", errors: { why: bar } });
    expect(row()).toMatchObject({ status: "open", endedAt: null });
  });

  it("with a reason ends it, with the cause on record", async () => {
    const { explain, row, ground, told } = await withSlack();
    const answer = await explain("new template", row().revision, "prompt");
    expect(answer.text).toBe("{}");
    expect(row().status).toBe("resolved");
    expect(ground.store.incidents.moves(1).at(-1)?.why).toBe("new template");
    expect(ground.store.closings.of(1)?.cause).toBe("prompt");
    expect((await told(1))[0]?.body.text).toContain("Recorded: incident 1 ended, Tom Ashby");
  });

  it("while outputs are still to check asks whether they are left as they are", async () => {
    const { explain, row, ground } = await withSlack();
    const { json } = await explain("new template", row().revision, "prompt", "U0TOM", null, []);
    expect(json).toMatchObject({ response_action: "update" });
    const shown = JSON.stringify(json);
    expect(shown).toContain("Nothing was recorded: 1 output that went out is still to check.");
    expect(shown).toContain("Leave the rest as it is");
    expect(row().endedAt).toBeNull();
    await explain("new template", row().revision, "prompt");
    expect(row().status).toBe("resolved");
    expect(ground.store.incidents.moves(1).find(({ event }) => event === "rework")).toMatchObject({
      who: "Tom Ashby",
      why: "1 output waived: new template",
    });
  });

  it("takes what to remember, which the next incident's message says", async () => {
    const { explain, row, ground, told, push, order, time } = await withSlack();
    const lesson = "Ask Marta to put the old template back.";
    const needed = await explain("new template", row().revision, null, "U0TOM", lesson);
    expect(needed.json).toMatchObject({ response_action: "errors", errors: { cause: expect.any(String) } });
    const answer = await explain("new template", row().revision, "prompt", "U0TOM", ` ${lesson}\n`);
    expect(answer.text).toBe("{}");
    expect(ground.store.closings.of(1)).toMatchObject({ cause: "prompt", lesson });
    expect(ground.store.incidents.moves(1).map(({ why }) => why)).toContain(`the prompt. Lesson: ${lesson}`);
    await told(1);
    time.now += 86_400_000;
    await push(JSON.stringify([{ id: "2", output: "a refund of 60" }]));
    time.now += 60_000;
    await order({ do: "run", automation: "replies" });
    const { signal } = new AbortController();
    await deliverDue(ground, new Set(), signal);
    const sent = (await told(3)).filter(({ url }) => url === "/api/chat.postMessage");
    const next = sent.find(({ body }) => body.text.includes("Acknowledge by"));
    expect(next?.body.blocks).toMatch(/Last time \([^)]+\): Ask Marta to put the old template back/);
  });

  it("with something to remember asks for the cause of what recovered by itself too", async () => {
    const { press, explain, row, ground } = await withSlack();
    await press("fallback-on");
    ground.store.transaction(() =>
      applyEvent(ground, row(), "recover", { at: row().openedAt, who: "evenkeel", why: null }),
    );
    expect(row().status).toBe("recovering");
    const { json } = await explain(
      "it is right again",
      row().revision,
      null,
      "U0TOM",
      "Look at the template.",
    );
    expect(json).toMatchObject({
      response_action: "errors",
      errors: { cause: expect.stringContaining("choose what it came from") },
    });
    // without it, only a sample that passes is missing
    const without = await explain("it is right again", row().revision, null);
    expect(without.json).toMatchObject({ response_action: "update" });
    expect(JSON.stringify(without.json)).toContain("switching back needs a fresh sample that passes");
  });

  describe("that switches back", () => {
    const sending = (
      revision: number,
      box: readonly string[],
      change: { user?: string; why?: string; cause?: string | null; answerTo?: string } = {},
    ) => {
      const {
        user = "U0TOM",
        why = "The vendor showed the repair.",
        cause = "model",
        answerTo = "",
      } = change;
      const memory = { incident: 1, revision, event: "switch-back", answerTo };
      return {
        type: "view_submission",
        user: { id: user },
        view: {
          private_metadata: JSON.stringify(memory),
          state: {
            values: {
              why: { why: { value: why } },
              cause: { cause: { selected_option: cause === null ? null : { value: cause } } },
              sample: { sample: { selected_options: box.map((value) => ({ value })) } },
            },
          },
        },
      };
    };
    const byHand = async () => {
      const slack = await withSlack();
      await slack.press("fallback-on");
      return slack;
    };

    it("against the sample asks for the reason in a window that says what the sample shows", async () => {
      const { press, told, row } = await byHand();
      await press("switch-back");
      expect(row().status).toBe("fallback");
      const opened = (await told(2)).find(({ url }) => url === "/api/views.open");
      const view = JSON.parse(opened?.body.view);
      expect(view.title.text).toBe("Switched back");
      expect(view.blocks.map((each: { block_id: string }) => each.block_id)).toEqual([
        "why",
        "cause",
        "lesson",
        "sample",
      ]);
      const { hint, element, optional } = view.blocks[3];
      expect(hint.text).toBe("No run has looked at outputs since 07:04.");
      expect(element.options).toEqual([
        {
          text: expect.objectContaining({
            text: "Although no fresh sample passes, for the reason above, on record",
          }),
          value: "overrule",
        },
      ]);
      expect(optional).toBe(true);
      expect(view.blocks[0].element.min_length).toBe(3);
    });

    it("is refused in the window until the box is ticked, and is then on record under that name", async () => {
      const { post, bodyOf, row, ground, told, answerTo } = await byHand();
      const { revision } = row();
      const { json } = await post(bodyOf(sending(revision, [])));
      expect(json).toMatchObject({ response_action: "update" });
      expect(JSON.stringify(json)).toContain("Nothing was recorded: switching back needs a fresh sample");
      expect(JSON.stringify(json)).toContain('"sample"');
      const causeless = sending(revision, ["overrule"], { cause: null });
      expect((await post(bodyOf(causeless))).json).toMatchObject({
        errors: { cause: expect.stringContaining("choose what it came from") },
      });
      const unsaid = await post(bodyOf(sending(revision, ["overrule"], { why: "  " })));
      expect(unsaid.json).toMatchObject({ errors: { why: expect.stringContaining("say in a few words") } });
      expect(row().status).toBe("fallback");
      expect(ground.store.decisions.list("replies", 5)).toEqual([]);
      const done = await post(bodyOf(sending(revision, ["overrule"], { answerTo })));
      expect(done.text).toBe("{}");
      expect(row().status).toBe("resolved");
      expect(ground.store.decisions.list("replies", 5)).toMatchObject([
        { what: "switch-back", who: "Tom Ashby", why: "The vendor showed the repair." },
      ]);
      expect(ground.store.closings.of(1)?.cause).toBe("model");
      expect(ground.store.incidents.moves(1).findLast(({ event }) => event === "switch-back")).toMatchObject({
        who: "Tom Ashby",
        why: expect.stringContaining("(against the sample: no run has looked at outputs since 07:04)"),
      });
      expect((await told(2))[1]?.body.text).toContain("Recorded: incident 1 said to be switched back");
    });

    it("against the sample is taken from people who are registered only", async () => {
      const { press, post, bodyOf, told, row } = await byHand();
      await press("switch-back", "U0STRANGER");
      expect((await told(2))[1]?.body.text).toContain("an incident is ended under a name");
      const forged = await post(bodyOf(sending(row().revision, ["overrule"], { user: "U0STRANGER" })));
      expect(forged.json).toMatchObject({ response_action: "errors" });
      expect(row().status).toBe("fallback");
    });
  });

  it("without a reason, or on something that has moved, is answered in the window", async () => {
    const { explain, press, row } = await withSlack();
    expect((await explain(null)).json).toMatchObject({ response_action: "errors" });
    const seen = row().revision;
    await press("acknowledge");
    const { json } = await explain("new template", seen);
    expect(json).toMatchObject({ response_action: "update" });
    expect(JSON.stringify(json)).toContain("It has moved since you looked");
    expect(JSON.stringify(json)).toContain(`\\"revision\\":${row().revision}`);
    expect(row().status).toBe("acknowledged");
  });

  describe("that snoozes", () => {
    const sending = (length: string | null, user = "U0TOM", incident = 1) => ({
      type: "view_submission",
      user: { id: user },
      view: {
        private_metadata: JSON.stringify({ incident, revision: 1, event: "snooze", answerTo: null }),
        state: {
          values: {
            why: { why: { value: null } },
            length: { length: { selected_option: length === null ? null : { value: length } } },
          },
        },
      },
    });

    it("asks for how long, and then the incident is silent for so long, under that name", async () => {
      const { press, told, post, bodyOf, answerTo, ground, row, time } = await withSlack();
      await press("end:snooze");
      const [opened] = await told(1);
      expect(opened?.url).toBe("/api/views.open");
      const view = JSON.parse(opened?.body.view);
      const offered = view.blocks[0].element.options.map((each: { value: string }) => each.value);
      expect(offered).toEqual(["1h", "4h", "tomorrow"]);
      const sent = sending("4h");
      const memory = JSON.stringify({ incident: 1, revision: 1, event: "snooze", answerTo });
      const body = bodyOf({ ...sent, view: { ...sent.view, private_metadata: memory } });
      expect((await post(body)).text).toBe("{}");
      const [silence] = ground.store.silences.list(5);
      expect(silence).toMatchObject({ owner: "Tom Ashby", endsAt: time.now + 4 * 3_600_000 });
      expect(silence?.match.incidents).toEqual([1]);
      expect(row().status).toBe("open");
      expect((await told(2))[1]?.body.text).toContain("Recorded: incident 1 is silent until 11:0");
    });

    it("is refused in the window where no length or no such incident is named", async () => {
      const { post, bodyOf, ground } = await withSlack();
      const refused = (said: string) => ({ response_action: "errors", errors: { length: said } });
      expect((await post(bodyOf(sending(null)))).json).toEqual(refused("Choose for how long."));
      expect((await post(bodyOf(sending("9 years")))).json).toEqual(refused("Choose for how long."));
      expect((await post(bodyOf(sending("1h", "U0TOM", 99)))).json).toEqual(
        refused("There is no incident 99. Nothing was changed."),
      );
      expect(ground.store.silences.list(5)).toEqual([]);
    });

    it("is taken from people who are registered only", async () => {
      const { press, post, bodyOf, told, ground } = await withSlack();
      await press("end:snooze", "U0STRANGER");
      const [said] = await told(1);
      expect(said?.body.text).toContain("a silence needs a name that answers for it");
      expect((await post(bodyOf(sending("1h", "U0STRANGER")))).json).toMatchObject({
        response_action: "errors",
      });
      expect(ground.store.silences.list(5)).toEqual([]);
    });

    it("has nothing to put off once the incident is over", async () => {
      const { press, explain, told, row } = await withSlack();
      await explain("new template", row().revision, "prompt");
      await press("end:snooze");
      expect((await told(2))[1]?.body.text).toBe("Incident 1 is over; there is nothing to snooze.");
    });
  });

  it("of a test message's button says that it was heard", async () => {
    const { post, bodyOf, pressOf, told } = await withSlack();
    const payload = { ...pressOf("x"), actions: [{ action_id: "test_ok", block_id: "test" }] };
    expect((await post(bodyOf(payload))).status).toBe(200);
    expect((await told(1))[0]?.body.text).toBe("It works: Evenkeel heard Tom Ashby press this button.");
  });

  it("is answered at Slack's own address only", async () => {
    const { post, bodyOf, pressOf, row, logged } = await withSlack();
    const payload = { ...pressOf("acknowledge"), response_url: "https://evil.example.com/x" };
    expect((await post(bodyOf(payload))).status).toBe(200);
    expect(row().status).toBe("acknowledged");
    await expect.poll(() => logged).toContain("whoever pressed in Slack could not be answered");
    expect(server?.requests).toEqual([]);
  });

  it.each([
    ["that only opens the page", { action_id: "open", block_id: "i1r1-opened" }],
    ["of another program", { action_id: "approve", block_id: "x" }],
    ["that there is not", { action_id: "reopen", block_id: "i1r1-opened" }],
  ])("of a button %s is taken and changes nothing", async (_, action) => {
    const { post, bodyOf, pressOf, row } = await withSlack();
    const answer = await post(bodyOf({ ...pressOf("x"), actions: [action] }));
    expect(answer.status).toBe(200);
    expect(row()).toMatchObject({ status: "open", revision: 1 });
  });
});

describe("a request that says it is Slack's", () => {
  it("is taken with either secret while it is being changed", async () => {
    const { bodyOf, pressOf, post, row } = await withSlack({
      signingSecret: { env: "SLACK_SIGNING" },
      previousSigningSecret: { env: "PUSH_KEY" },
    });
    expect((await post(bodyOf(pressOf("acknowledge")), { secret: previous })).status).toBe(200);
    expect(row().status).toBe("acknowledged");
    expect((await post(bodyOf(pressOf("fallback-on")))).status).toBe(200);
    expect(row().status).toBe("fallback");
  });

  it("is taken although the other secret is missing, which is logged once", async () => {
    const { bodyOf, pressOf, post, row, logged, loggedDetails } = await withSlack({
      signingSecret: { env: "UNSET" },
      previousSigningSecret: { env: "PUSH_KEY" },
    });
    expect((await post(bodyOf(pressOf("acknowledge")), { secret: previous })).status).toBe(200);
    expect((await post(bodyOf(pressOf("fallback-on")), { secret: previous })).status).toBe(200);
    expect(row().status).toBe("fallback");
    expect(logged.filter((each) => each === "a press in Slack could not be proven")).toHaveLength(1);
    expect(loggedDetails).toContainEqual({ channel: "ops", reason: "secret UNSET: is not set" });
  });

  it("is refused without a word about a secret that is missing", async () => {
    const { bodyOf, pressOf, post } = await withSlack({ signingSecret: { env: "UNSET" } });
    const answer = await post(bodyOf(pressOf("acknowledge")));
    expect(answer).toMatchObject({ status: 401, json: { error: "unauthorized" } });
    expect(answer.text).not.toContain("UNSET");
  });

  it.each([
    ["signed with another secret", { secret: "another" }],
    ["not signed", { signature: "" }],
    ["signed for another body", { signature: `v0=${"0".repeat(64)}` }],
    ["six minutes old", { timestamp: String(wednesdayPlus(-6 * 60)) }],
    ["six minutes early", { timestamp: String(wednesdayPlus(8 * 60)) }],
    ["without a time", { timestamp: "" }],
  ])("is refused when it is %s", async (_, change) => {
    const { bodyOf, pressOf, post, row } = await withSlack();
    const answer = await post(bodyOf(pressOf("acknowledge")), change);
    expect(answer.status).toBe(401);
    expect(answer.json.message).toContain("the signature does not match");
    expect(row().status).toBe("open");
  });

  it("is taken once, and again never within its ten minutes", async () => {
    const { bodyOf, pressOf, post, row, time } = await withSlack();
    const body = bodyOf(pressOf("fallback-on"));
    const timestamp = String(Math.floor(time.now / 1000));
    expect((await post(body, { timestamp })).status).toBe(200);
    time.now += 4 * 60_000;
    expect((await post(body, { timestamp })).status).toBe(409);
    expect(row().revision).toBe(2);
  });

  it.each([
    ["large", "x".repeat(129 * 1024), {}, 413],
    ["large once inflated", gzipSync("x".repeat(129 * 1024)), { "content-encoding": "gzip" }, 413],
  ])("is refused when it is %s", async (_, body, headers, status) => {
    const { ask, time } = await withSlack();
    const timestamp = String(Math.floor(time.now / 1000));
    const answer = await ask("/v1/slack/actions", {
      method: "POST",
      body,
      headers: { "x-slack-request-timestamp": timestamp, "x-slack-signature": "v0=0", ...headers },
    });
    expect(answer).toMatchObject({ status, json: { message: expect.stringContaining("128 KiB") } });
  });

  it("is not read at all when it is old", async () => {
    const { ask, time } = await withSlack();
    let taken = 0;
    const pull = () => {
      taken += 1;
    };
    const body = new ReadableStream<Uint8Array>({ pull }, { highWaterMark: 0 });
    const answer = await ask("/v1/slack/actions", {
      method: "POST",
      body,
      duplex: "half",
      headers: { "x-slack-request-timestamp": String(Math.floor(time.now / 1000) - 400) },
    } as const);
    expect(answer.status).toBe(401);
    expect(taken).toBe(0);
  });

  it("is bounded in its number, and forged ones use up nothing of Slack's", async () => {
    const { press, post, row, time } = await withSlack();
    const statuses = [];
    for (let index = 0; index < senderBurst + 1; index += 1) {
      time.monotonic += 5;
      statuses.push((await post("payload=", { signature: `v0=${index}` })).status);
    }
    expect(statuses.at(-3)).toBe(401);
    expect(statuses.filter((status) => status === 401).length).toBeLessThan(senderBurst + 3);
    for (let index = 0; index < 5; index += 1) statuses.push((await post("x", { signature: "v0=" })).status);
    expect(statuses.at(-1)).toBe(429);
    expect((await press("acknowledge")).status).toBe(200);
    expect(row().status).toBe("acknowledged");
  });

  it("wakes the watch only when something was done", async () => {
    const { press, row, time } = await withSlack();
    const seen = row().revision;
    const before = time.woken;
    await press("acknowledge");
    expect(time.woken).toBe(before + 1);
    await press("acknowledge", "U0TOM", seen);
    await press("end:resolve");
    expect(time.woken).toBe(before + 1);
  });

  it("has no address where no signing secret is configured", async () => {
    const { bodyOf, pressOf, post } = await withSlack({});
    expect((await post(bodyOf(pressOf("acknowledge")))).status).toBe(404);
  });
});

/** Seconds since the epoch, so many after the tests' Wednesday. */
function wednesdayPlus(seconds: number): number {
  return Date.UTC(2026, 10, 18, 6, 2) / 1000 + seconds;
}
