import { createHash } from "node:crypto";
import type { Context } from "hono";
import { ConfigError } from "../domain/errors.js";
import type { PushIntake, Register } from "../flow/ground.js";
import type { AppPorts } from "./app-ports.js";
import { bearerOf } from "./bearer.js";

/** How long tokens once read count: each may lie in a file, and the question is put before anything is limited. */
const readAgainMs = 60_000;

/** The automation whose token a request shows, whatever name it sends to; null: none. Proves nothing: the intake does. */
export type KnownSender = (context: Context) => string | null;

/** Looks tokens up at the cost of one hash a request, however many automations there are. */
export function createKnownSender(ports: AppPorts): KnownSender {
  let known: { register: Register; at: number; senders: ReadonlyMap<string, string> } | null = null;
  return (context) => {
    const shown = bearerOf(context.req.header("authorization"));
    if (shown === null) return null;
    const { register, clock } = ports.ground();
    const now = clock.monotonic();
    if (known === null || known.register !== register || now - known.at > readAgainMs)
      known = { register, at: now, senders: sendersOf(register) };
    return known.senders.get(digestOf(shown)) ?? null;
  };
}

/** Automations by the digest of their token; of two with the same, the first. */
function sendersOf({ automations }: Register): ReadonlyMap<string, string> {
  const senders = new Map<string, string>();
  for (const { entry, push } of automations) {
    const token = push === null ? null : tokenOf(push);
    if (token === null) continue;
    const digest = digestOf(token);
    if (!senders.has(digest)) senders.set(digest, entry.id);
  }
  return senders;
}

function tokenOf({ token }: PushIntake): string | null {
  try {
    return token();
  } catch (thrown) {
    // that one automation's secret is missing is told where it matters: at its own intake
    if (thrown instanceof ConfigError) return null;
    throw thrown;
  }
}

function digestOf(token: string): string {
  return createHash("sha256").update(token).digest("base64");
}
