import type { Context, Hono } from "hono";
import { createMiddleware } from "hono/factory";
import type { AppPorts } from "./app-ports.js";
import { createRateLimit } from "./rate-limit.js";

/** The longest token there is: addresses of five people. */
const longestToken = 2_000;

/** Kept by nobody on the way, listed by no search engine. */
export const unkept = createMiddleware(async (context, next) => {
  await next();
  context.header("Cache-Control", "no-store");
  context.header("X-Robots-Tag", "noindex");
});

/** What every page behind a link of ours has: nobody keeps it, and whoever shows no such link waits. */
export function guardLinks(
  app: Hono,
  path: string,
  ports: AppPorts,
  isGood: (token: string) => boolean,
): void {
  const waitFor = createRateLimit(ports.ground().clock);
  app.use(path, unkept);
  app.use(path, async (context, next) => {
    // whoever shows no link of ours cannot use up the share of those who do
    const wait = waitFor(isGood(tokenOf(context)) ? "good" : "unproven");
    if (wait === 0) {
      await next();
      return undefined;
    }
    context.header("Retry-After", String(wait));
    return context.text(`Too many requests. Try again in ${wait} s.\n`, 429);
  });
}

/** The token in the address; empty where it is none. */
export function tokenOf(context: Context): string {
  const token = context.req.param("token") ?? "";
  return token.length > longestToken ? "" : token;
}
