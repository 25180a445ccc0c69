/** What an incident can come from. The last two go with endings of the same name. */
export const incidentCauses = [
  "model",
  "prompt",
  "data",
  "source",
  "rule",
  "people",
  "false-alarm",
  "accepted-change",
] as const;

/** What an incident came from. */
export type IncidentCause = (typeof incidentCauses)[number];

/** What was said about an incident when it was closed, or later. */
export interface Closing {
  readonly cause: IncidentCause;
  /** What is to be remembered the next time; null: nothing. */
  readonly lesson: string | null;
  readonly who: string;
  readonly at: number;
}

/** What an earlier incident of the same automation taught. */
export interface Lesson {
  readonly incident: number;
  readonly endedAt: number;
  readonly cause: IncidentCause;
  readonly lesson: string;
}
