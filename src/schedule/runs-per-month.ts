import { dayMs, monthMs } from "../domain/time.js";
import type { Schedule } from "./schedule.js";

const WEEK_MS = 7 * dayMs;
const ENOUGH_SLOTS = 500;
const LONGEST_SPAN_MS = 366 * dayMs;

/**
 * Slots in an average month (365.25 / 12 days), counted from an instant over whole weeks: enough of
 * them for 500 slots, at most a year. The alarm level follows from it.
 */
export function runsPerMonth(schedule: Schedule, from: number): number {
  let slots = 0;
  let weekEndAt = from + WEEK_MS;
  let slotAt = schedule.slotAfter(from);
  while (slots < ENOUGH_SLOTS && weekEndAt - from < LONGEST_SPAN_MS) {
    for (; slotAt <= weekEndAt; slotAt = schedule.slotAfter(slotAt)) slots += 1;
    weekEndAt += WEEK_MS;
  }
  return (slots * monthMs) / (weekEndAt - WEEK_MS - from);
}
