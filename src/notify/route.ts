/**
 * Which channels a message about an incident goes to. In: the routes of the configuration and what the message is about;
 * out: channel ids. Pure: the instant comes as a minute of the week. Never sends, and knows no channel.
 */
import { z } from "zod";
import { type Automation, type RiskTier, riskTiers } from "../domain/automation.js";
import { type IncidentKind, incidentKinds } from "../domain/incident.js";

/** Minutes of a day. */
const dayMinutes = 1_440;

const days: readonly string[] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];

const hoursForm = /^(?:([a-z,-]+) )?([01]\d|2[0-3]):([0-5]\d)-([01]\d|2[0-4]):([0-5]\d)$/;

/** Hours of some weekdays; where they end before they begin, they end on the next day. */
interface WeekHours {
  /** Monday first. */
  readonly days: readonly boolean[];
  readonly fromMinute: number;
  readonly toMinute: number;
}

const hoursText = z.string().refine((text) => isByPerson(text) || parseWeekHours(text) !== null, {
  error: 'are no hours, expected "working", "outside" or such as "mon-fri 08:00-18:00" or "22:00-06:00"',
});

const condition = z.strictObject({
  risk: z.array(z.enum(riskTiers)).min(1).optional().describe("Risks of the automation"),
  kind: z.enum(incidentKinds).optional().describe("outputs: they got worse; blind: they cannot be looked at"),
  automations: z.array(z.string().min(1)).min(1).optional().describe("Ids of automations"),
  processes: z.array(z.string().min(1)).min(1).optional().describe("Processes, of which it touches one"),
  dataClasses: z.array(z.string().min(1)).min(1).optional().describe("Kinds of data, of which it sees one"),
  tags: z.array(z.string().min(1)).min(1).optional().describe("Tags, of which the automation bears one"),
  escalated: z
    .boolean()
    .optional()
    .describe("true: only once somebody did not acknowledge in time; false: only before that"),
  hours: hoursText
    .optional()
    .describe(
      'When: "working" or "outside", meaning the hours of the person called, or hours such as "mon-fri 08:00-18:00" in the automation\'s time zone',
    ),
});

/** A route as the configuration states it. */
export const routeSettings = z.strictObject({
  when: condition.default({}).describe("What has to hold, all of it. Left out: always"),
  to: z.array(z.string().min(1)).min(1).describe("Ids of the channels that get the message"),
  also: z
    .boolean()
    .default(false)
    .describe("true: these get it as well, and the next routes are still looked at"),
});

/** A route of the configuration. */
export type Route = z.infer<typeof routeSettings>;

/** What a message is about, and when. */
export interface RouteSubject {
  readonly automation: Pick<Automation, "id" | "risk" | "processes" | "dataClasses" | "tags">;
  readonly kind: IncidentKind;
  /** Somebody did not acknowledge in time. */
  readonly escalated: boolean;
  /** Whether the person called works at this time. */
  readonly working: boolean;
  /** In the automation's time zone, from Monday 00:00. */
  readonly minuteOfWeek: number;
}

/** Where a message goes, and by which routes. */
export interface Routed {
  /** Channels that a route names. */
  readonly to: readonly string[];
  /** No route decided: the channels that get everything get it too. */
  readonly everywhere: boolean;
  /** Positions of the routes that took part. */
  readonly by: readonly number[];
}

/** The first route that matches decides; those with `also` add to whatever is decided. */
export function routeMessage(routes: readonly Route[], subject: RouteSubject): Routed {
  const by: number[] = [];
  const to = new Set<string>();
  for (const [index, route] of routes.entries()) {
    if (!matches(route, subject)) continue;
    by.push(index);
    for (const id of route.to) to.add(id);
    if (!route.also) return { to: [...to], everywhere: false, by };
  }
  return { to: [...to], everywhere: true, by };
}

/** True where a route is about an automation at all, whatever the time and the kind. */
export function concerns({ when }: Route, automation: RouteSubject["automation"]): boolean {
  return (
    holds(when.risk, [automation.risk]) &&
    holds(when.automations, [automation.id]) &&
    holds(when.processes, automation.processes) &&
    holds(when.dataClasses, automation.dataClasses) &&
    holds(when.tags, automation.tags)
  );
}

/** Minutes of the week at which what routes say of time may change. */
export function turningMinutes(routes: readonly Route[]): readonly number[] {
  const spans = routes.flatMap(({ when }) => parseWeekHours(when.hours ?? "") ?? []);
  const minutes = spans.flatMap(({ fromMinute, toMinute }) =>
    days.flatMap((_day, day) => [day * dayMinutes + fromMinute, day * dayMinutes + toMinute]),
  );
  return [...new Set([0, ...minutes.map((minute) => minute % (days.length * dayMinutes))])];
}

function matches(route: Route, subject: RouteSubject): boolean {
  const { when } = route;
  return (
    concerns(route, subject.automation) &&
    (when.kind === undefined || when.kind === subject.kind) &&
    (when.escalated === undefined || when.escalated === subject.escalated) &&
    inHours(when.hours, subject)
  );
}

function holds<Name extends string>(
  wanted: readonly Name[] | undefined,
  found: readonly (Name | RiskTier)[],
): boolean {
  return wanted === undefined || wanted.some((each) => found.includes(each));
}

function inHours(hours: string | undefined, { working, minuteOfWeek }: RouteSubject): boolean {
  if (hours === undefined) return true;
  if (isByPerson(hours)) return working === (hours === "working");
  const week = parseWeekHours(hours);
  if (week === null) return false;
  const day = Math.floor(minuteOfWeek / dayMinutes);
  const minute = minuteOfWeek % dayMinutes;
  const { fromMinute, toMinute } = week;
  if (fromMinute < toMinute) return week.days[day] === true && minute >= fromMinute && minute < toMinute;
  const dayBefore = (day + days.length - 1) % days.length;
  return (
    (week.days[day] === true && minute >= fromMinute) || (week.days[dayBefore] === true && minute < toMinute)
  );
}

/** Hours that each person has of their own. */
function isByPerson(hours: string): boolean {
  return hours === "working" || hours === "outside";
}

function parseWeekHours(text: string): WeekHours | null {
  const match = hoursForm.exec(text);
  if (match === null) return null;
  const [, named] = match;
  const [fromHour = 0, fromPart = 0, toHour = 0, toPart = 0] = match.slice(2).map(Number);
  const fromMinute = fromHour * 60 + fromPart;
  const toMinute = toHour * 60 + toPart;
  const which = named === undefined ? days.map(() => true) : parseDays(named);
  if (which === null || fromMinute === toMinute || toMinute > dayMinutes) return null;
  return { days: which, fromMinute, toMinute };
}

/** "mon-fri", "sat,sun", "fri-mon": true for each day meant; null where it names none. */
function parseDays(text: string): readonly boolean[] | null {
  const meant = days.map(() => false);
  for (const part of text.split(",")) {
    const [first = "", last = first, ...more] = part.split("-");
    const from = days.indexOf(first);
    const to = days.indexOf(last);
    if (from < 0 || to < 0 || more.length > 0) return null;
    for (let day = from; ; day = (day + 1) % days.length) {
      meant[day] = true;
      if (day === to) break;
    }
  }
  return meant;
}
