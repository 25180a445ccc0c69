import type { Context } from "hono";
import { noteUnregistered } from "../flow/register/unregistered.js";
import { parsePushBody } from "../sample/push-body.js";
import { excerpt } from "../text/excerpt.js";
import type { AppPorts } from "./app-ports.js";
import { readBody } from "./read-body.js";

/** Longest name repeated in an answer. */
const longestName = 100;

/**
 * The answer to outputs under a name that nobody registered: 404, and a note of it. The body is read only where the
 * sender shows the token of a registered automation; from anyone else the name alone is noted.
 */
export async function takeUnregistered(
  context: Context,
  ports: AppPorts,
  name: string,
  sender: string | null,
): Promise<Response> {
  const ground = ports.ground();
  const missing = `no automation "${excerpt(name, longestName)}" is registered`;
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
