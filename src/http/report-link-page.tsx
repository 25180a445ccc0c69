/**
 * `/act/report/{token}`: the link in messages under which someone reports something odd. GET and HEAD show a form and
 * change nothing, for scanners follow links; the form does. Reachable like the other links, under `/act/`: the signature
 * in the address lets in, to one automation, and shows nothing of it but its name.
 */
import { type Context, Hono } from "hono";
import { z } from "zod";
import { KnownError, StoreError } from "../domain/errors.js";
import {
  type KnownReportLink,
  knownReportLink,
  reportNonce,
  reportNonceHolds,
} from "../flow/follow-report-link.js";
import { linkKey, type Reported, reportedByLink, reportProblem } from "../flow/report-problem.js";
import { unkept } from "./act-guards.js";
import type { AppPorts } from "./app-ports.js";
import { LinkFrame } from "./link-frame.js";
import { createRateLimit } from "./rate-limit.js";
import { readForm } from "./read-form.js";
import { emptyReport, type ReportFields, ReportForm, sayReported } from "./report-form.js";
import { isFromOurPage, notFromOurPage } from "./same-origin.js";

/** The longest token there is: the id of an automation, signed. */
const longestToken = 1_000;

const form = z.object({
  what: z.string(),
  by: z.string(),
  output: z.string(),
  seenAt: z.string(),
  urgent: z.enum(["yes", "no"]),
  nonce: z.string().max(200),
  once: z.string().min(1).max(100),
});

/** The routes of links to report with. */
export function reportLinkRoutes(ports: AppPorts): Hono {
  const app = new Hono();
  const waitFor = createRateLimit(ports.ground().clock);
  app.use("/act/report/:token", unkept);
  app.use("/act/report/:token", async (context, next) => {
    // whoever shows no link of ours cannot use up the share of those who do
    const wait = waitFor(linkOf(context, ports).ok ? "good" : "unproven");
    if (wait === 0) {
      await next();
      return undefined;
    }
    context.header("Retry-After", String(wait));
    return context.text(`Too many requests. Try again in ${wait} s.\n`, 429);
  });
  app.get("/act/report/:token", (context) => {
    const link = linkOf(context, ports);
    if (!link.ok) return nothing(context, ports, link);
    const reported = reportedHere(context, ports, link);
    return reported === null ? ask(context, ports, link) : tell(context, ports, link, sayReported(reported));
  });
  app.post("/act/report/:token", async (context) => {
    const link = linkOf(context, ports);
    if (!link.ok) return nothing(context, ports, link);
    if (!isFromOurPage(context, ports.ground().register.publicUrl))
      return context.text(`${notFromOurPage}.\n`, 403);
    const fields = await readForm(context.req.raw);
    const sent = form.safeParse(fields === null ? null : Object.fromEntries(fields));
    if (!sent.success) return context.text("This is no form of a report's page.\n", 400);
    return take(context, ports, link, sent.data);
  });
  return app;
}

type GoodLink = Extract<KnownReportLink, { ok: true }>;

function linkOf(context: Context, ports: AppPorts): KnownReportLink {
  return knownReportLink(ports.ground(), tokenOf(context));
}

function tokenOf(context: Context): string {
  const token = context.req.param("token") ?? "";
  return token.length > longestToken ? "" : token;
}

/** What the address says was reported, told from what is on record. */
function reportedHere(context: Context, ports: AppPorts, { watched }: GoodLink): Reported | null {
  const done = context.req.query("done");
  const reported = reportedByLink(ports.ground(), watched, done ?? context.req.query("was") ?? "");
  return reported === null ? null : { ...reported, outcome: done === undefined ? "repeated" : "recorded" };
}

function take(context: Context, ports: AppPorts, link: GoodLink, sent: z.infer<typeof form>) {
  const ground = ports.ground();
  const { nonce, once, urgent, ...said } = sent;
  const fields = { ...said, urgent };
  if (!reportNonceHolds(ground, link.key, tokenOf(context), nonce))
    return ask(context, ports, link, {
      said: "The page had been open for long, so nothing was recorded. Press again.",
      fields,
      once,
      status: 409,
    });
  const { id: automation } = link.watched.entry;
  try {
    const { outcome } = reportProblem(
      ground,
      { automation, ...said, urgent: urgent === "yes" },
      { way: "link", repeatKey: linkKey(once) },
    );
    ports.wake();
    // known to whoever filled that form in, and to nobody else who has the link
    return context.redirect(`?${outcome === "repeated" ? "was" : "done"}=${encodeURIComponent(once)}`, 303);
  } catch (thrown) {
    if (!(thrown instanceof KnownError) || thrown instanceof StoreError) throw thrown;
    return ask(context, ports, link, {
      said: `Nothing was recorded. ${thrown.message}`,
      fields,
      once,
      status: 400,
    });
  }
}

function ask(
  context: Context,
  ports: AppPorts,
  { watched, key }: GoodLink,
  again?: { said: string; fields: ReportFields; once: string; status: 400 | 409 },
) {
  const ground = ports.ground();
  const { title, timeZone } = watched.entry;
  const hidden = {
    nonce: reportNonce(ground, key, tokenOf(context)),
    once: again?.once ?? ground.random.hex(12),
  };
  const html = (
    <LinkFrame instance={ground.register.name} title={`Report something odd: ${title}`} style="../style.css">
      <h1>{`Report something odd: ${title}`}</h1>
      {again === undefined ? null : (
        <p class="say" role="alert">
          {again.said}
        </p>
      )}
      <ReportForm timeZone={timeZone} fields={again?.fields ?? emptyReport} hidden={hidden} />
    </LinkFrame>
  );
  return context.html(`<!doctype html>${html}`, again?.status ?? 200);
}

function tell(context: Context, ports: AppPorts, { watched }: GoodLink, said: string) {
  const html = (
    <LinkFrame instance={ports.ground().register.name} title="Reported" style="../style.css">
      <h1>{`Reported: ${watched.entry.title}`}</h1>
      <p class="say" role="status">
        {said}
      </p>
    </LinkFrame>
  );
  return context.html(`<!doctype html>${html}`);
}

function nothing(
  context: Context,
  ports: AppPorts,
  { said, expired }: Extract<KnownReportLink, { ok: false }>,
) {
  const html = (
    <LinkFrame instance={ports.ground().register.name} title="This link does nothing" style="../style.css">
      <h1>This link does nothing</h1>
      <p class="say" role="status">
        {said}
      </p>
    </LinkFrame>
  );
  return context.html(`<!doctype html>${html}`, expired ? 410 : 404);
}
