/**
 * Proof that a request is Slack's (docs.slack.dev, Verifying requests): `X-Slack-Signature` is
 * `v0=` and the HMAC-SHA-256 of `v0:{timestamp}:{raw body}` with the app's signing secret.
 */
import { createHmac } from "node:crypto";
import { sameSecret } from "../token/same-secret.js";
import type { SignedRequest } from "./interaction.js";

/** A signature is good for so long around its timestamp. */
const windowMs = 5 * 60_000;

/** The signature Slack sends with a body. */
export function slackSignature(secret: string, timestamp: string, body: string | Buffer): string {
  return `v0=${createHmac("sha256", secret).update(`v0:${timestamp}:`).update(body).digest("hex")}`;
}

/** True when one of the secrets signed it, no more than five minutes ago. */
export function isSlacks(request: SignedRequest, secrets: readonly string[], now: number): boolean {
  const { timestamp, signature, body } = request;
  if (!isFresh(timestamp, now)) return false;
  return secrets.some((secret) => sameSecret(signature, slackSignature(secret, timestamp, body)));
}

/** True for a timestamp of the last, or next, five minutes; what has none need not be read. */
export function isFresh(timestamp: string, now: number): boolean {
  return /^\d{1,12}$/.test(timestamp) && Math.abs(now - Number(timestamp) * 1000) <= windowMs;
}
