/**
 * `POST /v1/reports`: something odd that a person saw, told by a program of theirs: a help desk, a form, a chat bot.
 * In: `{ "automation", "what", "by", "output"?, "link"?, "seenAt"?, "urgent"? }` with the push token or signature of the
 * automation. Out: 201 with where it went, 200 for a repeat of the same `Idempotency-Key`, 409 for that key with other
 * content, 400, 401, 404, 413, 429 with the reason.
 */
import { type Context, Hono } from "hono";
import { KnownError, StoreError } from "../domain/errors.js";
import { type Watched, watchedOf } from "../flow/ground.js";
import { type Reported, reportProblem } from "../flow/report-problem.js";
import { reportRequest } from "../flow/report-request.js";
import { excerpt } from "../text/excerpt.js";
import { parseJson } from "../text/parse-json.js";
import type { AppPorts } from "./app-ports.js";
import { createKnownSender } from "./known-sender.js";
import { whyUnproven } from "./push-proof.js";
import { createRateLimit } from "./rate-limit.js";
import { readBody } from "./read-body.js";

/** 2,000 characters of what was seen, as many of a link, and the rest. */
const bodyLimit = 32 * 1024;
const keyMax = 200;

type Status = 400 | 401 | 404 | 409 | 413 | 429;

/** The intake of reports. */
export function reportRoutes(ports: AppPorts): Hono {
  const app = new Hono();
  const waitFor = createRateLimit(ports.ground().clock);
  const knownSender = createKnownSender(ports);
  app.post("/v1/reports", async (context) => {
    const ground = ports.ground();
    // whoever shows no token cannot use up the share of those who do
    const wait = waitFor(knownSender(context) ?? "unproven");
    if (wait > 0) {
      context.header("Retry-After", String(wait));
      return refuse(context, 429, "too-many", `too many requests; try again in ${wait} s`);
    }
    const body = await readBody(context.req.raw, bodyLimit);
    if (!body.ok)
      return refuse(context, body.status, body.status === 413 ? "too-large" : "body", body.reason);
    const parsed = parseJson(body.bytes.toString("utf8"));
    if (!parsed.ok) return refuse(context, 400, "body", `the body ${parsed.reason}`);
    const named = automationOf(parsed.value);
    const watched = named === null ? null : watchedOf(ground.register, named);
    if (named !== null && watched?.push == null) return unknown(context, watched, named);
    const refused =
      watched?.push == null ? null : whyUnproven(context, watched.push, body.bytes, ground.clock.now());
    if (refused !== null) return refuse(context, 401, "unauthorized", refused);
    const request = reportRequest.safeParse(parsed.value);
    if (!request.success) {
      const faults = request.error.issues.map(
        (each) => `${each.path.join(".") || "the report"}: ${each.message}`,
      );
      return refuse(context, 400, "report", faults.join("; "));
    }
    const key = context.req.header("idempotency-key") ?? null;
    if (key !== null && (key === "" || key.length > keyMax))
      return refuse(
        context,
        400,
        "report",
        `Idempotency-Key: has ${key.length} characters, 1 to ${keyMax} are taken`,
      );
    return take(context, ports, () =>
      reportProblem(ground, request.data, { way: "api", repeatKey: key === null ? null : `api:${key}` }),
    );
  });
  return app;
}

function automationOf(value: unknown): string | null {
  if (typeof value !== "object" || value === null || !("automation" in value)) return null;
  return typeof value.automation === "string" ? value.automation : null;
}

function unknown(context: Context, watched: Watched | null, id: string): Response {
  return watched === null
    ? refuse(context, 404, "automation-unknown", `automation: no "${excerpt(id)}" is registered`)
    : refuse(
        context,
        404,
        "not-pushed",
        `automation: "${id}" has no push token to report with; use evenkeel report-problem, or its page /report/${id}`,
      );
}

function take(context: Context, ports: AppPorts, work: () => Reported): Response {
  try {
    const { report, outcome, incident, opened, alike, outputKnown } = work();
    ports.wake();
    const { id, automation } = report;
    return context.json(
      { report: id, automation, repeated: outcome === "repeated", incident, opened, alike, outputKnown },
      outcome === "repeated" ? 200 : 201,
    );
  } catch (thrown) {
    if (!(thrown instanceof KnownError) || thrown instanceof StoreError) throw thrown;
    return refuse(context, thrown.code === "report-conflict" ? 409 : 400, thrown.code, thrown.message);
  }
}

function refuse(context: Context, status: Status, error: string, message: string): Response {
  return context.json({ error, message }, status);
}
