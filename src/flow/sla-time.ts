import { addWorkingTime } from "../automation/working-time.js";
import type { Person } from "../domain/person.js";
import { type AddWorkingTime, type Deadlines, deadlines, slaTime } from "../incident/deadlines.js";
import type { Ground, Watched } from "./ground.js";

/** The deadlines of an incident of this automation that people are told of now. */
export function deadlinesFrom(ground: Ground, watched: Watched, now: number): Deadlines {
  return deadlines(now, watched.entry.sla, hoursOf(ground, watched));
}

/** How time passes for the clocks of this automation. */
export function slaTimeOf(ground: Ground, watched: Watched): AddWorkingTime {
  return slaTime(watched.entry.sla, hoursOf(ground, watched));
}

/** Whose working hours the clocks of this automation keep to. */
export function calendarOf({ register }: Ground, { entry }: Watched): Person {
  const named = register.people.get(entry.sla.hoursOf ?? entry.owner);
  return named ?? register.people.get(entry.owner) ?? register.aiOwner;
}

function hoursOf(ground: Ground, watched: Watched): AddWorkingTime {
  const whose = calendarOf(ground, watched);
  return (startAt, durationMs) => addWorkingTime(startAt, durationMs, whose);
}
