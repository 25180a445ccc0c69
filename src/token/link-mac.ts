import { createHmac } from "node:crypto";

/** Signs a text for one purpose: what was signed for another one does not pass for it. */
export function linkMac(key: { readonly secret: string }, purpose: string, text: string): string {
  return createHmac("sha256", Buffer.from(key.secret, "hex"))
    .update(`${purpose}\n${text}`)
    .digest("base64url");
}
