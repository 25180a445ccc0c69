import { createMiddleware } from "hono/factory";

/**
 * Pages with a form say to themselves where it came from: under `no-referrer`, the policy of all others, a browser
 * hides its origin even from us, and over plain HTTP it sends nothing else to know it by. Nobody else is told.
 */
export const namesItselfToUs = createMiddleware(async (context, next) => {
  await next();
  context.header("Referrer-Policy", "same-origin");
});
