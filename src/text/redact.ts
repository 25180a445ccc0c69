import { createHash } from "node:crypto";
import type { Json } from "../domain/json.js";
import type { Aside, Output } from "../domain/output.js";
import type { Verdict } from "../domain/verdict.js";
import { replaceCardNumbers } from "./card-numbers.js";
import { replaceEmails, replacePhones } from "./contacts.js";
import { replaceIbans } from "./ibans.js";
import { isJsonList } from "./json-value.js";
import { parseJson } from "./parse-json.js";
import { replaceSecrets } from "./secrets.js";

// Outputs come in as their source gave them and leave without keys, card and account numbers, e-mail addresses
// and telephone numbers. Redacting twice changes nothing more. It never sees a store, and never guesses names.

/** How much of an output can be kept: all of it, all but personal data and secrets, or a fingerprint. */
export const storeModes = ["full", "redacted", "hash"] as const;

/** How much of an output is kept. */
export type StoreMode = (typeof storeModes)[number];

/** Deeper than this, a value is dropped rather than walked. */
const deepest = 200;

/** A text without keys, card numbers, IBANs, e-mail addresses and telephone numbers. */
export function redactText(text: string): string {
  const withoutSecrets = replaceEmails(replaceSecrets(text, "[key]"), "[e-mail]");
  return replacePhones(replaceCardNumbers(replaceIbans(withoutSecrets, "[iban]"), "[card]"), "[phone]");
}

/** A value redacted leaf by leaf, keys included: JSON before, JSON after, the same shape. */
export function redactJson(value: Json): Json {
  return redactLeaf(value, 0);
}

/** An output as it may be stored; times and numbers stay. `hash` keeps length and SHA-256 of texts. */
export function redactOutput(output: Output, mode: StoreMode): Output {
  if (mode === "full") return output;
  const keep = mode === "hash" ? fingerprint : redactContent;
  const keepOrNull = (text: string | null) => (text === null ? null : keep(text));
  const plain = (text: string | null) => (text === null ? null : redactText(text));
  return {
    ...output,
    id: storedId(output.id, mode),
    text: keep(output.text),
    fields: mode === "hash" || output.fields === undefined ? undefined : redactJson(output.fields),
    input: keepOrNull(output.input),
    reference: mode === "hash" ? fingerprintOfJson(output.reference) : redactJson(output.reference),
    finalText: keepOrNull(output.finalText),
    user: pseudonym(output.user),
    model: plain(output.model),
    segment: plain(output.segment),
    error: plain(output.error),
    link: plain(output.link),
    finishReason: plain(output.finishReason),
  };
}

/** An id as it may be stored: one that holds personal data is told apart by its hash, and repeats are still noticed. */
export function storedId(id: string, mode: StoreMode): string {
  return mode === "full" || redactText(id) === id ? id : `id-${sha256(id).slice(0, 16)}`;
}

/** A record put aside as it may be shown and stored; its place and reason quote what was found. */
export function redactAside({ where, reason, excerpt }: Aside): Aside {
  return { where: redactText(where), reason: redactText(reason), excerpt: redactText(excerpt) };
}

/** A verdict as it may be stored beside an output kept in this mode. */
export function redactVerdict(verdict: Verdict, mode: StoreMode): Verdict {
  if (mode === "full" || verdict.reason === undefined) return verdict;
  if (mode === "redacted") {
    const reason = redactText(verdict.reason);
    if (verdict.status !== "fail" || verdict.excerpt === undefined) return { ...verdict, reason };
    return { ...verdict, reason, excerpt: redactText(verdict.excerpt) };
  }
  if (verdict.status !== "fail") return { ...verdict, reason: redactText(verdict.reason) };
  const { excerpt: _dropped, ...rest } = verdict;
  return { ...rest, reason: "not as expected; texts are not kept (store: hash)" };
}

function redactLeaf(value: Json, depth: number): Json {
  if (depth > deepest) return "[too deep]";
  if (typeof value === "string") return redactText(value);
  if (typeof value === "number") {
    const digits = String(value);
    const redacted = redactText(digits);
    return redacted === digits ? value : redacted;
  }
  if (isJsonList(value)) return value.map((item) => redactLeaf(item, depth + 1));
  if (typeof value !== "object" || value === null) return value;
  const used = new Set<string>();
  return Object.fromEntries(
    Object.entries(value).map(([key, member]) => [
      unused(redactText(key), used),
      redactLeaf(member, depth + 1),
    ]),
  );
}

/** Two keys may become the same: the second is numbered, so that no member is lost. */
function unused(key: string, used: Set<string>): string {
  let name = key;
  for (let number = 2; used.has(name); number += 1) name = `${key} ${number}`;
  used.add(name);
  return name;
}

/** Text that is JSON stays JSON: it is rewritten from its redacted value, in its fence if it had one. */
function redactContent(text: string): string {
  const redacted = redactText(text);
  const parsed = parseJson(text);
  if (!parsed.ok) return redacted;
  const before = JSON.stringify(parsed.value);
  const after = JSON.stringify(redactJson(parsed.value));
  if (before === after && redacted === text) return text;
  return parsed.fenced ? `\`\`\`json\n${after}\n\`\`\`` : after;
}

/** Tells people apart without keeping their address. */
function pseudonym(user: string | null): string | null {
  if (user === null || redactText(user) === user) return user;
  return `user-${sha256(user.trim().toLowerCase()).slice(0, 12)}`;
}

function fingerprint(text: string): string {
  return `sha256:${sha256(text)} of ${text.length} characters`;
}

function fingerprintOfJson(value: Json): Json {
  return value === null ? null : fingerprint(JSON.stringify(value));
}

function sha256(text: string): string {
  return createHash("sha256").update(text, "utf8").digest("hex");
}
