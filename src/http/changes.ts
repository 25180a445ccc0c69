/**
 * `POST /v1/changes`: tells of a change, from a pipeline on this computer with the token in the data folder.
 * In: `{ "automation", "note", "at"?, "kind"?, "who"? }`. Out: 201 with the marker, or 400, 401, 413 with the reason.
 */
import { Hono } from "hono";
import { changeSettings, markChange } from "../flow/changes/mark.js";
import { requireWatched } from "../flow/command.js";
import { parseJson } from "../text/parse-json.js";
import { sameSecret } from "../token/same-secret.js";
import type { AppPorts } from "./app-ports.js";
import { bearerOf } from "./bearer.js";
import { readBody } from "./read-body.js";
import { thisComputerOnly } from "./this-computer.js";

/** The route of told changes. */
export function changeRoutes(ports: AppPorts): Hono {
  const app = new Hono();
  app.use("/v1/changes", thisComputerOnly);
  app.post("/v1/changes", async (context) => {
    const token = bearerOf(context.req.header("authorization"));
    if (token === null || !sameSecret(token, ports.adminToken))
      return context.json(
        { error: "unauthorized", message: "changes need the token in the data folder" },
        401,
      );
    const body = await readBody(context.req.raw);
    if (!body.ok) return context.json({ error: "body", message: body.reason }, body.status);
    const written = parseJson(body.bytes.toString("utf8"));
    if (!written.ok) return context.json({ error: "body", message: `the body ${written.reason}` }, 400);
    const parsed = changeSettings.safeParse(written.value);
    if (!parsed.success) {
      const faults = parsed.error.issues.map(
        (each) => `${each.path.join(".") || "the change"}: ${each.message}`,
      );
      return context.json({ error: "change", message: faults.join("; ") }, 400);
    }
    const ground = ports.ground();
    const data = markChange(ground, requireWatched(ground, parsed.data.automation), parsed.data);
    ports.wake();
    return context.json({ data }, 201);
  });
  return app;
}
