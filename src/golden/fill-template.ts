import { z } from "zod";
import { isJsonObject, type Json } from "../domain/json.js";
import type { SecretReader } from "../domain/ports.js";
import { isJsonList, textOfJson } from "../text/json-value.js";
import { secretSetting } from "../text/setting-types.js";

/** Where a body carries the mark of golden runs. */
export const markFieldSetting = z
  .string()
  .min(1)
  .optional()
  .describe("Member of the body that carries the mark of golden runs, besides the header X-Evenkeel-Golden");

/**
 * A body made for one case: the text `{input}` alone becomes the input as it is, within other text it
 * becomes the input as text, and a secret by name becomes its secret.
 */
export function fillTemplate(template: Json, input: Json, secret: SecretReader): Json {
  if (template === "{input}") return input;
  if (typeof template === "string") return template.replaceAll("{input}", () => textOfJson(input));
  if (isJsonList(template)) return template.map((entry) => fillTemplate(entry, input, secret));
  if (!isJsonObject(template)) return template;
  const reference = secretSetting.safeParse(template);
  if (reference.success) return secret(reference.data);
  return Object.fromEntries(
    Object.entries(template).map(([name, value]) => [name, fillTemplate(value, input, secret)]),
  );
}

/** A body with the run's mark in one of its members, reached by names with dots between. */
export function markBody(body: Json, field: string | undefined, runId: string): Json {
  if (field === undefined || !isJsonObject(body)) return body;
  const [name = "", ...rest] = field.split(".");
  const inner = Object.hasOwn(body, name) ? (body[name] ?? {}) : {};
  return { ...body, [name]: rest.length === 0 ? runId : markBody(inner, rest.join("."), runId) };
}
