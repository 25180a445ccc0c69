import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { checkTypes } from "../src/check/registry.js";
import { withReference } from "../src/config/reference.js";
import { evenkeel as command } from "./cli/fake-terminal.js";
import { slackAsText } from "./slack-as-text.js";

const path = fileURLToPath(new URL("../README.md", import.meta.url));
const readme = readFileSync(path, "utf8");
const blocks = new Map(
  [...readme.matchAll(/^```\w+ file=(\S+)\n([\s\S]*?)^```$/gm)].map((match) => [
    match[1] ?? "",
    match[2] ?? "",
  ]),
);

/** What stands in the README between the marks of a message: what test/notify/rendered.test.ts holds the messages to. */
function withMessages(text: string): string {
  const fixture = (name: string) =>
    readFileSync(fileURLToPath(new URL(`../fixtures/messages/${name}`, import.meta.url)), "utf8");
  const messages = {
    slack: slackAsText(JSON.parse(fixture("opened-drift.slack-buttons.json"))),
    "e-mail": fixture("opened-drift.email.txt").trimEnd(),
  };
  return Object.entries(messages).reduce((whole, [name, message]) => {
    const between = new RegExp(`(<!-- message: ${name} -->\n)[^]*?(<!-- end of message -->)`);
    return whole.replace(between, (_all, from, to) => `${from}\`\`\`text\n${message}\n\`\`\`\n${to}`);
  }, text);
}

let folder = "";
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "evenkeel-readme-"));
  for (const [name, text] of blocks) writeFileSync(join(folder, name), text);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function evenkeel(...words: string[]) {
  return command([...words, "--config", join(folder, "evenkeel.config.json")], { columns: null });
}

describe("the README's worked example", () => {
  it("has its three files", () => {
    expect([...blocks.keys()]).toEqual(["replies.jsonl", "checks.json", "evenkeel.config.json"]);
  });

  it("is a configuration without faults", async () => {
    const { exitCode, out } = await evenkeel("validate");
    expect(out).toMatch(/is fine: 1 automation, \d+ measures, 1 channel\./);
    expect(exitCode).toBe(0);
  });

  it("finds the placeholder when it is tried", async () => {
    const { exitCode, out } = await evenkeel("try", "reply-drafting");
    expect(out).toMatch(/Reply drafting: 3 outputs read/);
    expect(out).toMatch(/2 +1 +0 +No placeholder is left in the reply/);
    expect(out).toContain("{{customer_name}}");
    expect(exitCode).toBe(1);
  });

  it("replays its history", async () => {
    const { exitCode, out } = await evenkeel("backtest", "reply-drafting");
    expect(out).toContain("you would have been notified 1 time");
    expect(exitCode).toBe(1);
  });
});

describe("the README", () => {
  it("holds the reference that the schemas give", () => {
    if (process.env.UPDATE_FIXTURES === "1") writeFileSync(path, withReference(readme));
    else expect(readme).toBe(withReference(readme));
  });

  it("shows the messages as they are rendered", () => {
    const shown = withMessages(readFileSync(path, "utf8"));
    expect(shown).toContain("[Acknowledge] [Doing it by hand] [Open]");
    expect(shown).toContain("Subject: Invoice extraction");
    if (process.env.UPDATE_FIXTURES === "1") writeFileSync(path, shown);
    else expect(readme).toBe(shown);
  });

  it("names every check type", () => {
    for (const type of checkTypes.keys()) expect(readme).toContain(`\`${type}\``);
  });

  it("quotes only commands that exist", () => {
    const { scripts } = JSON.parse(
      readFileSync(fileURLToPath(new URL("../package.json", import.meta.url)), "utf8"),
    );
    const quoted = [...readme.matchAll(/npm run ([\w:-]+)/g)].map((match) => match[1]);
    expect(quoted.filter((name) => !(name !== undefined && name in scripts))).toEqual([]);
  });
});
