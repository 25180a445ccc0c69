/**
 * Signs what is sent to services of the user's. In: a shared secret, an instant, the body as it will be sent. Out: the
 * value of `X-Evenkeel-Signature`. Whoever receives it computes the same over the raw body and compares in constant
 * time.
 */
import { createHmac } from "node:crypto";

/** The signature of a body: `v1=<hex HMAC-SHA256 of "v1:{timestamp}:{body}">`; the timestamp is in epoch seconds. */
export function signBody(secret: string, timestamp: number, body: string | Buffer): string {
  return `v1=${createHmac("sha256", secret).update(`v1:${timestamp}:`).update(body).digest("hex")}`;
}
