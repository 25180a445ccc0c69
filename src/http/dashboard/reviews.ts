/**
 * `/reviews`, `/review/{id}` and `/governance`: reviews that are due, what there is to know for one, and the form that
 * records what somebody decides. GET shows, POST records and leads to the page that tells it. Pages answer this computer only (this-computer.ts), and so do
 * these.
 */
import { type Context, Hono } from "hono";
import { z } from "zod";
import { KnownError } from "../../domain/errors.js";
import { reviewDecisions, wholeRegister } from "../../domain/review.js";
import {
  governanceOnRecord,
  type RecordedReview,
  recordGovernance,
  recordReview,
  reviewOnRecord,
} from "../../flow/reviews/record-review.js";
import { excerpt } from "../../text/excerpt.js";
import { sayDay } from "../../wording/times.js";
import type { AppPorts } from "../app-ports.js";
import { readForm } from "../read-form.js";
import { isFromOurPage, notFromOurPage } from "../same-origin.js";
import { thisComputerOnly } from "../this-computer.js";
import { numberIn, seeOther } from "./done.js";
import { governancePage } from "./governance-page.js";
import { missing } from "./pages.js";
import type { SentReview } from "./review-form.js";
import { reviewPage } from "./review-page.js";
import { reviewsPage } from "./reviews-page.js";

/** A browser counts a line's end as one character and sends it as two. */
const why = z
  .string()
  .transform((text) => text.replaceAll("\r\n", "\n").trim())
  .pipe(z.string().max(2000));
const next = z.union([z.literal(""), z.iso.date()]);
const form = z.object({
  decision: z.enum(["", ...reviewDecisions]).default(""),
  who: z.string().max(200),
  why,
  next,
});

type Form = z.infer<typeof form>;

/** The routes of reviews. */
export function reviewRoutes(ports: AppPorts): Hono {
  const app = new Hono();
  for (const path of ["/reviews", "/review/*", "/governance"]) app.use(path, thisComputerOnly);
  app.get("/reviews", (context) => context.html(`<!doctype html>${reviewsPage(ports.ground())}`));
  app.get("/review/:id", (context) => showReview(context, ports, doneOf(context, ports), 200));
  app.get("/governance", (context) =>
    context.html(`<!doctype html>${governancePage(ports.ground(), doneAll(context, ports))}`),
  );
  app.post("/review/:id", async (context) => {
    const sent = await sentForm(context, ports);
    return sent instanceof Response ? sent : decide(context, ports, sent);
  });
  app.post("/governance", async (context) => {
    const sent = await sentForm(context, ports);
    return sent instanceof Response ? sent : govern(context, ports, sent);
  });
  return app;
}

/** The form, or the refusal of one that is none of ours. */
async function sentForm(context: Context, ports: AppPorts): Promise<Form | Response> {
  if (!isFromOurPage(context, ports.ground().register.publicUrl))
    return context.text(`${notFromOurPage}.\n`, 403);
  const fields = await readForm(context.req.raw);
  const parsed = form.safeParse(fields === null ? null : Object.fromEntries(fields));
  return parsed.success ? parsed.data : context.text("This is no form of a review's page.\n", 400);
}

function decide(context: Context, ports: AppPorts, sent: Form): Response | Promise<Response> {
  const ground = ports.ground();
  const automation = context.req.param("id") ?? "";
  const { decision, who, why: reason } = sent;
  if (!ground.register.automations.some(({ entry }) => entry.id === automation))
    return nowhere(context, ports);
  const refuse = (said: string) => showReview(context, ports, { ...sent, said, edit: [] }, 400);
  const lack = lackOf(ports, sent);
  if (lack !== null) return refuse(lack);
  if (decision === "") return refuse("Nothing was recorded: choose what you decide.");
  const nextOn = sent.next === "" ? null : sent.next;
  return recorded(
    () => recordReview(ground, { automation, decision, who, why: reason, next: nextOn }),
    refuse,
    ({ repeated }) => lead(context, ports, automation, repeated),
  );
}

function govern(context: Context, ports: AppPorts, sent: Form): Response | Promise<Response> {
  const ground = ports.ground();
  const refuse = (said: string) =>
    context.html(`<!doctype html>${governancePage(ground, { ...sent, said, edit: [] })}`, 400);
  const lack = lackOf(ports, sent);
  if (lack !== null) return refuse(lack);
  const nextOn = sent.next === "" ? null : sent.next;
  return recorded(
    () => recordGovernance(ground, { who: sent.who, why: sent.why, next: nextOn }),
    refuse,
    ({ repeated }) => lead(context, ports, wholeRegister, repeated),
  );
}

/** What is missing of a form, said to whoever filled it in; null: nothing. */
function lackOf(ports: AppPorts, { who, why: reason }: Form): string | null {
  if (!ports.ground().register.people.has(who))
    return "Nothing was recorded: choose your name, so that others know who decided.";
  return reason === "" ? "Nothing was recorded: say why, so that whoever reviews it next knows." : null;
}

function recorded(
  record: () => RecordedReview,
  refuse: (said: string) => Response | Promise<Response>,
  lead: (done: RecordedReview) => Response,
): Response | Promise<Response> {
  try {
    return lead(record());
  } catch (thrown) {
    if (thrown instanceof KnownError) return refuse(`Nothing was recorded: ${thrown.message}.`);
    throw thrown;
  }
}

/** To the page that tells it; `was`: the same had been recorded before. */
function lead(context: Context, ports: AppPorts, automation: string, repeated: boolean): Response {
  const path = automation === wholeRegister ? "/governance" : `/review/${automation}`;
  const { newest } = ports.ground().store.reviews;
  return seeOther(context, path, repeated ? "was" : "done", newest(automation)?.id ?? 0);
}

/** What the address says was recorded of one automation, told from what is on record. */
function doneOf(context: Context, ports: AppPorts): SentReview | null {
  const ground = ports.ground();
  const id = context.req.param("id") ?? "";
  const watched = ground.register.automations.find(({ entry }) => entry.id === id);
  return watched === undefined ? null : told(context, ports, id, reviewOnRecord(ground, watched));
}

function doneAll(context: Context, ports: AppPorts): SentReview | null {
  return told(context, ports, wholeRegister, governanceOnRecord(ports.ground()));
}

/** Only of the newest: what was decided before is among the earlier reviews. */
function told(
  context: Context,
  ports: AppPorts,
  automation: string,
  stands: Pick<RecordedReview, "nextOn" | "edit">,
): SentReview | null {
  const done = numberIn(context, "done");
  const newest = ports.ground().store.reviews.newest(automation);
  if (newest === null || newest.id !== (done ?? numberIn(context, "was"))) return null;
  const { who } = newest;
  const first =
    done === null ? `${who} had recorded the same today: it counts once.` : `Recorded as decided by ${who}.`;
  const { nextOn, edit } = stands;
  return {
    said: `${first} Next review: ${sayDay(nextOn)}.`,
    edit,
    decision: "",
    who,
    why: "",
    next: "",
  };
}

function showReview(
  context: Context,
  ports: AppPorts,
  sent: SentReview | null,
  status: 200 | 400,
): Response | Promise<Response> {
  const page = reviewPage(ports.ground(), context.req.param("id") ?? "", sent);
  return page === null ? nowhere(context, ports) : context.html(`<!doctype html>${page}`, status);
}

function nowhere(context: Context, ports: AppPorts): Response | Promise<Response> {
  return missing(context, ports, `There is no automation ${excerpt(context.req.param("id") ?? "", 60)}`);
}
