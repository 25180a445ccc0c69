import type { RiskTier, Sla } from "../domain/automation.js";
import type { Level } from "../domain/check.js";
import { hourMs } from "../domain/time.js";

/** What an automation gets where its entry says nothing. */
export interface TierDefaults {
  /** Outputs checked per run. */
  readonly sampleSize: number;
  readonly schedule: string;
  /** Level of a drift finding. */
  readonly driftLevel: Level;
  readonly sla: Sla;
  readonly reviewEveryMonths: number;
  /** Outputs a week that people look at. */
  readonly spotChecksPerWeek: number;
}

/** A working day of an SLA is eight working hours. */
const WORKING_DAY_MS = 8 * hourMs;

/** What does not depend on the risk. */
const ordinary = { acknowledgementExpiresMs: 8 * hourMs, clock: "round-the-clock", hoursOf: null } as const;

/** Care that matches the risk (table in the design): customer-facing, money, personal data is high; internal, read-only is low. */
export const tierDefaults: Readonly<Record<RiskTier, TierDefaults>> = {
  high: {
    sampleSize: 50,
    schedule: "every 15m",
    driftLevel: "page",
    sla: {
      acknowledgeMs: hourMs,
      containMs: 2 * hourMs,
      restoreMs: 8 * hourMs,
      remindMs: hourMs / 2,
      ...ordinary,
    },
    reviewEveryMonths: 1,
    spotChecksPerWeek: 5,
  },
  medium: {
    sampleSize: 20,
    schedule: "0 * * * *",
    driftLevel: "page",
    sla: {
      acknowledgeMs: 4 * hourMs,
      containMs: 8 * hourMs,
      restoreMs: 24 * hourMs,
      remindMs: 2 * hourMs,
      ...ordinary,
    },
    reviewEveryMonths: 3,
    spotChecksPerWeek: 3,
  },
  low: {
    sampleSize: 10,
    schedule: "0 6 * * *",
    driftLevel: "digest",
    sla: {
      ...ordinary,
      acknowledgeMs: WORKING_DAY_MS,
      containMs: 2 * WORKING_DAY_MS,
      restoreMs: 5 * WORKING_DAY_MS,
      remindMs: WORKING_DAY_MS,
      clock: "working-hours",
    },
    reviewEveryMonths: 6,
    spotChecksPerWeek: 1,
  },
};
