import type { Sla } from "../domain/automation.js";

/** Adds working time of whoever's hours count; given by the room that knows hours and holidays. */
export type AddWorkingTime = (startAt: number, durationMs: number) => number;

/** By when someone has to have acknowledged, stopped the harm, and made the automation work again. */
export interface Deadlines {
  readonly acknowledgeBy: number;
  readonly containBy: number;
  readonly restoreBy: number;
}

/** The three deadlines of what was announced at an instant. */
export function deadlines(announcedAt: number, sla: Sla, addWorkingTime: AddWorkingTime): Deadlines {
  const add = slaTime(sla, addWorkingTime);
  return {
    acknowledgeBy: add(announcedAt, sla.acknowledgeMs),
    containBy: add(announcedAt, sla.containMs),
    restoreBy: add(announcedAt, sla.restoreMs),
  };
}

/** How time passes for these clocks: always, or in working hours only. */
export function slaTime(sla: Sla, addWorkingTime: AddWorkingTime): AddWorkingTime {
  return sla.clock === "working-hours"
    ? addWorkingTime
    : (startAt: number, durationMs: number) => startAt + durationMs;
}
