import { type IncidentKind, incidentKinds } from "../domain/incident.js";
import { dayMs } from "../domain/time.js";
import { startOfDay, wallTime, weekdayOf } from "../measure/local-time.js";
import { channelsFor } from "./channels-for.js";
import type { Ground, Watched } from "./ground.js";
import { callOrder } from "./incident-story.js";

/** Routes and working hours are looked at so often. */
const stepMinutes = 15;
const stepsOfDay = 1_440 / stepMinutes;
const weekDays = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"] as const;

/** Where messages about one automation go in some hours of the week. */
export interface MessagePath {
  readonly kind: IncidentKind | "both";
  /** "Mon-Fri 09:00-17:00"; null: at all other times. */
  readonly hours: string | null;
  readonly channels: readonly string[];
}

/** Where opening messages about an automation go by day and night in the seven days to come; times in its zone. */
export function whereMessagesGo(ground: Ground, watched: Watched, now: number): readonly MessagePath[] {
  const [outputs, blind] = incidentKinds.map((kind) => weekOf(ground, watched, kind, now));
  if (outputs === undefined || blind === undefined) return [];
  if (outputs.join() === blind.join()) return pathsOf("both", outputs);
  return [...pathsOf("outputs", outputs), ...pathsOf("blind", blind)];
}

/** The channels, joined, at each step of a week from Monday 00:00. */
function weekOf(ground: Ground, watched: Watched, kind: IncidentKind, now: number): readonly string[] {
  const { timeZone } = watched.entry;
  const stepMs = stepMinutes * 60_000;
  const beginAt = Math.ceil(now / stepMs) * stepMs;
  const week = new Array<string>(weekDays.length * stepsOfDay).fill("");
  for (let step = 0; step < week.length; step += 1) {
    const at = beginAt + step * stepMs;
    const wall = wallTime(at, timeZone);
    const place = weekdayOf(wall) * stepsOfDay + Math.floor((wall - startOfDay(wall)) / (dayMs / stepsOfDay));
    const called = callOrder(watched, ground, at)[0] ?? watched.entry.owner;
    const channels = channelsFor(ground, watched, { kind, escalated: false, called, at });
    week[place] = channels.map((each) => each.id).join(" ");
  }
  return week;
}

function pathsOf(kind: MessagePath["kind"], week: readonly string[]): readonly MessagePath[] {
  const sizes = new Map<string, number>();
  for (const key of week) sizes.set(key, (sizes.get(key) ?? 0) + 1);
  const byTime = [...sizes].sort(([, left], [, right]) => left - right).map(([key]) => key);
  return byTime.map((key, index) => ({
    kind,
    hours: index === byTime.length - 1 ? null : hoursOf(week.map((each) => each === key)),
    channels: key === "" ? [] : key.split(" "),
  }));
}

/** "Mon-Fri 09:00-17:00, Sat 10:00-12:00": days in a row with the same hours are said once. */
function hoursOf(meant: readonly boolean[]): string {
  const byDay = weekDays.map((_day, day) => spansOf(meant.slice(day * stepsOfDay, (day + 1) * stepsOfDay)));
  const parts: string[] = [];
  for (let day = 0; day < byDay.length; day += 1) {
    const spans = byDay[day] ?? "";
    if (spans === "") continue;
    let last = day;
    while (byDay[last + 1] === spans) last += 1;
    parts.push(`${weekDays[day]}${last === day ? "" : `-${weekDays[last]}`} ${spans}`);
    day = last;
  }
  return parts.join(", ");
}

function spansOf(steps: readonly boolean[]): string {
  const spans: string[] = [];
  for (let step = 0; step < steps.length; step += 1) {
    if (steps[step] !== true) continue;
    let end = step;
    while (steps[end] === true) end += 1;
    spans.push(`${clockOf(step)}-${clockOf(end)}`);
    step = end;
  }
  return spans.join(" and ");
}

function clockOf(step: number): string {
  const minutes = step * stepMinutes;
  return [Math.floor(minutes / 60), minutes % 60].map((part) => String(part).padStart(2, "0")).join(":");
}
