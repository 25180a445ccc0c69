/**
 * What stands in a link and who vouches for it. In: a list of claims, a key, a purpose. Out: a token for the address, or
 * what a token says if one of the keys signed it for that purpose. Pure.
 */
import { createHmac } from "node:crypto";
import type { LinkKey } from "./action-link.js";
import { sameSecret } from "./same-secret.js";

/** A token of these claims, good for that purpose alone. */
export function sealClaims(key: LinkKey, purpose: string, claims: readonly (string | number)[]): string {
  const body = Buffer.from(JSON.stringify([key.id, ...claims])).toString("base64url");
  return `${body}.${mac(key, purpose, body)}`;
}

/** What we once sealed for that purpose, and with which key; null: this is nothing of ours. */
export function openClaims(
  token: string,
  purpose: string,
  keys: readonly LinkKey[],
): { readonly key: LinkKey; readonly claims: readonly unknown[] } | null {
  const [body = "", signature = "", ...more] = token.split(".");
  if (more.length > 0) return null;
  const key = keys.find((each) => sameSecret(signature, mac(each, purpose, body)));
  if (key === undefined) return null;
  const read: unknown = JSON.parse(Buffer.from(body, "base64url").toString("utf8"));
  return Array.isArray(read) ? { key, claims: read.slice(1) } : null;
}

/** The signature of a text for a purpose. */
export function mac(key: LinkKey, purpose: string, text: string): string {
  return createHmac("sha256", Buffer.from(key.secret, "hex"))
    .update(`${purpose}\n${text}`)
    .digest("base64url");
}
