import { z } from "zod";
import { durationPattern } from "../text/duration.js";

/** A name for machines: lower-case words joined by hyphens. */
export const idText = z
  .string()
  .regex(
    /^[a-z0-9]+(-[a-z0-9]+)*$/,
    'is no id, expected lower-case letters, digits and hyphens, such as "support-triage"',
  )
  .max(80);

/** Text that says something. */
export const words = z.string().trim().min(1);

/** A local date. */
export const dateText = z.iso.date('is no date, expected year-month-day, such as "2026-12-25"');

/** A length of time. */
export const durationText = z
  .string()
  .regex(durationPattern, 'is no duration, expected a number and a unit, such as "90s", "15m", "1h" or "7d"');
