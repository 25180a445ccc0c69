/** One hop of a request. */
export interface Hop {
  readonly method: string;
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | undefined;
}

/** Where a redirect leads, or why it is not followed. */
export type NextHop = { readonly hop: Hop } | { readonly refused: string };

// What may cross to another origin: no authorization, no cookie, no vendor's key header.
const harmlessHeaders = new Set([
  "accept",
  "accept-encoding",
  "accept-language",
  "content-type",
  "user-agent",
]);

/** True for an answer that points elsewhere. */
export function isRedirect(status: number): boolean {
  return [301, 302, 303, 307, 308].includes(status);
}

/** The request after a redirect, as fetch does it: 303 and a POST's 301/302 become GET; secrets stay with their origin. */
export function nextHop(hop: Hop, status: number, location: string | undefined): NextHop {
  if (location === undefined || !URL.canParse(location, hop.url.href))
    return { refused: "it names no usable target" };
  const url = new URL(location, hop.url.href);
  if (hop.url.protocol === "https:" && url.protocol === "http:")
    return { refused: "it leaves https for http" };
  const becomesGet = status === 303 || (status <= 302 && hop.method === "POST");
  const sameOrigin = url.origin === hop.url.origin;
  if (!sameOrigin && !becomesGet && hop.body !== undefined) {
    return { refused: `it would carry the body on to ${url.host}` };
  }
  const kept = Object.entries(hop.headers).filter(
    ([name]) => (sameOrigin || harmlessHeaders.has(name)) && !(becomesGet && name === "content-type"),
  );
  return {
    hop: {
      method: becomesGet && hop.method !== "HEAD" ? "GET" : hop.method,
      url,
      headers: Object.fromEntries(kept),
      body: becomesGet ? undefined : hop.body,
    },
  };
}
