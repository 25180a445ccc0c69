/**
 * The pages: how every automation stands, one of them, and one incident with what to do by hand.
 * In: the store. Out: HTML without script. Text from outputs is never markup: everything is a text node.
 */
import { readFileSync } from "node:fs";
import { type Context, Hono } from "hono";
import { excerpt } from "../../text/excerpt.js";
import type { AppPorts } from "../app-ports.js";
import { thisComputerOnly } from "../this-computer.js";
import { automationPage } from "./automation-page.js";
import { doneOnIncident } from "./done.js";
import { incidentPage } from "./incident-page.js";
import { messagesPage } from "./messages-page.js";
import { missingPage } from "./missing-page.js";
import { overviewPage } from "./overview-page.js";

const stylesheet = new URL("./evenkeel.css", import.meta.url);

/** The routes of the pages. */
export function pages(ports: AppPorts): Hono {
  const app = new Hono();
  const css = readFileSync(stylesheet, "utf8");
  app.use(thisComputerOnly);
  app.get("/evenkeel.css", (context) =>
    context.body(css, 200, { "content-type": "text/css; charset=utf-8", "cache-control": "max-age=3600" }),
  );
  app.get("/", (context) => context.html(`<!doctype html>${overviewPage(ports.ground())}`));
  app.get("/messages", (context) => context.html(`<!doctype html>${messagesPage(ports.ground())}`));
  app.get("/a/:id", (context) => {
    const id = context.req.param("id");
    const page = automationPage(ports.ground(), id);
    if (page === null) return missing(context, ports, `There is no automation ${excerpt(id, 60)}`);
    return context.html(`<!doctype html>${page}`);
  });
  app.get("/i/:id", (context) => {
    const id = context.req.param("id");
    const outputsPage = Number(/^[0-9]{1,4}$/.exec(context.req.query("out") ?? "")?.[0] ?? 1);
    const number = /^[0-9]{1,15}$/.test(id) ? Number(id) : 0;
    const sent = doneOnIncident(context, ports.ground(), number);
    const page = incidentPage(ports.ground(), number, { outputsPage, sent });
    if (page === null) return missing(context, ports, `There is no incident ${excerpt(id, 20)}`);
    return context.html(`<!doctype html>${page}`);
  });
  return app;
}

/** The answer to a person who looks where nothing is. */
export function missing(context: Context, ports: AppPorts, headline: string): Response | Promise<Response> {
  return context.html(`<!doctype html>${missingPage(ports.ground(), headline)}`, 404);
}
