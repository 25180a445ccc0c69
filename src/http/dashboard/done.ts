/**
 * What was done is told by the page that the form leads to (303), so that loading it again repeats nothing. The address
 * carries numbers alone; what is said comes out of the store.
 */
import type { Context } from "hono";
import type { Ground } from "../../flow/ground.js";
import { whyAsked } from "../../flow/pause-automation.js";
import { sayAlready } from "../../flow/say-acted.js";
import { sayDone } from "../../flow/say-done.js";
import type { SentForm } from "./incident-forms.js";

/** `done`: the number of what was just recorded; `was`: of what had been recorded before, so that nothing was. */
type DoneKey = "done" | "was";

/** Where the form was: the address of a signed link is written into no header. */
export const here = "";

/** Leads to the page that tells it. */
export function seeOther(context: Context, path: string, key: DoneKey, number: number): Response {
  return context.redirect(number > 0 ? `${path}?${key}=${number}` : path, 303);
}

/** The number behind a key of the address; null: there is none. */
export function numberIn(context: Context, key: DoneKey): number | null {
  const text = context.req.query(key) ?? "";
  return /^[1-9][0-9]{0,14}$/.test(text) ? Number(text) : null;
}

/** What the address of an incident's page says was done there. */
export function doneOnIncident(context: Context, ground: Ground, incident: number): SentForm | null {
  const row = ground.store.incidents.get(incident);
  const number = numberIn(context, "done");
  const before = numberIn(context, "was");
  const move = ground.store.incidents.move(number ?? before ?? 0);
  if (row === null || move === null || move.incident !== incident) return null;
  const said = number === null ? sayAlready(ground, row, move) : sayDone(ground, row, move);
  if (said === null) return null;
  const { who, event } = move;
  if (event !== "pause-failed" && event !== "resume-failed")
    return { said, form: "now", done: true, who, why: "" };
  // it is to be tried again, so what was written stands in its form
  const wish = event === "pause-failed" ? "pause" : "resume";
  const why = whyAsked(ground, row, { wish, who, before: number ?? 0 });
  return { said, form: wish, done: false, who, why };
}
