/** What a review of an automation or tool can come to. */
export const reviewDecisions = ["keep", "expand", "reduce", "replace", "retire"] as const;

/** What was decided of an automation or tool. */
export type ReviewDecision = (typeof reviewDecisions)[number];

/** Stands for the whole register where a review names an automation: no automation can be called so. */
export const wholeRegister = "*";

/** A review that somebody recorded. */
export interface Review {
  /** Id of the automation or tool, or `wholeRegister`. */
  readonly automation: string;
  /** null: of the whole register, of which nothing is decided. */
  readonly decision: ReviewDecision | null;
  readonly who: string;
  readonly why: string;
  /** Epoch ms UTC. */
  readonly at: number;
  /** Local date of the next one. */
  readonly nextOn: string;
}

/** One reminder of a review: before it, on its day, a week after, and then to whoever looks after all of it. */
export type ReminderStage = "before" | "due" | "after" | "passed-on";

/** Day of the month of the monthly review; `never`: none is due by itself. */
export type GovernanceDay = number | "first-working-day" | "never";

/** The monthly review of the whole register. */
export interface Governance {
  /** A person's name. */
  readonly who: string;
  readonly day: GovernanceDay;
  /** Words that tell sensitive kinds of data by their names; absent: the usual ones. */
  readonly sensitiveData?: readonly string[];
}

/** What can change with a vendor on a day that is known before. */
export const vendorDateKinds = ["terms", "price", "licence", "contract"] as const;

/** A day on which something changes with a vendor or a tool. */
export interface VendorDate {
  readonly vendor: string | null;
  readonly tool: string | null;
  readonly kind: (typeof vendorDateKinds)[number];
  /** Local date. */
  readonly date: string;
  readonly note: string | null;
}
