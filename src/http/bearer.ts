import { createHash, timingSafeEqual } from "node:crypto";

/** The bearer token of a request; null: none. */
export function bearerOf(authorization: string | undefined): string | null {
  const match = /^Bearer ([^\s]+)$/i.exec(authorization ?? "");
  return match?.[1] ?? null;
}

/** Compares secrets in a time that does not tell where they differ. */
export function sameSecret(given: string, expected: string): boolean {
  const digest = (text: string) => createHash("sha256").update(text).digest();
  return timingSafeEqual(digest(given), digest(expected));
}
