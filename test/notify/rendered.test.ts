import { describe, expect, it } from "vitest";
import { isJsonObject, type Json } from "../../src/domain/json.js";
import { prepareChannel } from "../../src/notify/settings.js";
import { ports, settings } from "./channel-fixtures.js";
import { messages } from "./stories.js";

const names = Object.keys(messages);

function field(payload: Json, name: string): string {
  const value = isJsonObject(payload) ? payload[name] : undefined;
  return typeof value === "string" ? value : "";
}

function fixture(name: string): string {
  return `../../fixtures/messages/${name}`;
}

describe("messages look as in fixtures/messages", () => {
  const channels = {
    console: prepareChannel(settings.console, ports()),
    slack: prepareChannel(settings.slack, ports()),
    email: prepareChannel(settings.email, ports()),
    webhook: prepareChannel(settings.webhook, ports()),
  };

  it.each(names)("%s, in the terminal", async (name) => {
    const text = field(channels.console.render(message(name)), "text");
    await expect(text).toMatchFileSnapshot(fixture(`${name}.console.txt`));
  });

  it.each(names)("%s, in Slack", async (name) => {
    const payload = channels.slack.render(message(name));
    await expect(`${JSON.stringify(payload, null, 2)}\n`).toMatchFileSnapshot(fixture(`${name}.slack.json`));
  });

  it.each(names)("%s, as e-mail", async (name) => {
    const payload = channels.email.render(message(name));
    const head = `Subject: ${field(payload, "subject")}\nMessage-ID: ${field(payload, "messageId")}\nReferences: ${field(payload, "rootId")}\n\n`;
    await expect(`${head}${field(payload, "text")}`).toMatchFileSnapshot(fixture(`${name}.email.txt`));
    await expect(field(payload, "html")).toMatchFileSnapshot(fixture(`${name}.email.html`));
  });

  it.each(names)("%s, to a webhook", async (name) => {
    const body: unknown = JSON.parse(field(channels.webhook.render(message(name)), "body"));
    await expect(`${JSON.stringify(body, null, 2)}\n`).toMatchFileSnapshot(fixture(`${name}.webhook.json`));
  });

  function message(name: string) {
    const found = messages[name];
    if (found === undefined) throw new Error(`no message ${name}`);
    return found;
  }
});

const neverInMessages =
  /\b(evidence|p-value|e-detector|baseline|anomaly|anomalies|threshold|significan\w+|alert storm|SLA|golden)\b/i;

describe("words", () => {
  it.each(names)("%s uses none of the words people should never meet", (name) => {
    for (const type of ["console", "slack", "email"] as const) {
      const rendered = JSON.stringify(
        prepareChannel(settings[type], ports()).render(messages[name] ?? notThere()),
      );
      expect(rendered.replace(/mailto:|border/g, "")).not.toMatch(neverInMessages);
    }
  });

  function notThere(): never {
    throw new Error("no such message");
  }
});
