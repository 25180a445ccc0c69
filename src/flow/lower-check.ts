import type { Finding } from "../domain/finding.js";
import type { IncidentRow } from "../store/incident.js";
import type { Ground, Watched } from "./ground.js";
import { self } from "./raise.js";

/** The finding that was a false alarm, and who says so. */
export interface FalseAlarm {
  readonly finding: Finding;
  readonly who: string;
  readonly why: string | null;
  readonly at: number;
}

/**
 * A check that cried wolf counts for the digest only until someone enables it again: noted on the timeline, and for a
 * zero-tolerance check, which has no metric that pages, kept here. Call inside a transaction.
 */
export function lowerCheck(
  { store }: Ground,
  { entry, checks, metrics }: Watched,
  row: IncidentRow,
  { finding, who, why, at }: FalseAlarm,
): void {
  if (finding.level !== "page") return;
  const check = checks.find((each) => each.id === finding.check) ?? null;
  const plan = metrics.find((each) => each.id === finding.metric) ?? null;
  if (check !== null && finding.rule === "zero-tolerance")
    store.loweredChecks.lower(entry.id, check.id, { at, who, why });
  else if (plan === null) return;
  const title = check?.title ?? plan?.title ?? "";
  const subject = check?.id ?? plan?.id ?? "";
  store.incidents.record(row.id, {
    at,
    event: "lowered",
    from: row.status,
    to: row.status,
    who: self,
    why: `“${title}” counts for the digest only, until someone enables it again: evenkeel enable ${entry.id} ${subject} --why "..."`,
  });
}
