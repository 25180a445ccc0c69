import { readdirSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { isEmailAddress } from "../../src/notify/email-address.js";
import { readMessage } from "../../src/notify/read-message.js";
import { channelSettings, channelTypes, embeddedConsole, prepareChannel } from "../../src/notify/settings.js";
import { ports, settings } from "./channel-fixtures.js";
import { messageNamed, messages } from "./stories.js";

describe("channel settings", () => {
  it("are one file for each type", () => {
    const files = readdirSync(new URL("../../src/notify/channels", import.meta.url))
      .map((file) => file.replace(/\.ts$/, ""))
      .filter((name) => name !== "all");
    expect([...channelTypes.keys()].toSorted()).toEqual(files.toSorted());
  });

  it.each(Object.values(settings))("take $type", (given) => {
    expect(channelSettings.parse(given)).toMatchObject({ id: given.id, type: given.type });
  });

  it.each([
    ["an unknown key", { ...settings.console, colour: "red" }, "colour"],
    ["an unknown type", { ...settings.console, type: "pager" }, "type"],
    ["a channel by name", { ...settings.slack, channel: "#ai-ops" }, "write the conversation's id"],
    ["a literal secret", { ...settings.slack, token: "xoxb-1" }, "token"],
    ["an address with a name", { ...settings.email, from: "Ops <ops@example.com>" }, "one plain address"],
    ["a file address", { ...settings.webhook, url: "file:///etc/passwd" }, "url"],
    ["a routing key written out", { ...settings.pagerduty, routingKey: "R0" }, "routingKey"],
    ["a workflow's address written out", { ...settings.teams, url: "https://x.example.com" }, "url"],
    ["a topic with a slash", { ...settings.ntfy, topic: "a/b" }, "letters, digits"],
    ["an id with blanks", { ...settings.console, id: "My channel" }, "lower-case"],
  ])("refuse %s", (_, given, found) => {
    const result = channelSettings.safeParse(given);
    expect(result.success).toBe(false);
    expect(JSON.stringify(result.error?.issues)).toContain(found);
  });

  it("describe every setting, for the reference is made of them", () => {
    for (const [type, { settings: schema }] of channelTypes) {
      const { properties = {} } = z.toJSONSchema(schema, { io: "input" });
      for (const [name, property] of Object.entries(properties)) {
        if (name !== "type")
          expect([type, name, JSON.stringify(property)]).toEqual([
            type,
            name,
            expect.stringContaining("description"),
          ]);
      }
    }
  });

  it("names the known types when a channel has none of them", () => {
    expect(() => prepareChannel({ id: "x", type: "pager" }, ports())).toThrow(
      /console, email, ntfy, pagerduty, slack, teams, webhook/,
    );
  });

  it("embed a console that gives the hint", () => {
    const channel = prepareChannel(embeddedConsole, ports());
    expect(JSON.stringify(channel.render(messageNamed("test")))).toContain("only this terminal saw it");
  });
});

describe("addresses", () => {
  it.each([
    ["ops@example.com", true],
    ["a.b+c@sub.example.com", true],
    ["root@localhost", true],
    [`${"a".repeat(250)}@example.com`, false],
    ["ops@example.com\n", false],
    ["ops@-example.com", false],
    ["@example.com", false],
    ['"a b"@example.com', false],
  ])("%j: %s", (address, fine) => {
    expect(isEmailAddress(address)).toBe(fine);
  });
});

describe("readMessage", () => {
  it.each(Object.keys(messages))("reads %s back as it was stored", (name) => {
    const message = messageNamed(name);
    expect(readMessage(JSON.parse(JSON.stringify(message)))).toEqual(JSON.parse(JSON.stringify(message)));
  });

  it("throws where it is none", () => {
    expect(() => readMessage({ kind: "opened" })).toThrow();
  });
});
