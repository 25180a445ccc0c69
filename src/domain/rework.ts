/** What becomes of an output that went out while something was wrong. */
export const reworkStates = ["to-check", "fine", "redone", "waived"] as const;

/** What became of it. */
export type ReworkState = (typeof reworkStates)[number];

/** What a person can say became of it. */
export const saidReworkStates = ["fine", "redone", "waived"] as const satisfies readonly ReworkState[];

/** What someone said became of it. */
export type SaidReworkState = (typeof saidReworkStates)[number];

/** An output on an incident's list of what went out. */
export interface ExposedOutput {
  /** The store's own number of it: never text of an output. */
  readonly key: number;
  readonly id: string;
  readonly at: number;
  readonly link: string | null;
  /** What the incident's checks say of it; `unknown`: none of them looked at it, or one could not tell. */
  readonly result: "fail" | "pass" | "unknown";
  readonly state: ReworkState;
  /** null: nobody said so; it follows from the checks, or from people having corrected it before it went out. */
  readonly who: string | null;
  readonly decidedAt: number | null;
  readonly note: string | null;
}

/** How many outputs of the list stand how. */
export type ReworkCounts = Readonly<Record<ReworkState, number>>;
