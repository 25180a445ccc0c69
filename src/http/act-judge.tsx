/**
 * `/act/judge/{token}` and `/act/stop/{token}`: the links of a digest. GET and HEAD show a page and change nothing, for
 * scanners follow links; the form of that page does, and leads back to it. The signature in the address is what lets in, as for `/act/{token}`.
 */
import { type Context, Hono } from "hono";
import { z } from "zod";
import { answers } from "../domain/judgement.js";
import {
  isGoodJudgeLink,
  judgeDone,
  openJudgeLink,
  pressJudgeLink,
  promoteJudgeLink,
  readerToStop,
} from "../flow/follow-judge-link.js";
import { guardLinks, tokenOf } from "./act-guards.js";
import { JudgeLinkPage, StopPage } from "./act-judge-page.js";
import type { AppPorts } from "./app-ports.js";
import { readForm } from "./read-form.js";
import { isFromOurPage, notFromOurPage } from "./same-origin.js";

const written = (most: number) =>
  z
    .string()
    .trim()
    .max(most)
    .default("")
    .transform((text) => (text === "" ? null : text));

const form = z.object({
  answer: z.enum(answers),
  nonce: z.string().max(200),
  note: written(2_000),
  correction: written(20_000),
  forwarded: written(200),
});

const promotionForm = z.object({ promote: z.literal("yes"), nonce: z.string().max(200) });

/** The routes of a digest's links. */
export function actJudgeRoutes(ports: AppPorts): Hono {
  const app = new Hono();
  guardLinks(app, "/act/judge/:token", ports, (token) => isGoodJudgeLink(ports.ground(), token));
  app.get("/act/judge/:token", (context) =>
    show(context, ports, openJudgeLink(ports.ground(), tokenOf(context), doneIn(context)), 200),
  );
  app.post("/act/judge/:token", async (context) => {
    if (!isFromOurPage(context, ports.ground().register.publicUrl))
      return context.text(`${notFromOurPage}.\n`, 403);
    const fields = await readForm(context.req.raw);
    const held = fields === null ? null : Object.fromEntries(fields);
    const promotion = promotionForm.safeParse(held);
    if (promotion.success) {
      const promoted = promoteJudgeLink(ports.ground(), tokenOf(context), promotion.data.nonce);
      return answer(context, ports, promoted);
    }
    const sent = form.safeParse(held);
    if (!sent.success) return context.text("This is no form of a link's page, or it is too long.\n", 400);
    const { forwarded, ...said } = sent.data;
    const page = pressJudgeLink(ports.ground(), tokenOf(context), { ...said, forwardedTo: forwarded });
    return answer(context, ports, page);
  });
  stopRoutes(app, ports);
  return app;
}

/** What the address says was recorded; the page tells it only if it is so. */
function doneIn(context: Context): (typeof judgeDone)[number] | null {
  return judgeDone.find((each) => each === context.req.query("done")) ?? null;
}

/** What was recorded leads to the same address, which tells it however often it is loaded. */
function answer(
  context: Context,
  ports: AppPorts,
  page: ReturnType<typeof openJudgeLink>,
): Response | Promise<Response> {
  if (page.kind === "ask" && page.done !== null) return context.redirect(`?done=${page.done}`, 303);
  return show(context, ports, page, page.kind === "ask" ? 409 : 200);
}

function show(
  context: Context,
  ports: AppPorts,
  page: ReturnType<typeof openJudgeLink>,
  status: 200 | 409,
): Response | Promise<Response> {
  const said = answers.find((answer) => answer === context.req.query("say")) ?? null;
  const html = <JudgeLinkPage instance={ports.ground().register.name} page={page} meant={said} />;
  return context.html(`<!doctype html>${html}`, page.kind === "void" ? (page.expired ? 410 : 404) : status);
}

/** Mail programs send the form by themselves once someone presses their button (RFC 8058): it comes from no page of ours. */
function stopRoutes(app: Hono, ports: AppPorts): void {
  const { ground } = ports;
  guardLinks(app, "/act/stop/:token", ports, (token) => readerToStop(ground(), token) !== null);
  const page = (context: Context) => {
    const reader = readerToStop(ground(), tokenOf(context));
    const stopped = reader !== null && (ground().store.digests.reader(reader)?.stoppedAt ?? null) !== null;
    const html = <StopPage instance={ground().register.name} reader={reader} stopped={stopped} />;
    return context.html(`<!doctype html>${html}`, reader === null ? 404 : 200);
  };
  app.get("/act/stop/:token", page);
  app.post("/act/stop/:token", async (context) => {
    const reader = readerToStop(ground(), tokenOf(context));
    const fields = await readForm(context.req.raw);
    const again = fields?.get("again") === "yes";
    if (again && !isFromOurPage(context, ground().register.publicUrl))
      return context.text(`${notFromOurPage}.\n`, 403);
    if (reader !== null) {
      const { store, clock } = ground();
      store.transaction(() => store.digests.stop(reader, again ? null : clock.now()));
    }
    // mail programs follow no redirect (RFC 8058)
    if (reader === null || !isFromOurPage(context, ground().register.publicUrl)) return page(context);
    return context.redirect("?done=1", 303);
  });
}
