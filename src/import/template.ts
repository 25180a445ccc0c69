import { isJsonObject, type Json, type JsonObject } from "../domain/json.js";
import { isJsonList, textOfJson } from "../text/json-value.js";

const placeholder = /\{\{-?\s{0,20}([\w$-]{1,80}(?:\.[\w$-]{1,80}){0,10})\s{0,20}-?\}\}/g;

/** A template filled in, or why it cannot be. */
export type Filled =
  | { readonly ok: true; readonly value: Json }
  | { readonly ok: false; readonly why: string };

/** True when a value holds a placeholder or a template command. */
export function isTemplate(value: Json | undefined): boolean {
  if (typeof value === "string") return value.includes("{{") || value.includes("{%");
  if (isJsonList(value)) return value.some(isTemplate);
  return isJsonObject(value) && Object.values(value).some(isTemplate);
}

/** The names in a template, such as `item.question`. */
export function namesIn(template: Json): readonly string[] {
  if (typeof template === "string")
    return [...template.matchAll(placeholder)].flatMap(({ 1: name }) => name ?? []);
  if (isJsonList(template)) return template.flatMap(namesIn);
  return isJsonObject(template) ? Object.values(template).flatMap(namesIn) : [];
}

/** The one name that a text is nothing but, or null. */
export function onlyName(text: string): string | null {
  const found = [...text.trim().matchAll(placeholder)];
  return found.length === 1 && found[0]?.[0] === text.trim() ? (found[0][1] ?? null) : null;
}

/** Fills `{{name}}` in; a text that is nothing but one name becomes the value itself. */
export function fill(template: Json, values: JsonObject): Filled {
  if (isJsonList(template))
    return all(
      template.map((each) => fill(each, values)),
      (parts) => parts,
    );
  if (isJsonObject(template)) {
    const names = Object.keys(template);
    const filled = names.map((name) => fill(template[name] ?? null, values));
    return all(filled, (parts) => Object.fromEntries(names.map((name, at) => [name, parts[at] ?? null])));
  }
  return typeof template === "string" ? fillText(template, values) : { ok: true, value: template };
}

function all(parts: readonly Filled[], join: (values: readonly Json[]) => Json): Filled {
  const failed = parts.find((part) => !part.ok);
  return failed ?? { ok: true, value: join(parts.map((part) => (part.ok ? part.value : null))) };
}

function fillText(template: string, values: JsonObject): Filled {
  const whole = onlyName(template);
  if (whole !== null) {
    const value = valueAt(values, whole);
    return value === undefined ? unknown(whole) : { ok: true, value };
  }
  const missing = namesIn(template).find((name) => valueAt(values, name) === undefined);
  if (missing !== undefined) return unknown(missing);
  if (isTemplate(template.replace(placeholder, ""))) {
    return { ok: false, why: "its template does more than fill in names, which is not evaluated here" };
  }
  const value = template.replace(placeholder, (_, name: string) => textOfJson(valueAt(values, name) ?? null));
  return { ok: true, value };
}

function unknown(name: string): Filled {
  return { ok: false, why: `its template names {{${name}}}, which has no value here` };
}

/** The value at a name with dots; undefined where there is none. */
function valueAt(values: JsonObject, name: string): Json | undefined {
  let value: Json | undefined = values;
  for (const step of name.split(".")) {
    value = isJsonObject(value) && Object.hasOwn(value, step) ? value[step] : undefined;
  }
  return value;
}
