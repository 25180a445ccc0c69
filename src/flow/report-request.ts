/**
 * What someone says who saw something odd, before anything is stored. In: the fields of a command, a request, a form.
 * Out: the report as it is kept: its instant read, its words redacted. Throws KnownError that says which field is wrong.
 */
import { DateTime } from "luxon";
import { z } from "zod";
import { KnownError } from "../domain/errors.js";
import type { Report } from "../domain/report.js";
import { dayMs } from "../domain/time.js";
import { excerpt } from "../text/excerpt.js";
import { redactText, storedId } from "../text/redact.js";
import type { Ground, Watched } from "./ground.js";

/** Longest text of a report. */
export const reportMax = 2_000;
/** Longest name, id of an output, key of a repeat. */
const nameMax = 200;
const linkMax = 2_000;
/** What was seen longer ago is nothing anyone can look into. */
const oldestMs = 400 * dayMs;
/** Clocks of people and machines differ a little. */
const aheadMs = 5 * 60_000;

/** What someone says. */
export const reportRequest = z.strictObject({
  automation: z.string().min(1).max(nameMax),
  /** What was seen. */
  what: z.string().max(reportMax),
  /** Who saw it: a person of the configuration, a name, an address. */
  by: z.string().max(nameMax),
  /** The id of the output it is about. */
  output: z.string().max(nameMax).nullish(),
  link: z.string().max(linkMax).nullish(),
  /** An instant with its zone, a local date and time, or a time of day; default: now. */
  seenAt: z.string().max(100).nullish(),
  /** It may still be going out: opens an incident. */
  urgent: z.boolean().default(false),
});

/** A report as someone makes it. */
export type ReportRequest = z.infer<typeof reportRequest>;

/** The report that is kept; throws KnownError with the field and what to write. */
export function readRequest(
  { register, clock }: Pick<Ground, "register" | "clock">,
  { entry, storeMode }: Watched,
  request: ReportRequest,
): Pick<Report, "what" | "who" | "output" | "link" | "urgent" | "seenAt"> {
  const now = clock.now();
  refuseTooLong(request);
  const what = request.what.trim();
  if (what === "") throw faulty("what", "is empty; say in a sentence what was odd");
  const by = excerpt(request.by, nameMax);
  if (by === "") throw faulty("by", "is empty; say who saw it, so that someone can ask");
  const output = emptyAsNull(request.output);
  return {
    // people quote outputs; of a name there has to be enough to ask the person
    what: storeMode === "full" ? what : redactText(what),
    who: personNamed(register, by),
    output: output === null ? null : storedId(output, storeMode),
    link: linkOf(emptyAsNull(request.link), storeMode === "full"),
    urgent: request.urgent,
    seenAt: seenAtOf(emptyAsNull(request.seenAt), entry.timeZone, now),
  };
}

/** Programs and pages hand over what they were given. */
function refuseTooLong(request: ReportRequest): void {
  const longest = { what: reportMax, by: nameMax, output: nameMax, link: linkMax };
  for (const field of ["what", "by", "output", "link"] as const) {
    const { length } = request[field] ?? "";
    if (length > longest[field])
      throw faulty(field, `has ${length} characters, at most ${longest[field]} are taken`);
  }
}

function emptyAsNull(text: string | null | undefined): string | null {
  const trimmed = (text ?? "").trim();
  return trimmed === "" ? null : trimmed;
}

/** The name that the configuration knows someone by; whoever it does not know keeps the name given. */
function personNamed({ people }: Ground["register"], by: string): string {
  const same = (text: string | null | undefined) => text?.toLowerCase() === by.toLowerCase();
  const known = [...people.values()].find(({ name, email }) => same(name) || same(email));
  return known?.name ?? by;
}

function linkOf(link: string | null, whole: boolean): string | null {
  if (link === null) return null;
  if (!URL.canParse(link) || !/^https?:$/.test(new URL(link).protocol))
    throw faulty("link", `${excerpt(link)}: is no address; write one that begins with https://`);
  return whole ? link : redactText(link);
}

function seenAtOf(text: string | null, timeZone: string, now: number): number {
  if (text === null) return now;
  const seenAt = parseSeen(text, timeZone, now);
  if (seenAt === null)
    throw faulty(
      "seenAt",
      `"${excerpt(text)}": is no time; write "2026-11-17 15:00", "15:00" or an instant with its zone`,
    );
  if (seenAt > now + aheadMs) throw faulty("seenAt", `"${excerpt(text)}": lies in the future`);
  if (seenAt < now - oldestMs) throw faulty("seenAt", `"${excerpt(text)}": is more than 400 days ago`);
  return Math.min(seenAt, now);
}

/** A time of day is the last one there was; null: it is no time. */
function parseSeen(text: string, timeZone: string, now: number): number | null {
  const clockTime = /^(\d{1,2}):(\d{2})$/.exec(text);
  if (clockTime === null) {
    const parsed = DateTime.fromISO(text.replace(/^(\d{4}-\d{2}-\d{2}) +/, "$1T"), { zone: timeZone });
    return parsed.isValid ? parsed.toMillis() : null;
  }
  const [hour, minute] = [Number(clockTime[1]), Number(clockTime[2])];
  if (hour > 23 || minute > 59) return null;
  const today = DateTime.fromMillis(now, { zone: timeZone }).set({ hour, minute, second: 0, millisecond: 0 });
  return (today.toMillis() > now + aheadMs ? today.minus({ days: 1 }) : today).toMillis();
}

function faulty(field: string, message: string): KnownError {
  return new KnownError("report-refused", `${field}: ${message}`);
}
