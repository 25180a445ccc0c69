import type { Sla } from "../domain/automation.js";

/** Adds working time of the incident's owner; given by the room that knows hours and holidays. */
export type AddWorkingTime = (startAt: number, durationMs: number) => number;

/** By when someone has to have acknowledged, and by when the automation has to work again. */
export function deadlines(
  announcedAt: number,
  sla: Sla,
  addWorkingTime: AddWorkingTime,
): { acknowledgeBy: number; restoreBy: number } {
  const add =
    sla.clock === "working-hours"
      ? addWorkingTime
      : (startAt: number, durationMs: number) => startAt + durationMs;
  return { acknowledgeBy: add(announcedAt, sla.acknowledgeMs), restoreBy: add(announcedAt, sla.restoreMs) };
}
