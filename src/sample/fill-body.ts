import { isJsonObject, type Json } from "../domain/json.js";
import type { SecretReader } from "../domain/ports.js";
import { isJsonList } from "../text/json-value.js";
import { secretSetting } from "../text/setting-types.js";

/** A body with every `{ "env": "NAME" }` and `{ "file": "path" }` in it replaced by its secret. */
export function fillBody(body: Json, secret: SecretReader): Json {
  if (isJsonList(body)) return body.map((entry) => fillBody(entry, secret));
  if (!isJsonObject(body)) return body;
  const reference = secretSetting.safeParse(body);
  if (reference.success) return secret(reference.data);
  return Object.fromEntries(Object.entries(body).map(([name, value]) => [name, fillBody(value, secret)]));
}
