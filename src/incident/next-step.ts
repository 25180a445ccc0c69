/**
 * What comes next for an open incident that people know of: the audit's question, asked of each (RELIABILITY 3.5).
 * In: how it stands. Out: its next step in a word, or null where nothing would ever happen again. Pure.
 */
import type { IncidentStatus } from "../domain/incident.js";

/** How an open incident stands. */
export interface Standing {
  readonly now: number;
  readonly status: IncidentStatus;
  /** True while a message about it waits to be delivered. */
  readonly owed: boolean;
  /** True while it is silenced or held back on purpose. */
  readonly heldBack: boolean;
  /** Its deadlines, its reminder and the end of its acknowledgement, those that are set. */
  readonly clocks: readonly (number | null)[];
  /** Who acknowledged it or does it by hand. */
  readonly holder: string | null;
  /** True where its automation is still looked at. */
  readonly watched: boolean;
}

/** A clock that ran out less than this ago is about to be acted on. */
const graceMs = 5 * 60_000;

/** The next step: a message, a clock ahead, a person who holds it, or outputs to come. */
export function nextStep(
  standing: Standing,
): "message" | "clock" | "person" | "held back" | "outputs" | null {
  const { now, status, clocks } = standing;
  if (standing.owed) return "message";
  if (standing.heldBack) return "held back";
  if (clocks.some((at) => at !== null && at > now - graceMs)) return "clock";
  if (status !== "open" && standing.holder !== null) return "person";
  return status === "recovering" && standing.watched ? "outputs" : null;
}
