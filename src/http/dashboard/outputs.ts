/**
 * `GET /i/{incident}/outputs.csv` and `POST /i/{incident}/outputs`: the list of what went out, and what became of it.
 * In: a form from our own page: which outputs by their number here, what became of them, who says so. Out: the way
 * to the page, which says what was recorded. Both answer this computer only (this-computer.ts).
 */
import { type Context, Hono } from "hono";
import { z } from "zod";
import { KnownError } from "../../domain/errors.js";
import { saidReworkStates } from "../../domain/rework.js";
import { exposedCsv } from "../../flow/exposed-csv.js";
import { exposedOutputs } from "../../flow/exposure.js";
import { markOutputs } from "../../flow/rework.js";
import { moveNumber } from "../../flow/say-done.js";
import { csvFile } from "../../text/csv.js";
import { excerpt } from "../../text/excerpt.js";
import type { AppPorts } from "../app-ports.js";
import { readForm } from "../read-form.js";
import { isFromOurPage, notFromOurPage } from "../same-origin.js";
import { thisComputerOnly } from "../this-computer.js";
import { seeOther } from "./done.js";
import { incidentPage } from "./incident-page.js";
import { missing } from "./pages.js";

const form = z.object({
  state: z.enum(saidReworkStates),
  who: z.string().max(200),
  why: z.string().max(2000),
  all: z.literal("all").nullable(),
  output: z.array(z.string().regex(/^\d{1,15}$/)).max(1_000),
});

/** The routes of an incident's list of outputs. */
export function outputRoutes(ports: AppPorts): Hono {
  const app = new Hono();
  app.use("/i/:id/outputs", thisComputerOnly);
  app.use("/i/:id/outputs.csv", thisComputerOnly);
  app.get("/i/:id/outputs.csv", (context) => {
    const ground = ports.ground();
    const row = ground.store.incidents.get(idOf(context));
    if (row === null) return noIncident(context, ports);
    const lines = exposedCsv(exposedOutputs(ground, row));
    return context.body(csvFile(lines), 200, {
      "content-type": "text/csv; charset=utf-8",
      "content-disposition": `attachment; filename="incident-${row.id}-outputs.csv"`,
      "cache-control": "no-store",
    });
  });
  app.post("/i/:id/outputs", async (context) => {
    if (!isFromOurPage(context, ports.ground().register.publicUrl))
      return context.text(`${notFromOurPage}.\n`, 403);
    const fields = await readForm(context.req.raw);
    const parsed = form.safeParse({
      state: fields?.get("state"),
      who: fields?.get("who"),
      why: fields?.get("why") ?? "",
      all: fields?.get("all") ?? null,
      output: fields?.getAll("output") ?? [],
    });
    if (!parsed.success) return context.text("This is no form of an incident's page.\n", 400);
    return mark(context, ports, parsed.data);
  });
  return app;
}

function mark(context: Context, ports: AppPorts, sent: z.infer<typeof form>): Response | Promise<Response> {
  const ground = ports.ground();
  const incident = idOf(context);
  const { state, who, why, all, output } = sent;
  const show = (said: string) => {
    const sentForm = { said, form: "outputs", done: false, who, why } as const;
    const ticked = { all: all !== null, ticked: output.map(Number) };
    const page = incidentPage(ground, incident, { sent: { ...sentForm, ...ticked } });
    return page === null ? noIncident(context, ports) : context.html(`<!doctype html>${page}`, 400);
  };
  if (ground.store.incidents.get(incident) === null) return noIncident(context, ports);
  if (!ground.register.people.has(who))
    return show("Nothing was recorded: choose your name, so that others know whom to ask.");
  if (all === null && output.length === 0) return show("Nothing was recorded: tick the outputs it is about.");
  try {
    const of = all === null ? { keys: output.map(Number) } : "all";
    const { marked } = markOutputs(ground, { incident, of, state, who, why });
    ports.wake();
    // another may have said it of all of them meanwhile
    const number = marked === 0 ? 0 : moveNumber(ground, incident, { who, events: ["rework"] });
    return seeOther(context, `/i/${incident}`, "done", number);
  } catch (thrown) {
    if (!(thrown instanceof KnownError) || !thrown.code.startsWith("rework-")) throw thrown;
    return show(thrown.message);
  }
}

function idOf(context: Context): number {
  const id = context.req.param("id") ?? "";
  return /^[0-9]{1,15}$/.test(id) ? Number(id) : 0;
}

function noIncident(context: Context, ports: AppPorts): Response | Promise<Response> {
  return missing(context, ports, `There is no incident ${excerpt(context.req.param("id") ?? "", 20)}`);
}
