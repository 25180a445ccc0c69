/**
 * `POST /v1/outputs/{automation}`: outputs that an automation sends itself.
 * In: JSON, lines of JSON or a form, with a bearer token or a signature. Out: 202 with what became of each record;
 * 200 for a repeat, 409 for a known id with other content, 400, 401, 404, 413, 429 with the reason.
 */
import { type Context, Hono } from "hono";
import { type PushIntake, type Watched, watchedOf } from "../flow/ground.js";
import { receiveOutputs, refusedAsOld } from "../flow/receive-outputs.js";
import { mapPushBody, parsePushBody } from "../sample/push-body.js";
import { sameSecret } from "../token/same-secret.js";
import type { AppPorts } from "./app-ports.js";
import { bearerOf } from "./bearer.js";
import { createKnownSender } from "./known-sender.js";
import { whyUnproven } from "./push-proof.js";
import { createRateLimit } from "./rate-limit.js";
import { readBody } from "./read-body.js";
import { takeUnregistered } from "./unregistered.js";

/** The intake of pushed outputs. */
export function pushRoutes(ports: AppPorts): Hono {
  const app = new Hono();
  const waitFor = createRateLimit(ports.ground().clock);
  const knownSender = createKnownSender(ports);
  // anyone can make names up, so all such share a bucket beside their own
  const waitForUnasked = (name: string, known: string | null) =>
    known === null ? waitFor(`unregistered ${name}`, "strangers") : waitFor(`${known} under other names`);
  app.post("/v1/outputs/:automation", async (context) => {
    const id = context.req.param("automation");
    const watched = watchedOf(ports.ground().register, id);
    const known = watched === null ? knownSender(context) : null;
    const wait = watched === null ? waitForUnasked(id, known) : waitFor(senderOf(context, watched));
    if (wait > 0) {
      context.header("Retry-After", String(wait));
      return refuse(
        context,
        429,
        "too-many",
        `too many requests; try again in ${wait} s, or send several outputs in one request`,
      );
    }
    if (watched === null) return takeUnregistered(context, ports, id, known);
    if (watched.push === null) return notPushed(context, id);
    const body = await readBody(context.req.raw);
    if (!body.ok)
      return refuse(context, body.status, body.status === 413 ? "too-large" : "body", body.reason);
    const refused = whyUnproven(context, watched.push, body.bytes, ports.ground().clock.now());
    if (refused !== null) return refuse(context, 401, "unauthorized", refused);
    return take(context, ports, watched, watched.push, body.bytes);
  });
  return app;
}

/** Whose requests are counted together: whoever shows no token cannot use up the share of the one who does. */
function senderOf(context: Context, { entry, push }: Watched): string {
  const token = bearerOf(context.req.header("authorization"));
  return token !== null && push !== null && sameSecret(token, push.token())
    ? entry.id
    : `${entry.id} unproven`;
}

function notPushed(context: Context, id: string): Response {
  return refuse(
    context,
    404,
    "not-pushed",
    `"${id}" does not take pushed outputs; give it "source": { "type": "push", ... }`,
  );
}

async function take(
  context: Context,
  ports: AppPorts,
  watched: Watched,
  push: PushIntake,
  bytes: Buffer,
): Promise<Response> {
  const ground = ports.ground();
  const parsed = parsePushBody(bytes.toString("utf8"), context.req.header("content-type") ?? "");
  const mapped = mapPushBody(parsed, push.map);
  const tooOld = refusedAsOld(mapped.outputs, ground.clock.now());
  if (tooOld !== null) return refuse(context, 409, "too-old", tooOld);
  const taken = await receiveOutputs(ground, watched, mapped);
  const answer = {
    accepted: taken.stored,
    repeated: taken.repeated,
    golden: mapped.golden,
    ...(mapped.foreign.length === 0 ? {} : { elsewhere: mapped.foreign.length }),
    conflicting: taken.conflicting,
    aside: taken.asides.map(({ where, reason }) => ({ where, reason })),
  };
  return context.json(answer, statusOf(answer));
}

function statusOf(answer: {
  accepted: number;
  repeated: number;
  golden: number;
  elsewhere?: number;
  conflicting: readonly string[];
  aside: readonly unknown[];
}): 200 | 202 | 400 | 409 {
  if (answer.accepted > 0) return 202;
  if (answer.conflicting.length > 0) return 409;
  const nothingWrong = answer.aside.length === 0 && answer.elsewhere === undefined;
  return answer.repeated > 0 || answer.golden > 0 || nothingWrong ? 200 : 400;
}

function refuse(
  context: Context,
  status: 400 | 401 | 404 | 409 | 413 | 429,
  error: string,
  message: string,
): Response {
  return context.json({ error, message }, status);
}
