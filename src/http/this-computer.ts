import { BlockList, isIPv6 } from "node:net";
import type { Context } from "hono";
import { accepts } from "hono/accepts";
import { createMiddleware } from "hono/factory";

const ownAddresses = new BlockList();
ownAddresses.addSubnet("127.0.0.0", 8, "ipv4");
ownAddresses.addAddress("::1", "ipv6");

const refusal =
  "Pages are shown on this computer only, since they ask for no password. From elsewhere use a tunnel (ssh -L 4310:127.0.0.1:4310), or a proxy on this computer that asks for one, and name it in publicUrl";

/**
 * Answers only whoever sits at this computer, whatever address it listens on; a proxy on it is for its owner to guard.
 * Not behind it: what proves itself in every request, from wherever it comes, and can therefore pass a proxy without a
 * password: pushed outputs and reports (token or signature), `/act/` (signed, one move or report, no outputs),
 * `/v1/slack/actions` (signed).
 * Nor `/healthz`, for whoever watches the watch: from elsewhere it says only whether Evenkeel is alive and ready.
 */
export const thisComputerOnly = createMiddleware(async (context, next) => {
  if (isFromThisComputer(context)) {
    await next();
    return undefined;
  }
  const asksFor = accepts(context, {
    header: "Accept",
    supports: ["application/json", "text/html"],
    default: "application/json",
  });
  if (asksFor === "text/html") return context.text(`${refusal}.\n`, 403);
  return context.json({ error: "elsewhere", message: refusal }, 403);
});

/** True where the other end of the connection is this computer: a browser, a program, a proxy on it. */
export function isFromThisComputer(context: Context): boolean {
  return isOwn(peerOf(context));
}

/** Address of the other end; null: the request did not come over a socket. */
function peerOf(context: Context): string | null {
  const bindings: unknown = context.env;
  if (!has(bindings, "incoming") || !has(bindings.incoming, "socket")) return null;
  const { socket } = bindings.incoming;
  return has(socket, "remoteAddress") && typeof socket.remoteAddress === "string" ? socket.remoteAddress : "";
}

function isOwn(peer: string | null): boolean {
  if (peer === null) return true;
  return peer !== "" && ownAddresses.check(peer, isIPv6(peer) ? "ipv6" : "ipv4");
}

function has<Name extends string>(value: unknown, name: Name): value is Record<Name, unknown> {
  return typeof value === "object" && value !== null && name in value;
}
