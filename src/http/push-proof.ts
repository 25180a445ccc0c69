import type { Context } from "hono";
import type { PushIntake } from "../flow/ground.js";
import { sameSecret } from "../token/same-secret.js";
import { signBody } from "../token/sign-body.js";
import { bearerOf } from "./bearer.js";

/** A signature is good for so long around its timestamp. */
const signatureWindowMs = 5 * 60_000;

/** Why a request is not let in by the token or the signature of an automation's sender; null: it is. */
export function whyUnproven(context: Context, push: PushIntake, body: Buffer, now: number): string | null {
  const token = bearerOf(context.req.header("authorization"));
  if (token !== null)
    return sameSecret(token, push.token()) ? null : "the bearer token is not the one configured";
  const signature = context.req.header("x-evenkeel-signature");
  if (signature === undefined || push.hmac === null) return "send the header Authorization: Bearer <token>";
  const timestamp = context.req.header("x-evenkeel-timestamp") ?? "";
  if (!(Math.abs(now - Number(timestamp) * 1000) <= signatureWindowMs))
    return "X-Evenkeel-Timestamp is missing or more than 5 minutes off";
  return sameSecret(signature, signBody(push.hmac(), Number(timestamp), body))
    ? null
    : "the signature does not match the body";
}
