import { describe, expect, it } from "vitest";
import { isJsonObject, type Json } from "../../src/domain/json.js";
import { composeDigestMessage } from "../../src/notify/compose-digest-message.js";
import { prepareChannel } from "../../src/notify/settings.js";
import { digestBlocks } from "../../src/notify/slack-digest.js";
import { judgeWindow } from "../../src/notify/slack-judge-press.js";
import { digestLimits, slackFaults } from "../../src/notify/slack-limits.js";
import { composeDigest } from "../../src/report/compose-digest.js";
import type { DigestFacts } from "../../src/report/digest-facts.js";
import { fullWeek, mondayMorning, quietWeek } from "../report/digest-weeks.js";
import { ports, settings } from "./channel-fixtures.js";
import { hostile } from "./stories.js";

const heard = prepareChannel({ ...settings.slack, appToken: { env: "SLACK_APP_TOKEN" } }, ports());
const notHeard = prepareChannel(settings.slack, ports());

/** Outputs without an address, as they are asked for where presses are heard. */
const unlinked = (facts: DigestFacts): DigestFacts => ({
  ...facts,
  linksUntil: null,
  judgeBy: "button",
  toJudge: facts.toJudge.map((each) => ({
    ...each,
    outputs: each.outputs.map((output) => ({ ...output, link: null })),
  })),
});

const fullest: DigestFacts = {
  ...fullWeek,
  automations: Array.from({ length: 40 }, (_, index) => ({
    ...(fullWeek.automations[1] ?? { state: "steady" as const, reason: "", passed: null }),
    title: `Desk ${index} ${"of a long name ".repeat(10)}`,
    quality: "about 90% right, probably 60% to 98% (10 outputs picked by chance and judged)",
    url: null,
  })),
  toJudge: Array.from({ length: 5 }, (_, index) => ({
    title: `Desk ${index} ${"of a long name ".repeat(20)}`,
    question: "Could a colleague send it? ".repeat(20),
    outputs: [
      {
        spotCheck: 100 + index,
        at: mondayMorning,
        input: `${hostile}\n${'🦑 \\" '.repeat(400)}`,
        text: `${"<!channel> 🦑\n".repeat(200)}`,
        link: `https://evenkeel.example.com/act/judge/${"x".repeat(230)}`,
      },
    ],
  })),
};

function message(facts: DigestFacts, slackId: string | null = null) {
  const about = {
    notificationId: "0193-3c5e-0001",
    instance: "Harbour & Lane",
    zone: "Europe/Vienna",
    recipients: [{ name: "Tom Ashby", email: null }],
    reader: { name: "Tom Ashby", slackId },
  };
  return composeDigestMessage(about, composeDigest(facts), mondayMorning);
}

function partOf(payload: Json, name: string): Json | undefined {
  return isJsonObject(payload) ? payload[name] : undefined;
}

/** Every text of the blocks, whatever kind it is of. */
function textsOf(value: Json | undefined): string[] {
  if (Array.isArray(value)) return value.flatMap(textsOf);
  if (value === undefined || !isJsonObject(value)) return [];
  return Object.entries(value).flatMap(([name, inner]) =>
    name === "text" && typeof inner === "string" ? [inner] : textsOf(inner),
  );
}

describe("the digest in Slack", () => {
  it.each([
    ["digest.slack.json", notHeard, fullWeek],
    ["digest.slack-buttons.json", heard, unlinked(fullWeek)],
    ["digest-quiet.slack.json", notHeard, quietWeek],
  ] as const)("%s looks as in fixtures/messages", async (name, channel, facts) => {
    const payload = channel.render(message(facts));
    await expect(`${JSON.stringify(payload, null, 2)}\n`).toMatchFileSnapshot(
      `../../fixtures/messages/${name}`,
    );
  });

  it("goes to its reader alone where their member id is known, else into the conversation", () => {
    expect(partOf(heard.render(message(fullWeek, "U0TOM")), "channel")).toBe("U0TOM");
    expect(partOf(heard.render(message(fullWeek)), "channel")).toBe("C0AIOPS");
    expect(partOf(heard.render(message(fullWeek, "@everyone")), "channel")).toBe("C0AIOPS");
  });

  it.each([
    ["a full week, pressed", fullWeek, "heard"],
    ["a full week, linked", fullWeek, "not-heard"],
    ["a quiet week", quietWeek, "heard"],
    ["the fullest week, pressed", fullest, "heard"],
    ["the fullest week, linked", fullest, "not-heard"],
  ] as const)("%s stays inside the limits and asks for every output", (_, facts, presses) => {
    const digest = composeDigest(facts);
    const blocks = digestBlocks(digest, presses);
    expect(blocks).not.toBeNull();
    expect(slackFaults(blocks ?? [], digestLimits)).toEqual([]);
    const asked = digest.judging.flatMap(({ outputs }) => outputs);
    const rows = (blocks ?? []).flatMap((block) => (block.type === "actions" ? [block.block_id] : []));
    for (const { spotCheck } of asked) expect(rows).toContain(`judge-${spotCheck}`);
    expect(new Set(rows).size).toBe(rows.length);
  });

  it("offers what people can press: buttons that record, or links that ask again", () => {
    const shown = (presses: "heard" | "not-heard", facts = fullWeek) =>
      JSON.stringify(digestBlocks(composeDigest(facts), presses));
    expect(shown("heard")).toContain('"action_id":"judge-cannot-tell"');
    expect(shown("heard")).not.toContain("act/judge");
    expect(shown("not-heard")).toContain(
      '"url":"https://evenkeel.example.com/act/judge/token-of-41?say=wrong"',
    );
    expect(shown("not-heard")).not.toContain('"action_id":"judge-');
    expect(shown("not-heard", unlinked(fullWeek))).toContain("evenkeel judge 41");
  });

  it("fault 64: parses nothing of an output: nobody is pinged, nothing links by itself", () => {
    const payload = heard.render(message(fullest));
    expect(JSON.stringify(partOf(payload, "blocks"))).not.toContain('"mrkdwn"');
    expect(textsOf(partOf(payload, "blocks")).join("\n")).toContain("<!channel>");
    expect(partOf(payload, "text")).not.toMatch(/<[!@#]/);
    expect(partOf(payload, "plain")).not.toMatch(/<[!@#]/);
  });

  it("tells neither why an output was picked nor what the checks said of it", () => {
    expect(JSON.stringify(heard.render(message(fullWeek)))).not.toMatch(
      /by chance, one of|checks disagree|a rare kind/,
    );
  });
});

describe("the window of one output", () => {
  it.each([
    ["a short one", "Yes.", 9],
    ["one without end", "🦑\n".repeat(20_000), 15],
    ["an empty one", "", 9],
  ])("is within Slack's limits for %s", (_, text, most) => {
    const view = judgeWindow({
      spotCheck: 41,
      answerTo: `https://hooks.slack.com/${"x".repeat(1_900)}`,
      question: "Is it right? ".repeat(500),
      input: text,
      text,
    });
    const blocks = partOf(view, "blocks");
    expect(Array.isArray(blocks) && blocks.length).toBeLessThanOrEqual(most + 6);
    for (const each of textsOf(blocks)) {
      expect(each.length).toBeGreaterThan(0);
      expect(each.length).toBeLessThanOrEqual(3_000);
    }
    expect(String(partOf(view, "private_metadata")).length).toBeLessThan(3_000);
    expect(JSON.stringify(view)).not.toContain('"mrkdwn"');
  });
});
