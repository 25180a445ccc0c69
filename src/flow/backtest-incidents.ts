import type { Finding } from "../domain/finding.js";
import type { Ground } from "./ground.js";

/** Incidents and findings looked at, at most. */
const mostFindings = 10_000;

/** A finding, and how many runs the change had lasted when it was found; null where it has no start. */
export interface BacktestFinding extends Finding {
  readonly runsToNotice: number | null;
}

/** An incident there would have been. */
export interface BacktestIncident {
  readonly openedAt: number;
  readonly resolvedAt: number | null;
  /** How long it was open; where it still is, up to the last output. */
  readonly openMs: number;
  readonly level: Finding["level"];
  readonly findings: readonly BacktestFinding[];
}

/** The incidents about outputs, oldest first. */
export function incidentsOf(ground: Ground, automation: string, endAt: number): readonly BacktestIncident[] {
  const { store } = ground;
  const rows = store.incidents
    .list(mostFindings)
    .filter((each) => each.automation === automation && each.kind === "outputs");
  return [...rows].reverse().map((row) => ({
    openedAt: row.openedAt,
    resolvedAt: row.endedAt,
    // one that rests on checks on probation is ended by the replay itself, now
    openMs: Math.max(0, Math.min(row.endedAt ?? endAt, endAt) - row.openedAt),
    level: "page" as const,
    findings: store.findings.ofIncident(row.id).map((each) => timed(ground, automation, each.finding)),
  }));
}

function timed({ store }: Ground, automation: string, finding: Finding): BacktestFinding {
  const { changedAt, foundAt } = finding;
  if (changedAt === null) return { ...finding, runsToNotice: null };
  return { ...finding, runsToNotice: store.runs.countBetween(automation, changedAt, foundAt) };
}

/** Findings that would have waited for the digest. */
export function digestOf(ground: Ground, automation: string): readonly BacktestFinding[] {
  return ground.store.findings
    .list(automation, mostFindings)
    .filter((each) => each.incident === null && each.finding.level !== "record")
    .map((each) => timed(ground, automation, each.finding));
}
