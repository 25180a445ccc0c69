import { z } from "zod";
import { type DayHours, type Person, slackMemberId } from "../domain/person.js";
import { dateText, words } from "./setting-forms.js";

const weekdays = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"] as const;
const hoursPattern = /^([01]\d|2[0-3]):([0-5]\d)-([01]\d|2[0-4]):([0-5]\d)$/;

const hoursText = z
  .string()
  .regex(hoursPattern, { error: 'are no hours, expected from-to, such as "09:00-17:00"', abort: true })
  .refine((text) => parseHours(text) !== null, {
    error: "end before they begin, expected a later end on the same day (24:00 at most)",
  })
  .optional()
  .describe("From-to, such as 09:00-17:00");

const workingHoursSettings = z
  .strictObject({
    mon: hoursText,
    tue: hoursText,
    wed: hoursText,
    thu: hoursText,
    fri: hoursText,
    sat: hoursText,
    sun: hoursText,
  })
  .refine((week) => weekdays.some((day) => week[day] !== undefined), {
    error: 'has no day at all, expected at least one, such as "mon": "09:00-17:00"',
  });

/** Someone the configuration refers to by name. */
export const personSettings = z.strictObject({
  name: words.describe("Unique; owner, deputy, onCall and fallback refer to it"),
  email: z.email("is no e-mail address, expected name@host").optional().describe("Where mail goes"),
  slackId: z
    .string()
    .regex(slackMemberId, 'is no Slack member id, expected one such as "U012AB3CD"')
    .optional()
    .describe(
      "Slack member id: to mention this person, to know who pressed a button, and to send them the digest where it goes over Slack",
    ),
  timeZone: words.optional().describe("Default: the configuration's"),
  workingHours: workingHoursSettings
    .optional()
    .describe("Hours of each weekday; a day left out is free. Default: mon to fri 09:00-17:00"),
  holidays: z.array(dateText).default([]).describe("Local dates without working hours"),
});

/** A person as the configuration states it. */
export type PersonSettings = z.infer<typeof personSettings>;

/** Several people who are called together and keep the same hours. */
export const teamSettings = z.strictObject({
  name: words.describe("Unique among people and teams; onCall, deputy and sla.hoursOf may refer to it"),
  members: z.array(words).min(1).describe("Names of people, who all get what is for the team"),
  timeZone: words.optional().describe("Default: the configuration's"),
  workingHours: workingHoursSettings.optional().describe("As for people"),
  holidays: z.array(dateText).default([]).describe("Local dates without working hours"),
});

/** A team as one that can be called. */
export function createTeam(settings: z.infer<typeof teamSettings>, timeZone: string): Person {
  return { ...createPerson(settings, timeZone), members: settings.members };
}

/** A person with the defaults filled in. */
export function createPerson(settings: PersonSettings, timeZone: string): Person {
  const week = settings.workingHours ?? officeHours;
  return {
    name: settings.name,
    email: settings.email ?? null,
    slackId: settings.slackId ?? null,
    timeZone: settings.timeZone ?? timeZone,
    workingHours: weekdays.map((day) => parseHours(week[day] ?? "")),
    holidays: settings.holidays,
  };
}

const officeHours: NonNullable<PersonSettings["workingHours"]> = Object.fromEntries(
  weekdays.slice(0, 5).map((day) => [day, "09:00-17:00"]),
);

function parseHours(text: string): DayHours | null {
  const match = hoursPattern.exec(text);
  if (match === null) return null;
  const [fromHour = 0, fromPart = 0, toHour = 0, toPart = 0] = match.slice(1).map(Number);
  const hours = { fromMinute: fromHour * 60 + fromPart, toMinute: toHour * 60 + toPart };
  return hours.toMinute > hours.fromMinute && hours.toMinute <= 1440 ? hours : null;
}
