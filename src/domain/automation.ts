import type { Level } from "./check.js";

/** How much care an automation can need, the most first. */
export const riskTiers = ["high", "medium", "low"] as const;

/** How much care an automation needs. */
export type RiskTier = (typeof riskTiers)[number];

/** What people do by hand while the automation cannot be trusted. */
export interface Fallback {
  /** Name of the person who does it; null: the owner says. */
  readonly by: string | null;
  readonly steps: readonly string[];
  readonly minutesPerItem: number | null;
  /** Where the inputs lie. */
  readonly inputsAt: string | null;
  /** How to stop the automation. */
  readonly pause: string | null;
}

/** How long people have. */
export interface Sla {
  readonly acknowledgeMs: number;
  /** Until it is done by hand, paused or over. */
  readonly containMs: number;
  readonly restoreMs: number;
  /** An acknowledgement counts for so long. */
  readonly acknowledgementExpiresMs: number;
  /** Until the first reminder; each further one waits twice as long. */
  readonly remindMs: number;
  /** Whether the clocks run always or only in working hours. */
  readonly clock: "round-the-clock" | "working-hours";
  /** Whose working hours: a person or team; null: the owner's. */
  readonly hoursOf: string | null;
}

/** Who is called: always the same person, or a weekly turn. */
export type OnCall =
  | { readonly kind: "person"; readonly name: string }
  | {
      readonly kind: "weekly";
      readonly names: readonly string[];
      readonly startsOn: string;
      readonly swaps: readonly Swap[];
    };

/** On these local days, both included, another takes the turns of `who`. */
export interface Swap {
  readonly from: string;
  readonly to: string;
  readonly who: string;
  readonly instead: string;
}

/** What the outputs of a calendar month may cost. */
export interface Budget {
  readonly perMonth: number;
  /** Three capital letters. */
  readonly currency: string;
  /** Units of the currency for one US dollar, in which outputs state their cost. */
  readonly perUsd: number;
}

/** An entry of the register, with the defaults of its risk tier filled in. */
export interface Automation {
  /** kebab-case; unique in the register. */
  readonly id: string;
  readonly title: string;
  readonly does: string;
  readonly processes: readonly string[];
  readonly owner: string;
  readonly deputy: string | null;
  readonly onCall: OnCall;
  readonly vendor: string | null;
  readonly tool: string | null;
  readonly model: string | null;
  readonly risk: RiskTier;
  readonly dataClasses: readonly string[];
  /** Words of the business's own, by which messages can be routed. */
  readonly tags: readonly string[];
  readonly approval: { readonly status: string; readonly by: string | null; readonly on: string | null };
  readonly cost: { readonly perMonth: number; readonly currency: string } | null;
  /** The most that its outputs may cost in a calendar month; null: nobody said. */
  readonly budget: Budget | null;
  readonly seats: number | null;
  readonly expectedReturn: string | null;
  readonly dependsOn: readonly string[];
  readonly fallback: Fallback | null;
  readonly sla: Sla;
  /** False: every one of its times is the default of the risk. */
  readonly slaStated: boolean;
  readonly review: { readonly everyMonths: number; readonly last: string | null };
  /** Outputs a week that people look at, and what they decide of each; null: whether it is right. */
  readonly spotCheck: { readonly perWeek: number; readonly question: string | null };
  readonly timeZone: string;
  /** Cron expression or `every 15m`; null: looked at only when asked. */
  readonly schedule: string | null;
  /** Level of a drift finding that states none. */
  readonly driftLevel: Level;
}
