import { describe, expect, it } from "vitest";
import type { IncidentMessage } from "../../src/notify/message.js";
import { markupSection, plainText, type SlackBlock } from "../../src/notify/slack-blocks.js";
import { slackFaults, slackLimits } from "../../src/notify/slack-limits.js";
import { plainSlackText, replyBlocks, rootBlocks, slackText } from "../../src/notify/slack-message.js";
import { messageNamed, messages } from "./stories.js";

function text(length: number): string {
  return "x".repeat(length);
}

function header(length: number): SlackBlock {
  return { type: "header", text: plainText(text(length)) };
}

function button(label: number, url: number): SlackBlock {
  const element = {
    type: "button" as const,
    action_id: "open",
    url: text(url),
    text: plainText(text(label)),
  };
  return { type: "actions", block_id: "b", elements: [element] };
}

function excerpt(content: string): SlackBlock {
  return {
    type: "rich_text",
    elements: [{ type: "rich_text_preformatted", elements: [{ type: "text", text: content }] }],
  };
}

describe("slackFaults at the limits", () => {
  it.each([
    ["a header of 150", [header(150)], []],
    ["a header of 151", [header(151)], ["blocks[0] header: 151, at most 150"]],
    ["a section of 2,900", [markupSection([text(2_900)])], []],
    ["a section of 2,901", [markupSection([text(2_901)])], ["blocks[0] section: 2901, at most 2900"]],
    ["an empty section", [markupSection([""])], ["blocks[0] section is empty"]],
    ["a button of 30", [button(30, 10)], []],
    ["a button of 31", [button(31, 10)], ["blocks[0] button: 31, at most 30"]],
    ["an address of 3,001", [button(4, 3_001)], ["blocks[0] url: 3001, at most 3000"]],
    ["an excerpt of 400", [excerpt(text(400))], []],
    ["an excerpt of 401", [excerpt(text(401))], ["blocks[0] excerpt: 401, at most 400"]],
    ["six lines", [excerpt(`${"a\n".repeat(5)}a`)], []],
    ["seven lines", [excerpt(`${"a\n".repeat(6)}a`)], ["blocks[0] excerpt lines: 7, at most 6"]],
    ["12 blocks", Array.from({ length: 12 }, () => header(1)), []],
    ["13 blocks", Array.from({ length: 13 }, () => header(1)), ["blocks: 13, at most 12"]],
  ])("%s", (_, blocks, faults) => {
    expect(slackFaults(blocks)).toEqual(faults);
  });

  it("counts the whole message", () => {
    const sections = Array.from({ length: 4 }, () => markupSection([text(2_900)]));
    expect(slackFaults(sections)).toEqual([
      expect.stringMatching(/^characters in all: 1\d{4}, at most 9000$/),
    ]);
  });
});

describe("messages stay inside the limits", () => {
  it.each(Object.keys(messages))("%s", (name) => {
    const message = messageNamed(name);
    for (const blocks of [
      rootBlocks(message, "heard"),
      replyBlocks(message, "heard"),
      rootBlocks(message, "not-heard"),
    ]) {
      expect(blocks).not.toBeNull();
      expect(slackFaults(blocks ?? [])).toEqual([]);
    }
  });

  const opened = messageNamed("opened-drift");
  const steps = (count: number, length: number): IncidentMessage => ({
    ...opened,
    examples: opened.examples.map((example) => ({
      ...example,
      reason: text(300),
      excerpt: "word ".repeat(80),
    })),
    byHand: {
      intro: "Priya Raman",
      steps: Array.from({ length: count }, (_, index) => `Step ${index}: ${text(length)}`),
    },
  });

  function shown(message: IncidentMessage): string {
    return JSON.stringify(rootBlocks(message, "not-heard"));
  }

  it("drops the third wrong example first, then the good one, never a step or a deadline", () => {
    const roomy = shown(steps(2, 100));
    expect(roomy).toContain("Right, before");
    for (const id of ["F-20418", "F-20411", "F-20402"]) expect(roomy).toContain(id);
    const full = shown({
      ...steps(2, 100),
      smallPrint: text(1_900),
      state: text(2_000),
      facts: Array(3).fill(text(400)),
    });
    expect(full).not.toContain("F-20402");
    expect(full).toContain("Right, before");
    const heavy: IncidentMessage = { ...steps(2, 100), facts: Array.from({ length: 6 }, () => text(420)) };
    const tight = shown({ ...heavy, howSure: [text(300)], smallPrint: text(1_900), state: text(2_000) });
    expect(tight).not.toContain("Right, before");
    expect(tight).toContain("Step 1");
    expect(tight).toContain("acknowledge by 08:02");
  });

  it("shortens long steps and says where the rest is", () => {
    const long = shown(steps(8, 900));
    expect(long).toContain("more on the page");
    for (let step = 0; step < 8; step += 1) expect(long).toContain(`Step ${step}`);
    expect(long).toContain("acknowledge by 08:02");
  });

  it("sends plain text alone where no cut fits", () => {
    expect(rootBlocks(steps(200, 900), "not-heard")).toBeNull();
    expect(plainSlackText(opened)).toContain("http://127.0.0.1:4310/i/27");
  });

  it("tells a phone everything in the first characters", () => {
    expect(slackText(opened).slice(0, 120)).toContain(
      "fell from 96% to about 71% since Tue 15:00. Now: In Mailroom",
    );
    expect(slackLimits.header).toBe(150);
  });
});
