/**
 * `POST /v1/commands`: orders of the command line, for whoever can read the token in the data folder.
 * In: an order as JSON. Out: `{ "data": ... }`, or 400 with what to do instead.
 */
import { Hono } from "hono";
import { commandSchema, perform } from "../flow/command.js";
import { parseJson } from "../text/parse-json.js";
import { sameSecret } from "../token/same-secret.js";
import type { AppPorts } from "./app-ports.js";
import { bearerOf } from "./bearer.js";
import { readBody } from "./read-body.js";
import { thisComputerOnly } from "./this-computer.js";

/** The route of orders. */
export function commandRoutes(ports: AppPorts): Hono {
  const app = new Hono();
  app.use("/v1/commands", thisComputerOnly);
  app.post("/v1/commands", async (context) => {
    const token = bearerOf(context.req.header("authorization"));
    if (token === null || !sameSecret(token, ports.adminToken)) {
      return context.json(
        { error: "unauthorized", message: "orders need the token in the data folder" },
        401,
      );
    }
    const body = await readBody(context.req.raw);
    if (!body.ok) return context.json({ error: "body", message: body.reason }, body.status);
    const written = parseJson(body.bytes.toString("utf8"));
    const parsed = commandSchema.safeParse(written.ok ? written.value : undefined);
    const fault = parsed.error?.issues[0];
    if (!parsed.success)
      return context.json(
        { error: "order-unknown", message: `no such order: ${fault?.path.join(".")}: ${fault?.message}` },
        400,
      );
    const data = await perform(ports.ground(), ports.levels(), parsed.data, ports.signal);
    ports.wake();
    return context.json({ data });
  });
  return app;
}
