import { Hono } from "hono";
import type { AppPorts } from "./app-ports.js";
import { isFromThisComputer } from "./this-computer.js";

/** `/healthz`: whether it is alive, for anybody; what is on its mind, for this computer only. */
export function healthRoute(ports: AppPorts): Hono {
  const app = new Hono();
  app.get("/healthz", (context) => {
    const alive = { status: "ok", ready: ports.ready() };
    if (!isFromThisComputer(context)) return context.json(alive);
    const { store } = ports.ground();
    return context.json({
      ...alive,
      openIncidents: store.incidents.open().length,
      messages: store.outbox.tally(),
      beat: ports.lag(),
      troubles: store.state.troubles.list().map(({ about, level }) => ({ about, level })),
    });
  });
  return app;
}
