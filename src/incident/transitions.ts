/**
 * The life of an incident as one table of legal moves.
 * In: where it stands and what happened. Out: where it stands then, or null when the move is not legal.
 * Never touches the store, never sends anything.
 */
import type { IncidentStatus } from "../domain/incident.js";

/** What can happen to an incident. */
export type IncidentEvent =
  | "acknowledge"
  | "fallback-on"
  | "fallback-off"
  | "recover"
  | "worsen"
  | "switch-back"
  | "resolve"
  | "false-alarm"
  | "accept-change"
  | "reopen"
  | "expire";

/** What a person can do about an incident; the rest only time and outputs bring about. */
export const personalEvents = [
  "acknowledge",
  "fallback-on",
  "fallback-off",
  "switch-back",
  "resolve",
  "false-alarm",
  "accept-change",
] as const satisfies readonly IncidentEvent[];

/** Something a person can do about an incident. */
export type PersonalEvent = (typeof personalEvents)[number];

const endings = {
  resolve: "resolved",
  "false-alarm": "false-alarm",
  "accept-change": "accepted-change",
} as const;

const table: Readonly<Record<IncidentStatus, Readonly<Partial<Record<IncidentEvent, IncidentStatus>>>>> = {
  open: { ...endings, acknowledge: "acknowledged", "fallback-on": "fallback", recover: "resolved" },
  // an acknowledgement counts for some hours; then it is asked for again
  acknowledged: { ...endings, "fallback-on": "fallback", recover: "resolved", expire: "open" },
  // people work by hand: a recovery asks for the switch back before anything closes
  fallback: { ...endings, "fallback-off": "acknowledged", recover: "recovering", "switch-back": "resolved" },
  recovering: { ...endings, worsen: "fallback", "switch-back": "resolved" },
  resolved: { reopen: "open" },
  "false-alarm": {},
  "accepted-change": {},
};

/** Where the incident stands after an event; null: not a legal move. */
export function nextStatus(status: IncidentStatus, event: IncidentEvent): IncidentStatus | null {
  return table[status][event] ?? null;
}

/** What can be done from here, in the table's order. */
export function legalEvents(status: IncidentStatus): readonly string[] {
  return Object.keys(table[status]);
}
