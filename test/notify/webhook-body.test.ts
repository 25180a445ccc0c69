import { readFileSync } from "node:fs";
import { Ajv } from "ajv";
import formats from "ajv-formats";
import { describe, expect, it } from "vitest";
import { isJsonObject, type Json } from "../../src/domain/json.js";
import { prepareChannel } from "../../src/notify/settings.js";
import { webhookJsonSchema } from "../../src/notify/webhook-body.js";
import { ports, settings } from "./channel-fixtures.js";
import { messages } from "./stories.js";

const ajv = new Ajv({ strict: true, allErrors: true });
formats.default(ajv);
const valid = ajv.compile(webhookJsonSchema());
/** Without any field that is not described. */
const closed = ajv.compile(withoutMore(JSON.parse(JSON.stringify(webhookJsonSchema()))));

function withoutMore(schema: Json): object {
  const walked = closedAt(schema);
  if (!isJsonObject(walked)) throw new Error("no schema");
  return walked;
}

function closedAt(schema: Json): Json {
  if (Array.isArray(schema)) return schema.map(closedAt);
  if (!isJsonObject(schema)) return schema;
  const inner = Object.fromEntries(
    Object.entries(schema).map(([key, value]) => [key, closedAt(value ?? null)]),
  );
  return schema.type === "object" && isJsonObject(schema.properties)
    ? { ...inner, additionalProperties: false }
    : inner;
}

function bodyOf(name: string): Json {
  const message = messages[name];
  if (message === undefined) throw new Error(`no message ${name}`);
  const payload = prepareChannel(settings.webhook, ports()).render(message);
  return JSON.parse(isJsonObject(payload) ? String(payload.body) : "");
}

describe("the JSON Schema of what a webhook gets", () => {
  it.each(Object.keys(messages))("describes every field of %s", (name) => {
    closed(bodyOf(name));
    expect(closed.errors).toBeNull();
  });

  it("lets fields be added, for a receiver must not break on them", () => {
    const body = bodyOf("opened-drift");
    expect(valid(isJsonObject(body) ? { ...body, later: "a new field" } : body)).toBe(true);
  });

  it.each([
    ["another version", { version: 2 }],
    ["a kind of message that is not known", { type: "incident.exploded" }],
    ["a time that is none", { at: "yesterday" }],
    ["no headline", { headline: undefined }],
    ["an incident of no known status", { incident: { id: 1, revision: 1, kind: "outputs", status: "lost" } }],
  ])("refuses %s", (_, change) => {
    const body = bodyOf("opened-drift");
    expect(valid(JSON.parse(JSON.stringify(isJsonObject(body) ? { ...body, ...change } : body)))).toBe(false);
  });

  it("is shown in the README by a message as it is sent", () => {
    const readme = readFileSync(new URL("../../README.md", import.meta.url), "utf8");
    const [, section = ""] = readme.split("### What a webhook gets");
    const [, example = ""] = /```json\n([\s\S]*?)```/.exec(section) ?? [];
    expect(JSON.parse(example)).toEqual(bodyOf("acknowledged"));
  });
});
