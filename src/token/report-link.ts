/**
 * Links in messages that lead to a page where something odd is reported. In: the automation, a key, the instant. Out: a
 * token for the address, or the automation it lets someone report about. It lets nobody see or change anything. Pure.
 */
import type { LinkKey } from "./action-link.js";
import { openClaims, sealClaims } from "./signed-claims.js";

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
  return sealClaims(key, purpose, [automation, Math.ceil(expiresAt / 1000)]);
}

/** Reads a token; anything that was not signed by one of the keys for this purpose says nothing. */
export function readReportLink(token: string, keys: readonly LinkKey[], now: number): ReadReportLink {
  const opened = openClaims(token, purpose, keys);
  if (opened === null) return { ok: false, why: "not-ours" };
  const { key, claims } = opened;
  const link = { automation: String(claims[0]), expiresAt: Number(claims[1]) * 1000 };
  return link.expiresAt > now ? { ok: true, link, key } : { ok: false, why: "expired" };
}
