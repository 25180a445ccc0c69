/**
 * `/spot-checks` and `/spot-checks/{number}`: outputs that people are asked to look at. GET shows, POST records what
 * someone of the register says, or makes the output a known answer, and leads to the page that tells it. Pages answer this computer only (this-computer.ts), and so do these.
 */
import { type Context, Hono } from "hono";
import { z } from "zod";
import { KnownError } from "../../domain/errors.js";
import { answers } from "../../domain/judgement.js";
import { promotedAs, promoteOutput } from "../../flow/learning/promote.js";
import { takeJudgement } from "../../flow/take-judgement.js";
import { excerpt } from "../../text/excerpt.js";
import { answerWords } from "../../wording/answers.js";
import type { AppPorts } from "../app-ports.js";
import { readForm } from "../read-form.js";
import { isFromOurPage, notFromOurPage } from "../same-origin.js";
import { thisComputerOnly } from "../this-computer.js";
import { numberIn, seeOther } from "./done.js";
import { missing } from "./pages.js";
import { type SentJudgement, spotCheckPage } from "./spot-check-page.js";
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
    const page = spotCheckPage(ports.ground(), numberOf(context), doneHere(context, ports));
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
  const show = (said: string) => {
    const page = spotCheckPage(ground, id, { said, who, note: "", correction: "" });
    return page === null ? nowhere(context, ports) : context.html(`<!doctype html>${page}`, 400);
  };
  if (!ground.register.people.has(who))
    return show("Nothing was recorded: choose your name, so that others know who decided.");
  try {
    promoteOutput(ground, { spotCheck: id, who, reviewBy: null });
    return context.redirect(`/spot-checks/${id}?done=known`, 303);
  } catch (thrown) {
    if (thrown instanceof KnownError) return show(`Nothing was recorded: ${thrown.message}`);
    throw thrown;
  }
}

function judge(context: Context, ports: AppPorts, sent: z.infer<typeof form>): Response | Promise<Response> {
  const ground = ports.ground();
  const id = numberOf(context);
  const { answer, who, note, correction } = sent;
  const show = (said: string) => {
    const page = spotCheckPage(ground, id, { said, who, note, correction });
    return page === null ? nowhere(context, ports) : context.html(`<!doctype html>${page}`, 400);
  };
  if (!ground.register.people.has(who))
    return show("Nothing was recorded: choose your name, so that others know whose word it is.");
  try {
    takeJudgement(ground, {
      spotCheck: id,
      answer,
      who,
      note: note === "" ? null : note,
      correction: correction === "" ? null : correction,
    });
  } catch (thrown) {
    if (thrown instanceof KnownError) return show(`Nothing was recorded: ${thrown.message}`);
    throw thrown;
  }
  const output = ground.store.spotChecks.get(id)?.output ?? 0;
  const number = ground.store.judgements.of(output).findIndex((each) => each.who === who) + 1;
  return seeOther(context, `/spot-checks/${id}`, "done", number);
}

/** What the address says was done on the page, told from what is on record. */
function doneHere(context: Context, ports: AppPorts): SentJudgement | null {
  const ground = ports.ground();
  const row = ground.store.spotChecks.get(numberOf(context));
  if (row === null) return null;
  const told = (said: string, who: string) => ({ said, who, note: "", correction: "" });
  if (context.req.query("done") === "known") {
    const known = promotedAs(ground, row);
    if (known === null) return null;
    return told(
      `It is the known answer “${known.case}” now, to be reviewed by ${known.reviewBy}.`,
      known.who,
    );
  }
  const word = ground.store.judgements.of(row.output)[(numberIn(context, "done") ?? 0) - 1];
  if (word === undefined) return null;
  return told(
    `Recorded as said by ${word.who}: ${answerWords[word.answer].toLowerCase()}. Thank you.`,
    word.who,
  );
}

function numberOf(context: Context): number {
  const id = context.req.param("id") ?? "";
  return /^[0-9]{1,15}$/.test(id) ? Number(id) : 0;
}

function nowhere(context: Context, ports: AppPorts): Response | Promise<Response> {
  return missing(context, ports, `There is no spot check ${excerpt(context.req.param("id") ?? "", 20)}`);
}
