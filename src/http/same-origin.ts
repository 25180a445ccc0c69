import type { Context } from "hono";

/**
 * True for a form that was sent from a page of ours (RELIABILITY 4.1): by `Sec-Fetch-Site`, which browsers send to
 * secure and loopback addresses, else by `Origin`. Programs, which send neither, use the command line.
 */
export function isFromOurPage(context: Context, publicUrl: string | null): boolean {
  const site = context.req.header("sec-fetch-site");
  if (site !== undefined) return site === "same-origin";
  const origin = context.req.header("origin");
  const host = (context.req.header("host") ?? "").toLowerCase();
  // a page that hides its origin says "null", which is nobody's
  if (origin === undefined || !URL.canParse(origin)) return false;
  // a proxy may put a name of its own into Host
  const isPublic = publicUrl !== null && new URL(origin).origin === new URL(publicUrl).origin;
  return isPublic || new URL(origin).host.toLowerCase() === host;
}

/** What whoever sent it from elsewhere is told. */
export const notFromOurPage =
  "This was sent from somewhere else than a page of this Evenkeel, so nothing was changed. Open the page and press there";
