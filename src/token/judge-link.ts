/**
 * Links of a digest (RELIABILITY 4.2): one for one output, issued to one reader, and one that stops the mail. In: what the
 * link is for, a key, the instant. Out: a token, or what a token says. Pure.
 */
import type { LinkKey } from "./action-link.js";
import { sameSecret } from "./same-secret.js";
import { mac, openClaims, sealClaims } from "./signed-claims.js";

/** Which output may be judged, by whom, until when. */
export interface JudgeLink {
  readonly spotCheck: number;
  /** The address the digest went to. */
  readonly recipient: string;
  /** Whose digest it was; null: the link is of a version that did not say. */
  readonly reader: string | null;
  /** Epoch ms UTC. */
  readonly expiresAt: number;
}

/** A token that can be trusted, or why it cannot. */
export type ReadJudgeLink =
  | { readonly why: "good" | "expired"; readonly link: JudgeLink; readonly key: LinkKey }
  | { readonly why: "not-ours" };

/** Until the next digest has come. */
export const judgeLinkLifeMs = 8 * 24 * 3_600_000;
/** A form is good for so long after its page was shown. */
const formLifeMs = 3_600_000;

const judgePurpose = "evenkeel judge link v1";
const formPurpose = "evenkeel judge form v1";
const stopPurpose = "evenkeel stop digest v1";

/** The token of a link to one output. */
export function signJudgeLink(key: LinkKey, { spotCheck, recipient, reader, expiresAt }: JudgeLink): string {
  return sealClaims(key, judgePurpose, [
    ...[spotCheck, Math.ceil(expiresAt / 1000), recipient],
    ...(reader === null ? [] : [reader]),
  ]);
}

/** Reads a token; anything that was not signed for this says nothing. */
export function readJudgeLink(token: string, keys: readonly LinkKey[], now: number): ReadJudgeLink {
  const opened = openClaims(token, judgePurpose, keys);
  if (opened === null) return { why: "not-ours" };
  const [spotCheck, expires, recipient, reader] = opened.claims;
  const link = {
    spotCheck: Number(spotCheck),
    recipient: String(recipient),
    reader: reader === undefined ? null : String(reader),
    expiresAt: Number(expires) * 1000,
  };
  return { why: link.expiresAt > now ? "good" : "expired", link, key: opened.key };
}

/** Ties a form to the page that showed it: this link, this hour. */
export function signJudgeForm(key: LinkKey, token: string, now: number): string {
  return `${now}.${mac(key, formPurpose, `${token}\n${now}`)}`;
}

/** True for a form that was shown by us a short while ago. */
export function judgeFormHolds(key: LinkKey, token: string, form: string, now: number): boolean {
  const [shownAt = "", signature = ""] = form.split(".");
  const age = now - Number(shownAt);
  if (!/^\d{1,15}$/.test(shownAt) || age < 0 || age > formLifeMs) return false;
  return sameSecret(signature, mac(key, formPurpose, `${token}\n${shownAt}`));
}

/** The token of a link that stops a reader's digest; it does not expire before its key does. */
export function signStopLink(key: LinkKey, reader: string): string {
  return sealClaims(key, stopPurpose, [reader]);
}

/** Whose digest a token stops; null: it is not ours. */
export function readStopLink(token: string, keys: readonly LinkKey[]): string | null {
  const opened = openClaims(token, stopPurpose, keys);
  return opened === null ? null : String(opened.claims[0]);
}
