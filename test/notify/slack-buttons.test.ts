import { describe, expect, it } from "vitest";
import { z } from "zod";
import { isJsonObject, type Json } from "../../src/domain/json.js";
import type { IncidentMessage } from "../../src/notify/message.js";
import { prepareChannel } from "../../src/notify/settings.js";
import { answerBody, reasonWindow } from "../../src/notify/slack-answers.js";
import { plainText, type SlackAction, type SlackBlock } from "../../src/notify/slack-blocks.js";
import { slackFaults } from "../../src/notify/slack-limits.js";
import { replyBlocks, rootBlocks } from "../../src/notify/slack-message.js";
import { ports, settings } from "./channel-fixtures.js";
import { hostile, messageNamed } from "./stories.js";

const heard = prepareChannel({ ...settings.slack, appToken: { env: "SLACK_APP_TOKEN" } }, ports());

function labels(blocks: readonly SlackBlock[] | null): string[] {
  return (blocks ?? []).flatMap((block) =>
    block.type === "actions"
      ? block.elements.flatMap((each) =>
          each.type === "overflow" ? each.options.map(({ text }) => text.text) : [each.text.text],
        )
      : [],
  );
}

describe("buttons in Slack", () => {
  it("look as in fixtures/messages", async () => {
    const payload = heard.render(messageNamed("opened-drift"));
    await expect(`${JSON.stringify(payload, null, 2)}\n`).toMatchFileSnapshot(
      "../../fixtures/messages/opened-drift.slack-buttons.json",
    );
  });

  it.each([
    [
      "opened-drift",
      [
        "Acknowledge",
        "Doing it by hand",
        "Open",
        "Snooze…",
        "False alarm…",
        "The change is right…",
        "Resolve…",
      ],
    ],
    [
      "opened-zero-tolerance",
      ["Acknowledge", "Doing it by hand", "Open", "Snooze…", "False alarm…", "Resolve…"],
    ],
    ["opened-blind", ["Acknowledge", "Open", "Snooze…"]],
    [
      "acknowledged",
      ["Doing it by hand", "Open", "Snooze…", "False alarm…", "The change is right…", "Resolve…"],
    ],
    [
      "by-hand",
      [
        "No longer by hand",
        "Switched back",
        "Open",
        "Snooze…",
        "False alarm…",
        "The change is right…",
        "Resolve…",
      ],
    ],
    ["recovered", ["Switched back", "Open", "Snooze…", "False alarm…", "The change is right…", "Resolve…"]],
    ["ended", ["Open"]],
    ["test", ["Check the button"]],
  ])("are those of what can be done: %s", (name, expected) => {
    expect(labels(rootBlocks(messageNamed(name), "heard"))).toEqual(expected);
  });

  it("carry the incident and its revision, so that a stale press is noticed", () => {
    expect(JSON.stringify(rootBlocks(messageNamed("acknowledged"), "heard"))).toContain(
      '"block_id":"i27r2-moved"',
    );
  });

  it("call the next person with what they need first", () => {
    expect(labels(replyBlocks(messageNamed("escalated"), "heard"))).toEqual([
      "Acknowledge",
      "Doing it by hand",
      "Open",
    ]);
  });

  it("are links where presses are not heard, and nothing where there are no links either", () => {
    const message = messageNamed("opened-drift");
    expect(labels(rootBlocks(message, "not-heard"))).toEqual(["Open"]);
    const link = "https://evenkeel.example.com/act/x.y";
    const linked: IncidentMessage = {
      ...message,
      actions: message.actions.map((each) => (each.asksWhy ? each : { ...each, link })),
    };
    expect(labels(rootBlocks(linked, "not-heard"))).toEqual(["Acknowledge", "Doing it by hand", "Open"]);
    expect(JSON.stringify(rootBlocks(linked, "not-heard"))).toContain(`"url":"${link}"`);
    expect(JSON.stringify(rootBlocks(linked, "heard"))).not.toContain(link);
  });
});

describe("slackFaults of buttons, at the limits", () => {
  const button = (action_id: string): SlackAction => ({ type: "button", action_id, text: plainText("x") });
  const menu = (count: number, label: number, value: number): SlackAction => ({
    type: "overflow",
    action_id: "end",
    options: Array.from({ length: count }, () => ({
      text: plainText("x".repeat(label)),
      value: "v".repeat(value),
    })),
  });
  const row = (elements: readonly SlackAction[]): SlackBlock[] => [
    { type: "actions", block_id: "b", elements },
  ];

  it.each([
    ["five actions", row(Array.from({ length: 5 }, () => button("a"))), []],
    ["six actions", row(Array.from({ length: 6 }, () => button("a"))), ["blocks[0] actions: 6, at most 5"]],
    ["an id of 255", row([button("a".repeat(255))]), []],
    ["an id of 256", row([button("a".repeat(256))]), ["blocks[0] action_id: 256, at most 255"]],
    ["a menu of five", row([menu(5, 30, 75)]), []],
    ["a menu of six", row([menu(6, 30, 75)]), ["blocks[0] options: 6, at most 5"]],
    ["an empty menu", row([menu(0, 1, 1)]), ["blocks[0] menu is empty"]],
    ["an option of 31", row([menu(1, 31, 1)]), ["blocks[0] option: 31, at most 30"]],
    ["a value of 76", row([menu(1, 1, 76)]), ["blocks[0] option value: 76, at most 75"]],
  ])("%s", (_, blocks, faults) => {
    expect(slackFaults(blocks)).toEqual(faults);
  });
});

