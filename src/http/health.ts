import { Hono } from "hono";
import type { AppPorts } from "./app-ports.js";

/** `/healthz`: whether it is alive, and what is on its mind. */
export function healthRoute(ports: AppPorts): Hono {
  const app = new Hono();
  app.get("/healthz", (context) => {
    const { store } = ports.ground();
    return context.json({
      status: "ok",
      ready: ports.ready(),
      openIncidents: store.incidents.open().length,
      messages: store.outbox.tally(),
      troubles: store.state.troubles.list().map(({ about, level }) => ({ about, level })),
    });
  });
  return app;
}
