/**
 * `POST /i/{incident}/switch`: someone pauses the automation, or lets it run again, on the page of its incident.
 * In: a form from our own page: which of the two, who, why. Out: once the command or address has answered, within its
 * limit, the way to the page, which says what it answered. Answers this computer only (this-computer.ts).
 */
import { type Context, Hono } from "hono";
import { z } from "zod";
import { KnownError, StoreError } from "../../domain/errors.js";
import { pauseAutomation } from "../../flow/pause-automation.js";
import { moveNumber } from "../../flow/say-done.js";
import { excerpt } from "../../text/excerpt.js";
import { upperFirst, withoutStop } from "../../wording/sentences.js";
import type { AppPorts } from "../app-ports.js";
import { readForm } from "../read-form.js";
import { isFromOurPage, notFromOurPage } from "../same-origin.js";
import { thisComputerOnly } from "../this-computer.js";
import { seeOther } from "./done.js";
import { incidentPage } from "./incident-page.js";
import { missing } from "./pages.js";

const form = z.object({
  wish: z.enum(["pause", "resume"]),
  who: z.string().max(200),
  why: z.string().max(2000).default(""),
});

/** The route by which a page pauses and resumes. */
export function switchRoutes(ports: AppPorts): Hono {
  const app = new Hono();
  app.use("/i/:id/switch", thisComputerOnly);
  app.post("/i/:id/switch", async (context) => {
    if (!isFromOurPage(context, ports.ground().register.publicUrl))
      return context.text(`${notFromOurPage}.\n`, 403);
    const fields = await readForm(context.req.raw);
    const parsed = form.safeParse(fields === null ? null : Object.fromEntries(fields));
    if (!parsed.success) return context.text("This is no form of an incident's page.\n", 400);
    return press(context, ports, parsed.data);
  });
  return app;
}

async function press(context: Context, ports: AppPorts, sent: z.infer<typeof form>): Promise<Response> {
  const id = context.req.param("id") ?? "";
  const incident = /^[0-9]{1,15}$/.test(id) ? Number(id) : 0;
  const { wish, who, why } = sent;
  const show = (said: string, status: 400 | 409) => {
    const shown = { said, form: wish, done: false, who, why };
    const page = incidentPage(ports.ground(), incident, { sent: shown });
    if (page === null) return missing(context, ports, `There is no incident ${excerpt(id, 20)}`);
    return context.html(`<!doctype html>${page}`, status);
  };
  const ground = ports.ground();
  if (!ground.register.people.has(who))
    return show("Nothing was asked: choose your name, so that others know whom to ask.", 400);
  try {
    const order = { incident, wish, who, why: why.trim() === "" ? null : why.trim() };
    await pauseAutomation(ground, order, ports.signal);
    ports.wake();
    const events = wish === "pause" ? ["paused", "pause-failed"] : ["resumed", "resume-failed"];
    return seeOther(context, `/i/${incident}`, "done", moveNumber(ground, incident, { who, events }));
  } catch (thrown) {
    // what makes no sense now, said as the command line says it
    if (!(thrown instanceof KnownError) || thrown instanceof StoreError) throw thrown;
    return show(`Nothing was asked. ${withoutStop(upperFirst(thrown.message))}.`, 409);
  }
}
