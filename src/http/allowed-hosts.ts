import { createMiddleware } from "hono/factory";

const loopback = ["localhost", "127.0.0.1", "[::1]"];

/** Answers only to its own names: a page elsewhere cannot rebind its name to this machine (DNS rebinding). */
export function allowedHosts(hosts: () => readonly string[]) {
  return createMiddleware(async (context, next) => {
    const host = (context.req.header("host") ?? "").toLowerCase().replace(/:\d+$/, "");
    const allowed = [...loopback, ...hosts()].map((each) => each.toLowerCase());
    if (!allowed.includes(host)) {
      const message = `this Evenkeel does not answer to "${host}"; set publicUrl or listen.host to the name you use`;
      return context.json({ error: "host-unknown", message }, 403);
    }
    await next();
    return undefined;
  });
}
