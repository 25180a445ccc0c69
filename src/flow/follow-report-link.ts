/**
 * What a link in a message leads to where something odd is reported. In: its token, or the form of its page. Out: the
 * automation it is about. Looking changes nothing; the link lets its reader report, and see or change nothing.
 */
import { type LinkKey, nonceHolds, signNonce } from "../token/action-link.js";
import { readReportLink } from "../token/report-link.js";
import type { Ground, Watched } from "./ground.js";

/** What a link allows, or why it allows nothing. */
export type KnownReportLink =
  | { readonly ok: true; readonly watched: Watched; readonly key: LinkKey }
  | { readonly ok: false; readonly expired: boolean; readonly said: string };

/** Reads a link; changes nothing. */
export function knownReportLink({ register, clock }: Ground, token: string): KnownReportLink {
  const read =
    register.links === undefined
      ? ({ ok: false, why: "not-ours" } as const)
      : readReportLink(token, register.links.keys.good(), clock.now());
  if (!read.ok)
    return {
      ok: false,
      expired: read.why === "expired",
      said:
        read.why === "expired"
          ? "This link has expired: it is good for three days. Use that of a newer message, or tell the owner of the automation."
          : "This link is not one of ours, or is cut off. Copy the whole address from the message.",
    };
  const watched = register.automations.find(({ entry }) => entry.id === read.link.automation);
  return watched === undefined
    ? { ok: false, expired: false, said: "The automation this link was about is no longer registered." }
    : { ok: true, watched, key: read.key };
}

/** Ties a form to the page that showed it. */
export function reportNonce({ clock }: Ground, key: LinkKey, token: string): string {
  return signNonce(key, token, 0, clock.now());
}

/** True for a form that was shown by us a short while ago. */
export function reportNonceHolds({ clock }: Ground, key: LinkKey, token: string, nonce: string): boolean {
  return nonceHolds(key, { token, revision: 0, nonce }, clock.now());
}
