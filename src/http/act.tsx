/**
 * `/act/{token}`: the links in messages. GET and HEAD show a page and change nothing, for scanners follow links; the
 * form of that page does, and leads back to the page, which tells it. Reachable from wherever people read their mail: the signature in the address is what lets
 * in, so a proxy may pass `/act/` without a password, and nothing else of the pages (this-computer.ts).
 */
import { readFileSync } from "node:fs";
import { type Context, Hono } from "hono";
import { z } from "zod";
import { isGoodLink, type LinkPage, openLink, pressLink } from "../flow/follow-link.js";
import { guardLinks, tokenOf } from "./act-guards.js";
import { ActPage } from "./act-page.js";
import type { AppPorts } from "./app-ports.js";
import { here, numberIn, seeOther } from "./dashboard/done.js";
import { readForm } from "./read-form.js";
import { isFromOurPage, notFromOurPage } from "./same-origin.js";

const stylesheet = new URL("./dashboard/evenkeel.css", import.meta.url);

const form = z.object({ revision: z.string().regex(/^\d{1,9}$/), nonce: z.string().max(200) });

/** The routes of links in messages. */
export function actRoutes(ports: AppPorts): Hono {
  const app = new Hono();
  const css = readFileSync(stylesheet, "utf8");
  app.get("/act/style.css", (context) =>
    context.body(css, 200, { "content-type": "text/css; charset=utf-8", "cache-control": "max-age=3600" }),
  );
  guardLinks(app, "/act/:token", ports, (token) => isGoodLink(ports.ground(), token));
  app.get("/act/:token", (context) => {
    const page = openLink(ports.ground(), tokenOf(context), numberIn(context, "done"));
    return show(context, ports, page, 200);
  });
  app.post("/act/:token", async (context) => {
    const { publicUrl } = ports.ground().register;
    if (!isFromOurPage(context, publicUrl)) return context.text(`${notFromOurPage}.\n`, 403);
    const fields = await readForm(context.req.raw);
    const sent = form.safeParse(fields === null ? null : Object.fromEntries(fields));
    if (!sent.success) return context.text("This is no form of a link's page.\n", 400);
    const { revision, nonce } = sent.data;
    const page = pressLink(ports.ground(), tokenOf(context), { revision: Number(revision), nonce });
    if (page.kind === "told" && page.done !== null) {
      ports.wake();
      return seeOther(context, here, "done", page.done);
    }
    return show(context, ports, page, page.kind === "ask" ? 409 : 200);
  });
  return app;
}

function show(context: Context, ports: AppPorts, page: LinkPage, status: 200 | 409) {
  const html = <ActPage instance={ports.ground().register.name} page={page} />;
  return context.html(`<!doctype html>${html}`, page.kind === "void" ? (page.expired ? 410 : 404) : status);
}