const text = z.object({ text: z.string() });
/** What a window asks for. */
const inputs = z.object({
  blocks: z.array(
    z.object({
      block_id: z.string().optional(),
      label: text.optional(),
      hint: text.optional(),
      element: z.object({ max_length: z.number().optional() }).optional(),
    }),
  ),
});

describe("answers to a press", () => {
  it("are for the presser alone and carry nothing that pings", () => {
    const body = answerBody(`${hostile}${"x".repeat(5_000)}`, messageNamed("opened-drift"));
    expect(body).toMatchObject({ response_type: "ephemeral", replace_original: false });
    expect(textOf(body)).not.toContain("<!channel>");
    expect(JSON.stringify(body)).not.toContain('"mrkdwn"');
    expect(JSON.stringify(body).length).toBeLessThan(9_000);
  });

  it("ask for a reason in a window within Slack's limits", () => {
    const view = reasonWindow({
      memory: { incident: 27, revision: 1, event: "accept-change", answerTo: "https://hooks.slack.com/x" },
      title: "The change is right, and more than fits",
      said: "x".repeat(4_000),
      causes: ["model", "prompt"],
      missing: "x".repeat(4_000),
      owed: "12 outputs that went out are still to check",
    });
    expect(view).toMatchObject({ type: "modal", submit: { text: "Record" } });
    const title = isJsonObject(view) && isJsonObject(view.title) ? String(view.title.text) : "";
    expect([...title].length).toBeLessThanOrEqual(24);
    expect(JSON.stringify(view).length).toBeLessThan(5_500);
    const blocks = inputs.parse(view).blocks.slice(1);
    expect(blocks.map((each) => each.block_id)).toEqual(["why", "cause", "lesson", "sample", "rest"]);
    // docs.slack.dev: label and hint of an input 2,000, what may be written 3,000
    for (const { label, hint, element } of blocks) {
      expect(label?.text.length).toBeLessThanOrEqual(2_000);
      expect(hint?.text.length ?? 0).toBeLessThanOrEqual(2_000);
      expect(element?.max_length ?? 0).toBeLessThanOrEqual(3_000);
    }
  });

  it("ask for nothing to remember where the ending names its own cause", () => {
    const memory = { incident: 27, revision: 1, event: "false-alarm", answerTo: null };
    const view = reasonWindow({ memory, title: "False alarm", said: null, causes: [] });
    expect(inputs.parse(view).blocks.map((each) => each.block_id)).toEqual(["why"]);
  });
});

describe("fault 64: an output that tries to ping, link and flood in Slack", () => {
  it("is shown as it is: nobody is pinged, nothing links or unfolds", async () => {
    const payload = heard.render(messageNamed("hostile"));
    await expect(`${JSON.stringify(payload, null, 2)}\n`).toMatchFileSnapshot(
      "../../fixtures/messages/hostile.slack-buttons.json",
    );
    const parsed = parsedTexts(payload);
    expect(parsed.length).toBeGreaterThan(0);
    for (const text of parsed) {
      expect(text.replace(/<@[UW][A-Z0-9]+>/g, "")).not.toMatch(/<[!@#]|<https?:|<mailto:/);
      expect(text).not.toMatch(/\n\n\n/);
    }
    const whole = JSON.stringify(payload);
    expect(whole).toContain("&lt;!channel&gt;");
    expect(whole).not.toMatch(/(\\n){3}/);
  });
});

/** Every text that Slack parses as markup. */
function parsedTexts(value: Json): string[] {
  if (Array.isArray(value)) return value.flatMap(parsedTexts);
  if (!isJsonObject(value)) return [];
  if (value.type === "mrkdwn") return [String(value.text)];
  return Object.entries(value).flatMap(([name, inner]) =>
    (name === "text" || name === "plain") && typeof inner === "string" && "channel" in value
      ? [inner]
      : parsedTexts(inner),
  );
}

function textOf(body: Json): string {
  return isJsonObject(body) ? String(body.text) : "";
}
