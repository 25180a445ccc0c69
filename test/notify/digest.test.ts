import { describe, expect, it } from "vitest";
import { isJsonObject, type Json } from "../../src/domain/json.js";
import { composeDigestMessage } from "../../src/notify/compose-digest-message.js";
import { prepareChannel } from "../../src/notify/settings.js";
import { composeDigest } from "../../src/report/compose-digest.js";
import type { DigestFacts } from "../../src/report/digest-facts.js";
import { fullWeek, mondayMorning, quietWeek } from "../report/digest-weeks.js";
import { ports, settings } from "./channel-fixtures.js";

const weeks: Readonly<Record<string, DigestFacts>> = {
  digest: fullWeek,
  "digest-quiet": quietWeek,
  "digest-without-address": {
    ...fullWeek,
    url: null,
    stopUrl: null,
    linksUntil: null,
    judgeBy: "command",
    toJudge: fullWeek.toJudge.map((each) => ({
      ...each,
      outputs: each.outputs.map((output) => ({ ...output, link: null })),
    })),
  },
};
const names = Object.keys(weeks);

function render(name: string, week: DigestFacts = weeks[name] ?? quietWeek): Json {
  const facts = {
    notificationId: "0193-3c5e-0001",
    instance: "Harbour & Lane",
    zone: "Europe/Vienna",
    recipients: [{ name: "Tom Ashby", email: "tom.ashby@example.com" }],
    reader: { name: "Tom Ashby", slackId: null },
  };
  const message = composeDigestMessage(facts, composeDigest(week), mondayMorning);
  return prepareChannel({ ...settings.email, to: ["everyone@example.com"] }, ports()).render(message);
}

function field(payload: Json, name: string): string {
  const value = isJsonObject(payload) ? payload[name] : undefined;
  return typeof value === "string" ? value : JSON.stringify(value ?? null);
}

describe("the digest as a mail", () => {
  it.each(names)("%s looks as in fixtures/messages", async (name) => {
    const payload = render(name);
    const head = `Subject: ${field(payload, "subject")}\n\n`;
    await expect(`${head}${field(payload, "text")}`).toMatchFileSnapshot(
      `../../fixtures/messages/${name}.email.txt`,
    );
    await expect(field(payload, "html")).toMatchFileSnapshot(`../../fixtures/messages/${name}.email.html`);
  });

  it.each(names)("%s says the same in text and in HTML, and loads nothing", (name) => {
    const html = field(render(name), "html");
    const shown = (text: string) => text.replace(/\s+/g, "");
    const inHtml = shown(
      html
        .replace(/<style>.*?<\/style>/s, "")
        .replace(/<[^>]+>/g, " ")
        .replaceAll("&amp;", "&")
        .replaceAll("&quot;", '"')
        .replaceAll("&lt;", "<")
        .replaceAll("&gt;", ">")
        .replaceAll("&#39;", "'"),
    );
    const digest = composeDigest(weeks[name] ?? quietWeek);
    const said = [
      digest.headline,
      ...digest.intro,
      ...digest.lines.flatMap(({ title, reason }) => [title, reason]),
      ...digest.sections.flatMap(({ title, lines }) => [title, ...lines]),
      ...digest.judging.flatMap(({ question, outputs }) => [question, ...outputs.map(({ text }) => text)]),
      digest.close,
    ];
    const inText = shown(field(render(name), "text"));
    for (const each of said) {
      expect(inHtml).toContain(shown(each));
      expect(inText).toContain(shown(each));
    }
    expect(html).not.toMatch(/<script|<img|src=|url\(/i);
    expect(html.length).toBeLessThan(40_000);
  });

  it("is never so long that Gmail cuts it: 102 kB, however long the texts are", () => {
    const flood = '"&🦑'.repeat(400);
    const [one] = fullWeek.automations;
    const longest: DigestFacts = {
      ...fullWeek,
      automations: Array.from({ length: 30 }, () => ({
        ...(one ?? { state: "steady" as const, passed: null }),
        title: flood,
        reason: flood,
        quality: flood,
        url: `https://evenkeel.example.com/${"x".repeat(200)}`,
      })),
      toJudge: Array.from({ length: 5 }, (_, index) => ({
        title: flood,
        question: flood,
        outputs: [
          {
            ...{ spotCheck: index, at: mondayMorning, input: flood, text: flood },
            link: `https://evenkeel.example.com/act/judge/${"x".repeat(600)}`,
          },
        ],
      })),
      changes: Array.from({ length: 5 }, () => ({ at: mondayMorning, automation: flood, words: flood })),
      findings: Array.from({ length: 5 }, () => ({ at: mondayMorning, automation: flood, words: flood })),
      costs: Array.from({ length: 5 }, () => ({ automation: flood, words: flood })),
    };
    const html = field(render("longest", longest), "html");
    expect(Buffer.byteLength(html)).toBeLessThan(102_000);
    expect(html.match(/say=cannot-tell/g)).toHaveLength(5);
  });

  it("goes to its reader alone, whatever addresses the channel is set to", () => {
    expect(field(render("digest"), "to")).toBe('["tom.ashby@example.com"]');
  });

  it("tells neither why an output was picked nor what the checks said of it", () => {
    expect(JSON.stringify(render("digest"))).not.toMatch(/by chance, one of|checks disagree|a rare kind/);
  });

  it("uses none of the words people should never meet", () => {
    const rendered = JSON.stringify(render("digest")).replace(/border/g, "");
    expect(rendered).not.toMatch(
      /\b(evidence|p-value|baseline|anomal\w+|threshold|significan\w+|SLA|golden)\b/i,
    );
  });
});
