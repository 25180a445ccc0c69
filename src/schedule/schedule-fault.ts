import { Cron } from "croner";
import { validateDetailed } from "node-cron";
import { messageOf } from "../domain/errors.js";
import { remembering } from "../domain/remembering.js";
import { LONGEST_GAP_MS } from "./guard-slot.js";
import { LONGEST_INTERVAL_MS, parseInterval, SHORTEST_INTERVAL_MS } from "./interval.js";

/** What is wrong with a schedule, and one that would do. */
export interface ScheduleFault {
  readonly reason: string;
  readonly example: { readonly meaning: string; readonly expression: string };
}

interface Field {
  readonly word: string;
  readonly low: number;
  readonly high: number;
  readonly example: ScheduleFault["example"];
}

const everyQuarterHour = { meaning: "every 15 minutes", expression: "every 15m" };
const everyHour = { meaning: "every hour", expression: "0 * * * *" };
const firstOfMonth = { meaning: "the first of every month at 9", expression: "0 9 1 * *" };

const fields: Readonly<Record<string, Field>> = {
  minute: { word: "minute", low: 0, high: 59, example: everyHour },
  hour: { word: "hour", low: 0, high: 23, example: { meaning: "every day at 9", expression: "0 9 * * *" } },
  dayOfMonth: { word: "day of the month", low: 1, high: 31, example: firstOfMonth },
  month: {
    word: "month",
    low: 1,
    high: 12,
    example: { meaning: "the first of every quarter at 9", expression: "0 9 1 1,4,7,10 *" },
  },
  dayOfWeek: {
    word: "weekday",
    low: 0,
    high: 7,
    example: { meaning: "Monday to Friday at 9", expression: "0 9 * * 1-5" },
  },
};

const monthNames = "January February March April May June July August September October November December";

/** The first thing wrong with a cron expression or `every 15m`; null when it is fine. */
export function scheduleFault(expression: string): ScheduleFault | null {
  return examined(expression.trim()).fault;
}

const examined = remembering((text) => ({
  fault: /^every\b/i.test(text)
    ? intervalFault(text)
    : (formFault(text) ?? cronFault(text) ?? gapFault(text)),
}));

function intervalFault(text: string): ScheduleFault | null {
  const intervalMs = parseInterval(text);
  if (intervalMs === null)
    return { reason: 'is "every" without a duration such as 15m, 1h or 1d', example: everyQuarterHour };
  if (intervalMs < SHORTEST_INTERVAL_MS)
    return { reason: "is shorter than a minute, the shortest that is kept", example: everyQuarterHour };
  if (intervalMs > LONGEST_INTERVAL_MS)
    return { reason: "is longer than 31 days, the longest that is kept", example: firstOfMonth };
  return null;
}

/** What both libraries would take, each in its own way, or what has no business here. */
function formFault(text: string): ScheduleFault | null {
  const parts = text.split(/\s+/);
  if (text.startsWith("@")) return null;
  if (text === "" || parts.length !== 5) {
    const found = text === "" ? "is empty" : `has ${parts.length} ${parts.length === 1 ? "field" : "fields"}`;
    return { reason: `${found}, expected 5: minute hour day month weekday`, example: everyHour };
  }
  if (text.includes("?")) return { reason: 'has a "?", expected "*" for "any"', example: everyHour };
  if (parts[2] !== "*" && parts[4] !== "*")
    return {
      reason: "limits both the day of the month and the weekday, which programs read in two ways; limit one",
      example: { meaning: "the first Monday of every month at 9", expression: "0 9 * * 1#1" },
    };
  return null;
}

function cronFault(text: string): ScheduleFault | null {
  const [error] = validateDetailed(text).errors;
  if (error === undefined) return rejectedByCroner(text);
  const field = fields[error.field];
  if (field === undefined)
    return { reason: `is not a cron expression (${error.message})`, example: everyHour };
  const value = error.value ?? "";
  const reason = error.message.includes("impossible")
    ? impossibleDate(value, text.split(/\s+/)[3] ?? "")
    : outOfRange(field, value);
  return { reason, example: field.example };
}

function outOfRange(field: Field, value: string): string {
  for (const item of value.split(",")) {
    if (!/^-?\d+$/.test(item)) continue;
    if (Number(item) > field.high) return `${field.word} ${item} is above ${field.high}`;
    if (Number(item) < field.low) return `${field.word} ${item} is below ${field.low}`;
  }
  return `${field.word} "${value}" is not a number from ${field.low} to ${field.high}, a list (1,2), a range (1-5) or a step (*/5)`;
}

function impossibleDate(day: string, month: string): string {
  const name = monthNames.split(" ")[Number(month) - 1];
  return name === undefined ? `day ${day} does not exist in month ${month}` : `${day} ${name} does not exist`;
}

/** node-cron takes a few forms that croner, which computes the slots, does not (`5-1`, steps above the field's size). */
function rejectedByCroner(text: string): ScheduleFault | null {
  try {
    new Cron(text, { timezone: "UTC", paused: true });
    return null;
  } catch (thrown) {
    const reason = messageOf(thrown)
      .replace(/^CronPattern: /, "")
      .replace(/^Syntax error, /, "");
    return { reason: reason.charAt(0).toLowerCase() + reason.slice(1), example: everyHour };
  }
}

/** A rare date such as 29 February leaves a gap nobody would notice: tried over a fixed span of years. */
function gapFault(text: string): ScheduleFault | null {
  const cron = new Cron(text, { timezone: "UTC", paused: true });
  let at = Date.UTC(2025, 2, 1);
  for (let slots = 0; slots < 9; slots += 1) {
    const next = cron.nextRun(new Date(at))?.getTime();
    if (next === undefined || next - at >= LONGEST_GAP_MS)
      return { reason: "comes less than once a year", example: firstOfMonth };
    at = next;
  }
  return null;
}
