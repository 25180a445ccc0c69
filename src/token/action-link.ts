/**
 * Links in messages that lead to one press (RELIABILITY 4.2). In: what the link may do, a key, the instant. Out: a
 * token for the address, or what a token says if it was signed by one of the keys and has not expired. Pure.
 */
import { sameSecret } from "./same-secret.js";
import { mac, openClaims, sealClaims } from "./signed-claims.js";

/** A key that links are signed with. */
export interface LinkKey {
  readonly id: string;
  /** Hex. */
  readonly secret: string;
  /** Epoch ms UTC. */
  readonly madeAt: number;
}

/** What one link may do, for whom, until when. */
export interface ActionLink {
  readonly incident: number;
  /** The move: `acknowledge`, `fallback-on`. */
  readonly action: string;
  /** Of the incident when the message was written. */
  readonly revision: number;
  /** Epoch ms UTC. */
  readonly expiresAt: number;
  /** To whom the message went: addresses, or a channel. */
  readonly recipient: string;
}

/** A token that can be trusted, or why it cannot. */
export type ReadLink =
  | { readonly ok: true; readonly link: ActionLink; readonly key: LinkKey }
  | { readonly ok: false; readonly why: "not-ours" }
  /** What it once allowed; now it only says what it was about. */
  | { readonly ok: false; readonly why: "expired"; readonly link: ActionLink };

/** A link is good for so long: over a weekend, not over a holiday. */
export const linkLifeMs = 72 * 3_600_000;
/** A form is good for so long after its page was shown. */
const nonceLifeMs = 3_600_000;

const linkPurpose = "evenkeel incident link v1";
const noncePurpose = "evenkeel incident form v1";

/** The token of a link. */
export function signLink(key: LinkKey, link: ActionLink): string {
  const { incident, action, revision, expiresAt, recipient } = link;
  return sealClaims(key, linkPurpose, [incident, action, revision, Math.ceil(expiresAt / 1000), recipient]);
}

/** Reads a token; anything that was not signed by one of the keys says nothing. */
export function readLink(token: string, keys: readonly LinkKey[], now: number): ReadLink {
  const opened = openClaims(token, linkPurpose, keys);
  if (opened === null) return { ok: false, why: "not-ours" };
  const { key } = opened;
  const link = linkOf(opened.claims);
  return link.expiresAt > now ? { ok: true, link, key } : { ok: false, why: "expired", link };
}

/** Ties a form to the page that showed it: this link, this revision, this hour. */
export function signNonce(key: LinkKey, token: string, revision: number, now: number): string {
  return `${now}.${mac(key, noncePurpose, `${token}\n${revision}\n${now}`)}`;
}

/** True for the nonce of a form that was shown by us a short while ago. */
export function nonceHolds(
  key: LinkKey,
  form: { readonly token: string; readonly revision: number; readonly nonce: string },
  now: number,
): boolean {
  const [shownAt = "", signature = ""] = form.nonce.split(".");
  const age = now - Number(shownAt);
  if (!/^\d{1,15}$/.test(shownAt) || age < 0 || age > nonceLifeMs) return false;
  return sameSecret(signature, mac(key, noncePurpose, `${form.token}\n${form.revision}\n${shownAt}`));
}

/** What we once signed, read back. */
function linkOf([incident, action, revision, expires, recipient]: readonly unknown[]): ActionLink {
  return {
    incident: Number(incident),
    action: String(action),
    revision: Number(revision),
    expiresAt: Number(expires) * 1000,
    recipient: String(recipient),
  };
}
