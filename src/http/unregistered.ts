import type { Context } from "hono";
import { ConfigError } from "../domain/errors.js";
import type { Register } from "../flow/ground.js";
import { noteUnregistered } from "../flow/register/unregistered.js";
import { parsePushBody } from "../sample/push-body.js";
import { excerpt } from "../text/excerpt.js";
import { sameSecret } from "../token/same-secret.js";
import type { AppPorts } from "./app-ports.js";
import { bearerOf } from "./bearer.js";
import { readBody } from "./read-body.js";

/** Longest name repeated in an answer. */
const longestName = 100;

/**
 * The answer to outputs under a name that nobody registered: 404, and a note of it. The body is read only where the
 * sender shows the token of a registered automation; from anyone else the name alone is noted.
 */
export async function takeUnregistered(context: Context, ports: AppPorts, name: string): Promise<Response> {
  const ground = ports.ground();
  const missing = `no automation "${excerpt(name, longestName)}" is registered`;
  const sender = knownSender(context, ground.register);
  if (sender === null) {
    await noteUnregistered(ground, { name, way: "push", sender, body: null });
    return context.json({ error: "automation-unknown", message: missing }, 404);
  }
  const read = await readBody(context.req.raw);
  if (!read.ok)
    return context.json(
      { error: read.status === 413 ? "too-large" : "body", message: read.reason },
      read.status,
    );
  const body = parsePushBody(read.bytes.toString("utf8"), context.req.header("content-type") ?? "");
  const { named } = await noteUnregistered(ground, { name, way: "push", sender, body });
  const noted = named
    ? "it is noted as unregistered activity; nothing of it is checked until someone registers it"
    : "too many such names are noted already, so nothing of it is";
  return context.json({ error: "automation-unknown", message: `${missing}: ${noted}` }, 404);
}

/** The automation whose token the request shows; null: none. */
function knownSender(context: Context, { automations }: Register): string | null {
  const shown = bearerOf(context.req.header("authorization"));
  if (shown === null) return null;
  const known = automations.find(({ push }) => push !== null && isToken(shown, push.token));
  return known?.entry.id ?? null;
}

function isToken(shown: string, token: () => string): boolean {
  try {
    return sameSecret(shown, token());
  } catch (thrown) {
    // that one automation's secret is missing is told where it matters: at its own intake
    if (thrown instanceof ConfigError) return false;
    throw thrown;
  }
}
