/**
 * `/spot-checks` and `/spot-checks/{number}`: outputs that people are asked to look at. GET shows, POST records what
 * someone of the register says, or makes the output a known answer. Pages answer this computer only (this-computer.ts), and so do these.
 */
import { type Context, Hono } from "hono";
import { z } from "zod";
import { KnownError } from "../../domain/errors.js";
import { answers } from "../../domain/judgement.js";
import { promoteOutput } from "../../flow/learning/promote.js";
import { takeJudgement } from "../../flow/take-judgement.js";
import { excerpt } from "../../text/excerpt.js";
import { answerWords } from "../../wording/answers.js";
import type { AppPorts } from "../app-ports.js";
import { readForm } from "../read-form.js";
import { isFromOurPage, notFromOurPage } from "../same-origin.js";
import { thisComputerOnly } from "../this-computer.js";
import { missing } from "./pages.js";
import { spotCheckPage } from "./spot-check-page.js";
import { spotChecksPage } from "./spot-checks-page.js";

const form = z.object({
  answer: z.enum(answers),
  who: z.string(),
  note: z.string().trim().max(2_000),
  correction: z.string().trim().max(20_000),
});

/** The routes of judging. */
export function judgeRoutes(ports: AppPorts): Hono {
  const app = new Hono();
  app.use("/spot-checks/*", thisComputerOnly);
  app.get("/spot-checks", (context) => context.html(`<!doctype html>${spotChecksPage(ports.ground())}`));
  app.get("/spot-checks/:id", (context) => {
    const page = spotCheckPage(ports.ground(), numberOf(context), null);
    return page === null ? nowhere(context, ports) : context.html(`<!doctype html>${page}`);
  });
  app.post("/spot-checks/:id", async (context) => {
    if (!isFromOurPage(context, ports.ground().register.publicUrl))
      return context.text(`${notFromOurPage}.\n`, 403);
    const fields = await readForm(context.req.raw);
    const parsed = form.safeParse(fields === null ? null : Object.fromEntries(fields));
    if (!parsed.success) return context.text("This is no form of a spot check's page.\n", 400);
    return judge(context, ports, parsed.data);
  });
  app.post("/spot-checks/:id/promote", async (context) => {
    if (!isFromOurPage(context, ports.ground().register.publicUrl))
      return context.text(`${notFromOurPage}.\n`, 403);
    const who = (await readForm(context.req.raw))?.get("who") ?? "";
    return promote(context, ports, who);
  });
  return app;
}

function promote(context: Context, ports: AppPorts, who: string): Response | Promise<Response> {
  const ground = ports.ground();
  const id = numberOf(context);
  const show = (said: string, status: 200 | 400) => {
    const page = spotCheckPage(ground, id, { said, who, note: "", correction: "" });
    return page === null ? nowhere(context, ports) : context.html(`<!doctype html>${page}`, status);
  };
  if (!ground.register.people.has(who))
    return show("Nothing was recorded: choose your name, so that others know who decided.", 400);
  try {
    const { case: caseId, reviewBy } = promoteOutput(ground, { spotCheck: id, who, reviewBy: null });
    return show(`It is the known answer “${caseId}” now, to be reviewed by ${reviewBy}.`, 200);
  } catch (thrown) {
    if (thrown instanceof KnownError) return show(`Nothing was recorded: ${thrown.message}`, 400);
    throw thrown;
  }
}

function judge(context: Context, ports: AppPorts, sent: z.infer<typeof form>): Response | Promise<Response> {
  const ground = ports.ground();
  const id = numberOf(context);
  const { answer, who, note, correction } = sent;
  const show = (said: string, status: 200 | 400) => {
    const page = spotCheckPage(
      ground,
      id,
      status === 200 ? { said, who, note: "", correction: "" } : { said, who, note, correction },
    );
    return page === null ? nowhere(context, ports) : context.html(`<!doctype html>${page}`, status);
  };
  if (!ground.register.people.has(who))
    return show("Nothing was recorded: choose your name, so that others know whose word it is.", 400);
  try {
    takeJudgement(ground, {
      spotCheck: id,
      answer,
      who,
      note: note === "" ? null : note,
      correction: correction === "" ? null : correction,
    });
  } catch (thrown) {
    if (thrown instanceof KnownError) return show(`Nothing was recorded: ${thrown.message}`, 400);
    throw thrown;
  }
  return show(`Recorded as said by ${who}: ${answerWords[answer].toLowerCase()}. Thank you.`, 200);
}

function numberOf(context: Context): number {
  const id = context.req.param("id") ?? "";
  return /^[0-9]{1,15}$/.test(id) ? Number(id) : 0;
}

function nowhere(context: Context, ports: AppPorts): Response | Promise<Response> {
  return missing(context, ports, `There is no spot check ${excerpt(context.req.param("id") ?? "", 20)}`);
}
