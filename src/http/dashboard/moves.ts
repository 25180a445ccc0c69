/**
 * `POST /i/{incident}/moves`: what someone does about an incident on its page.
 * In: a form from our own page: who, what, why, and the revision that was shown. Out: the way to the page, which says what
 * came of it; what was refused comes back with what was written. Pages answer this computer only (this-computer.ts), and so do these.
 */
import { type Context, Hono } from "hono";
import { z } from "zod";
import { actOnIncident, statableCauses } from "../../flow/act-on-incident.js";
import { snoozeAsked, whatHindersSnooze } from "../../flow/offer-snooze.js";
import { sayActed } from "../../flow/say-acted.js";
import { moveNumber } from "../../flow/say-done.js";
import { personalEvents } from "../../incident/transitions.js";
import { excerpt } from "../../text/excerpt.js";
import type { AppPorts } from "../app-ports.js";
import { readForm } from "../read-form.js";
import { isFromOurPage, notFromOurPage } from "../same-origin.js";
import { thisComputerOnly } from "../this-computer.js";
import { seeOther } from "./done.js";
import { isQuick } from "./incident-actions.js";
import { incidentPage } from "./incident-page.js";
import { missing } from "./pages.js";

/** A browser counts a line's end as one character and sends it as two. */
const written = z
  .string()
  .transform((text) => text.replaceAll("\r\n", "\n"))
  .pipe(z.string().max(2000));

const form = z.object({
  event: z.enum([...personalEvents, "snooze"]),
  who: z.string(),
  // each form asks only for what its move takes
  why: written.default(""),
  cause: z.enum(["", ...statableCauses]).default(""),
  length: z.string().max(20).default(""),
  rest: z.literal("waive").optional(),
  sample: z.literal("overrule").optional(),
  lesson: written.default(""),
  revision: z.string().regex(/^\d{1,9}$/),
});

/** The route of moves made on a page. */
export function moveRoutes(ports: AppPorts): Hono {
  const app = new Hono();
  app.use("/i/:id/moves", thisComputerOnly);
  app.post("/i/:id/moves", async (context) => {
    if (!isFromOurPage(context, ports.ground().register.publicUrl))
      return context.text(`${notFromOurPage}.\n`, 403);
    const fields = await readForm(context.req.raw);
    const parsed = form.safeParse(fields === null ? null : Object.fromEntries(fields));
    if (!parsed.success) return context.text("This is no form of an incident's page.\n", 400);
    return move(context, ports, parsed.data);
  });
  return app;
}

function move(context: Context, ports: AppPorts, sent: z.infer<typeof form>): Response | Promise<Response> {
  const ground = ports.ground();
  const id = context.req.param("id") ?? "";
  const incident = /^[0-9]{1,15}$/.test(id) ? Number(id) : 0;
  const { event, who, why, cause, lesson } = sent;
  const show = (said: string, status: 400 | 409) => {
    const held = {
      who,
      why,
      cause,
      lesson,
      length: sent.length,
      all: sent.rest === "waive",
      overrules: sent.sample === "overrule",
    };
    const page = incidentPage(ground, incident, {
      sent: { said, form: isQuick(event) ? "now" : event, done: false, ...held },
    });
    if (page === null) return missing(context, ports, `There is no incident ${excerpt(id, 20)}`);
    return context.html(`<!doctype html>${page}`, status);
  };
  const lead = (key: "done" | "was", of: { who: string; events: readonly string[] }) =>
    seeOther(context, `/i/${incident}`, key, moveNumber(ground, incident, of));
  if (!ground.register.people.has(who))
    return show("Nothing was recorded: choose your name, so that others know whom to ask.", 400);
  if (event === "snooze") {
    const hindered = whatHindersSnooze(ground, incident, who);
    if (hindered !== null) return show(hindered, 409);
    const { done, said } = snoozeAsked(ground, { incident, who, length: sent.length, why });
    if (!done) return show(`Nothing was recorded. ${said}`, 400);
    return lead("done", { who, events: [event] });
  }
  const act = {
    incident,
    event,
    who,
    why: why === "" ? null : why,
    cause: cause === "" ? null : cause,
    waiveRest: sent.rest === "waive",
    override: sent.sample === "overrule",
    lesson: lesson.trim() === "" ? null : lesson.trim(),
    revision: Number(sent.revision),
  };
  const acted = actOnIncident(ground, act);
  if (acted.outcome === "done") {
    ports.wake();
    return lead("done", { who, events: [event] });
  }
  if (acted.outcome === "already") {
    const before = { who: acted.by.who, events: [acted.by.event] };
    return lead("was", before);
  }
  const said = sayActed(ground, act, acted);
  const missesSomething = ["reason-needed", "cause-needed", "rework-needed"].includes(acted.outcome);
  return show(said, missesSomething ? 400 : 409);
}
