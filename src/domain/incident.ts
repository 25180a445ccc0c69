import type { Finding } from "./finding.js";

/** Where an incident can stand. The last three are endings. */
export const incidentStatuses = [
  "open",
  "acknowledged",
  "fallback",
  "recovering",
  "resolved",
  "false-alarm",
  "accepted-change",
] as const;

/** Where an incident stands. */
export type IncidentStatus = (typeof incidentStatuses)[number];

/** True for the three endings: nothing more is expected of anyone. */
export function isEnded(status: IncidentStatus): boolean {
  return status === "resolved" || status === "false-alarm" || status === "accepted-change";
}

/** About the outputs, or about the watching itself. */
export const incidentKinds = ["outputs", "blind"] as const;

/** About the outputs, or about the watching itself. */
export type IncidentKind = (typeof incidentKinds)[number];

/** Findings of one automation that belong together, with a life. */
export interface Incident {
  readonly id: number;
  readonly automation: string;
  readonly kind: IncidentKind;
  readonly status: IncidentStatus;
  /** The first finding's headline. */
  readonly title: string;
  /** Evidence time: the slot that opened it. */
  readonly openedAt: number;
  /** When people were first told; null: not yet (backfill, inhibited). Deadlines run from here. */
  readonly announcedAt: number | null;
  readonly acknowledgeBy: number | null;
  readonly restoreBy: number | null;
  readonly acknowledgedBy: string | null;
  readonly endedAt: number | null;
  /** Grows with every move; a message or button of an older revision is stale. */
  readonly revision: number;
  readonly findings: readonly Finding[];
}

/** One recorded move of an incident. */
export interface IncidentMove {
  readonly at: number;
  readonly event: string;
  readonly from: IncidentStatus | null;
  readonly to: IncidentStatus;
  /** A person's name, or `evenkeel`. */
  readonly who: string;
  readonly why: string | null;
}
