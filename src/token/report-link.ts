/**
 * Links in messages that lead to a page where something odd is reported. In: the automation, a key, the instant. Out: a
 * token for the address, or the automation it lets someone report about. It lets nobody see or change anything. Pure.
 */
import type { LinkKey } from "./action-link.js";
import { linkMac } from "./link-mac.js";
import { sameSecret } from "./same-secret.js";

/** About what one link lets someone report, until when. */
export interface ReportLink {
  readonly automation: string;
  /** Epoch ms UTC. */
  readonly expiresAt: number;
}

/** A token that can be trusted, or why it cannot. */
export type ReadReportLink =
  | { readonly ok: true; readonly link: ReportLink; readonly key: LinkKey }
  | { readonly ok: false; readonly why: "not-ours" | "expired" };

const purpose = "evenkeel report link v1";

/** The token of a link. */
export function signReportLink(key: LinkKey, { automation, expiresAt }: ReportLink): string {
  const body = Buffer.from(JSON.stringify([automation, Math.ceil(expiresAt / 1000)])).toString("base64url");
  return `${body}.${linkMac(key, purpose, body)}`;
}

/** Reads a token; anything that was not signed by one of the keys for this purpose says nothing. */
export function readReportLink(token: string, keys: readonly LinkKey[], now: number): ReadReportLink {
  const [body = "", signature = "", ...more] = token.split(".");
  const key = keys.find((each) => sameSecret(signature, linkMac(each, purpose, body)));
  if (more.length > 0 || key === undefined) return { ok: false, why: "not-ours" };
  const claims: unknown = JSON.parse(Buffer.from(body, "base64url").toString("utf8"));
  if (!Array.isArray(claims)) return { ok: false, why: "not-ours" };
  const link = { automation: String(claims[0]), expiresAt: Number(claims[1]) * 1000 };
  return link.expiresAt > now ? { ok: true, link, key } : { ok: false, why: "expired" };
}
