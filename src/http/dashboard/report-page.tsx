/**
 * `/report/{automation}`: the page on which someone says what was odd. GET shows the form; POST, from our own page,
 * records it and leads to the page that says where it went. Pages answer this computer only; from elsewhere the signed links in messages do.
 */
import { type Context, Hono } from "hono";
import { z } from "zod";
import { KnownError, StoreError } from "../../domain/errors.js";
import type { Watched } from "../../flow/ground.js";
import { type Reported, reportedBefore, reportProblem } from "../../flow/report-problem.js";
import { excerpt } from "../../text/excerpt.js";
import { sayInstant, sayZone } from "../../wording/times.js";
import type { AppPorts } from "../app-ports.js";
import { readForm } from "../read-form.js";
import { emptyReport, type ReportFields, ReportForm, sayReported } from "../report-form.js";
import { isFromOurPage, notFromOurPage } from "../same-origin.js";
import { thisComputerOnly } from "../this-computer.js";
import { numberIn, seeOther } from "./done.js";
import { Layout } from "./layout.js";
import { missing } from "./pages.js";

const form = z.object({
  what: z.string(),
  by: z.string(),
  output: z.string(),
  seenAt: z.string(),
  urgent: z.enum(["yes", "no"]),
  once: z.string().min(1).max(100),
});

/** The routes of the page for reports. */
export function reportPageRoutes(ports: AppPorts): Hono {
  const app = new Hono();
  app.use("/report/:id", thisComputerOnly);
  app.get("/report/:id", (context) => {
    const watched = watchedAt(context, ports);
    if (watched === null) return unknown(context, ports);
    const reported = doneHere(context, ports, watched);
    return show(context, ports, watched, { once: ports.ground().random.hex(12), reported });
  });
  app.post("/report/:id", async (context) => {
    const watched = watchedAt(context, ports);
    if (watched === null) return unknown(context, ports);
    if (!isFromOurPage(context, ports.ground().register.publicUrl))
      return context.text(`${notFromOurPage}.\n`, 403);
    const fields = await readForm(context.req.raw);
    const sent = form.safeParse(fields === null ? null : Object.fromEntries(fields));
    if (!sent.success) return context.text("This is no form of a report's page.\n", 400);
    return take(context, ports, watched, sent.data);
  });
  return app;
}

function watchedAt(context: Context, ports: AppPorts): Watched | null {
  const id = context.req.param("id");
  return ports.ground().register.automations.find(({ entry }) => entry.id === id) ?? null;
}

function unknown(context: Context, ports: AppPorts) {
  return missing(context, ports, `There is no automation ${excerpt(context.req.param("id") ?? "", 60)}`);
}

function take(context: Context, ports: AppPorts, watched: Watched, sent: z.infer<typeof form>) {
  const { once, urgent, ...said } = sent;
  const request = { automation: watched.entry.id, ...said, urgent: urgent === "yes" };
  try {
    const reported = reportProblem(ports.ground(), request, { way: "page", repeatKey: `page:${once}` });
    ports.wake();
    const key = reported.outcome === "repeated" ? "was" : "done";
    return seeOther(context, `/report/${watched.entry.id}`, key, reported.report.id);
  } catch (thrown) {
    if (!(thrown instanceof KnownError) || thrown instanceof StoreError) throw thrown;
    return show(context, ports, watched, {
      once,
      refused: { because: thrown.message, fields: { ...said, urgent } },
    });
  }
}

/** The report that the address says was just sent. */
function doneHere(context: Context, ports: AppPorts, watched: Watched): Reported | undefined {
  const number = numberIn(context, "done");
  const reported = reportedBefore(ports.ground(), watched, number ?? numberIn(context, "was") ?? 0);
  return reported === null ? undefined : { ...reported, outcome: number === null ? "repeated" : "recorded" };
}

function show(
  context: Context,
  ports: AppPorts,
  { entry }: Watched,
  page: {
    once: string;
    reported?: Reported | undefined;
    refused?: { because: string; fields: ReportFields };
  },
) {
  const { register, clock } = ports.ground();
  const { once, reported, refused } = page;
  const now = clock.now();
  const html = (
    <Layout
      title={`Report something odd: ${entry.title} · Evenkeel`}
      instance={register.name}
      foot={`Page made ${sayInstant(now, entry.timeZone, now)}. Times are ${sayZone(entry.timeZone)}.`}
    >
      <p class="line">
        <a href={`/a/${entry.id}`}>{entry.title}</a>
      </p>
      <h1>{reported === undefined ? `Report something odd: ${entry.title}` : `Reported: ${entry.title}`}</h1>
      {refused === undefined ? null : (
        <p class="say" role="alert">
          {`Nothing was recorded. ${refused.because}`}
        </p>
      )}
      {reported === undefined ? (
        <ReportForm timeZone={entry.timeZone} fields={refused?.fields ?? emptyReport} hidden={{ once }} />
      ) : (
        <Told reported={reported} />
      )}
    </Layout>
  );
  return context.html(`<!doctype html>${html}`, refused === undefined ? 200 : 400);
}

function Told({ reported }: { reported: Reported }) {
  return (
    <>
      <p class="say" role="status">
        {sayReported(reported)}
      </p>
      {reported.incident === null ? null : (
        <p>
          <a href={`/i/${reported.incident}`}>Open the incident</a>
        </p>
      )}
    </>
  );
}
