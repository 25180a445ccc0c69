/**
 * What went out while something was wrong. In: an incident. Out: which outputs that is, how many, and what became of
 * them. This is the one place where that span is decided; messages, pages and commands all take it from here.
 */
import type { FindingRule } from "../domain/finding.js";
import type { ExposedOutput, ReworkCounts, ReworkState } from "../domain/rework.js";
import type { Story } from "../notify/story.js";
import type { StoredFinding } from "../store/finding.js";
import type { IncidentRow } from "../store/incident.js";
import type { ExposedSpan } from "../store/rework.js";
import { changedSince } from "./changed-since.js";
import type { Ground } from "./ground.js";

/** Rules by which a check says of single outputs that they are wrong. */
const ofOutputs: ReadonlySet<FindingRule> = new Set<FindingRule>(["zero-tolerance", "floor", "drift"]);

/**
 * The outputs since the last one that is known to be good, of the problems an incident had since it was last opened,
 * over or not: what began first counts, so that nothing drops out when the leading problem ends before the others.
 * null: no check of it tells wrong outputs from right ones.
 */
function exposedSpan(
  ground: Ground,
  row: IncidentRow,
  findings: readonly StoredFinding[],
): ExposedSpan | null {
  if (row.kind === "blind") return null;
  const again = ground.store.incidents.swings(row.id).find(({ event }) => event === "reopen")?.at ?? 0;
  const concerned = findings
    .filter(({ finding, endedAt }) => endedAt === null || finding.foundAt >= again)
    .filter(({ finding }) => finding.level === "page" && !finding.improvement && ofOutputs.has(finding.rule))
    .flatMap(({ finding }) => {
      const since = changedSince(ground, row.automation, finding);
      return finding.check === null || since === null ? [] : [{ check: finding.check, since }];
    });
  if (concerned.length === 0) return null;
  return {
    automation: row.automation,
    checks: [...new Set(concerned.map(({ check }) => check))],
    since: Math.min(...concerned.map(({ since }) => since)),
    until: row.endedAt,
  };
}

/** How many outputs went out, and how many of them are wrong; null: no check tells. */
export function exposureOf(
  ground: Ground,
  row: IncidentRow,
  findings: readonly StoredFinding[],
): Story["exposure"] {
  const span = exposedSpan(ground, row, findings);
  if (span === null) return null;
  const { outputs } = ground.store;
  return {
    outputs: outputs.countSince(row.automation, span.since),
    wrong: outputs.countFailingSince(row.automation, span.checks, span.since),
  };
}

/** What became of them; null: there is nothing to say about single outputs. */
export function reworkCounts(
  ground: Ground,
  row: IncidentRow,
  findings: readonly StoredFinding[] = ground.store.findings.ofIncident(row.id),
): ReworkCounts | null {
  const counts = ground.store.rework.counts(row.id, openSpan(ground, row, findings));
  return listedIn(counts) === 0 ? null : counts;
}

/** How many outputs are on the list. */
export function listedIn(counts: ReworkCounts): number {
  return Object.values(counts).reduce((sum, each) => sum + each, 0);
}

/** One page of the list: what is to be checked first, and of that what fails. */
export function exposedOutputs(
  ground: Ground,
  row: IncidentRow,
  part?: { readonly state: ReworkState | null; readonly limit: number; readonly offset: number },
): readonly ExposedOutput[] {
  const findings = ground.store.findings.ofIncident(row.id);
  return ground.store.rework.page(row.id, openSpan(ground, row, findings), part);
}

/** Decides about all that are still to be checked; returns how many those were. Call inside a transaction. */
export function decideRest(
  ground: Ground,
  row: IncidentRow,
  decision: {
    readonly state: ReworkState;
    readonly who: string;
    readonly at: number;
    readonly note: string | null;
  },
): number {
  const findings = ground.store.findings.ofIncident(row.id);
  return ground.store.rework.decideRest(row.id, openSpan(ground, row, findings), decision);
}

/** What an incident that has ended left is kept as rows; before, what comes joins. */
function openSpan(ground: Ground, row: IncidentRow, findings: readonly StoredFinding[]): ExposedSpan | null {
  return row.endedAt !== null && row.announcedAt !== null ? null : exposedSpan(ground, row, findings);
}

/**
 * Keeps the list as it stands when an incident ends; call inside the transaction that ends it. Of one that nobody was
 * told of, as in a history that is read back, nobody owes anything.
 */
export function keepExposed(ground: Ground, row: IncidentRow): void {
  if (row.announcedAt === null) return;
  const span = exposedSpan(ground, row, ground.store.findings.ofIncident(row.id));
  if (span !== null) ground.store.rework.keep(row.id, span);
}
