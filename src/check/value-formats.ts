import type { Json } from "../domain/json.js";
import { isJsonList } from "../text/json-value.js";
import { numberIn } from "./numbers.js";

// Formats that need neither a pattern of dates nor a table. Each expression is linear: no two neighbouring
// repetitions share a character.

const longestUri = 2_000;
const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
const label = /^[\p{L}\p{N}](?:[\p{L}\p{M}\p{N}-]{0,61}[\p{L}\p{M}\p{N}])?$/u;
/** Dot-atom of RFC 5322, letters of any script as RFC 6531 has it. */
const localPart = /^[\p{L}\p{M}\p{N}!#$%&'*+/=?^_`{|}~-]+(?:\.[\p{L}\p{M}\p{N}!#$%&'*+/=?^_`{|}~-]+)*$/u;

/** One address, no display name; a domain with a dot; no quoted local part and no address literal. */
export function isEmail(text: string): boolean {
  const at = text.lastIndexOf("@");
  if (at < 1 || text.length > 254 || at > 64) return false;
  return localPart.test(text.slice(0, at)) && isHostname(text.slice(at + 1)) && text.includes(".", at);
}

/** RFC 1123 labels, IDN letters as well; the last one is no number. */
export function isHostname(text: string): boolean {
  if (text.length > 253) return false;
  const labels = text.replace(/\.$/, "").split(".");
  return labels.every((one) => label.test(one)) && !/^\d+$/.test(labels.at(-1) ?? "");
}

/** An absolute URI of RFC 3986, any scheme, without blanks. */
export function isUri(text: string): boolean {
  return (
    text.length <= longestUri &&
    /^[a-z][a-z0-9+.-]{0,30}:/i.test(text) &&
    !/[\s<>"{}|\\^`]/.test(text) &&
    URL.canParse(text)
  );
}

/** An address that a browser opens: http or https with a host. */
export function isWebAddress(text: string): boolean {
  return /^https?:\/\/[^/?#]/i.test(text) && isUri(text);
}

/** RFC 9562, any version. */
export function isUuid(text: string): boolean {
  return uuid.test(text);
}

/** A number, in text only where `strict` is off. */
export function isNumber(value: Json, strict: boolean): boolean {
  return strict ? typeof value === "number" : numberIn(value) !== null;
}

/** A whole number that a computer holds exactly; `12.0` is one. */
export function isInteger(value: Json, strict: boolean): boolean {
  return isNumber(value, strict) && Number.isSafeInteger(numberIn(value));
}

/** true or false, as words where `strict` is off. */
export function isBoolean(value: Json, strict: boolean): boolean {
  if (typeof value === "boolean") return true;
  return !strict && typeof value === "string" && /^\s{0,9}(?:true|false)\s{0,9}$/i.test(value);
}

/** The JSON type of a value. */
export function jsonType(value: Json): string {
  if (isJsonList(value)) return "list";
  return value === null ? "null" : typeof value;
}
