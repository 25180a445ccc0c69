/** The bearer token of a request; null: none. */
export function bearerOf(authorization: string | undefined): string | null {
  const match = /^Bearer ([^\s]+)$/i.exec(authorization ?? "");
  return match?.[1] ?? null;
}
