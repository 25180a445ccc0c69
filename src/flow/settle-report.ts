/**
 * What becomes of a report: a person says that it was a problem, or that it was none.
 * In: which report, how, who, why. Out: the report as settled, and where a confirmed one went: the open incident it is in,
 * or nowhere, as a near miss on record. A finding ends once no report of it waits and no confirmed one is in an open
 * incident; an incident that rested on nothing else ends with it, in that person's name.
 */
import { KnownError } from "../domain/errors.js";
import type { Report, ReportEnding } from "../domain/report.js";
import type { PersonalEvent } from "../incident/transitions.js";
import type { StoredFinding } from "../store/finding.js";
import type { IncidentRow } from "../store/incident.js";
import { excerpt } from "../text/excerpt.js";
import { recordClosing } from "./closing.js";
import { type Ground, watchedOf } from "./ground.js";
import { applyEvent, raise } from "./raise.js";
import { findingOf, requireReport } from "./report-problem.js";
import { tellUntold } from "./tell.js";

/** How someone settles a report. */
export interface Settling {
  readonly report: number;
  readonly as: ReportEnding;
  readonly who: string;
  readonly why: string;
}

/** What came of it. */
export interface ReportSettled {
  readonly report: Report;
  /** The incident that ended with it; null: none did. */
  readonly ended: number | null;
}

/** Settles one; throws KnownError where it is settled already. */
export function settleReport(ground: Ground, settling: Settling): ReportSettled {
  const { store, clock } = ground;
  const now = clock.now();
  return store.transaction(() => {
    const report = requireReport(ground, settling.report);
    const { settled } = report;
    if (settled !== null)
      throw new KnownError(
        "report-settled",
        `Report ${report.id} was settled as ${settled.as} by ${settled.by}: ${excerpt(settled.why, 200)}`,
      );
    const finding = findingOf(ground, report);
    const open = store.incidents.openOf(report.automation, "outputs");
    const row = open !== null && finding?.incident === open.id ? open : null;
    const { as, who, why } = settling;
    const wentTo = as === "confirmed" ? (row?.id ?? null) : null;
    store.reports.settle(report.id, { as, by: who, why, at: now, wentTo });
    if (row !== null) noteSettled(ground, row, report, settling, now);
    const isOver = finding !== null && !stillCounts(ground, report, row);
    const ended = isOver ? endFinding(ground, { finding, row, settling, now }) : null;
    return { report: requireReport(ground, report.id), ended };
  });
}

/** True while a report about the same thing waits, or one that was confirmed is in the open incident. */
function stillCounts({ store }: Ground, { automation, subject }: Report, row: IncidentRow | null): boolean {
  return store.reports
    .ofSubject(automation, subject)
    .some(({ settled }) => settled === null || (row !== null && settled.wentTo === row.id));
}

function noteSettled(
  { store }: Ground,
  row: IncidentRow,
  report: Report,
  { as, who, why }: Settling,
  now: number,
): void {
  const said = as === "confirmed" ? "is a problem" : "is no problem";
  store.incidents.record(row.id, {
    at: now,
    event: "report-settled",
    from: row.status,
    to: row.status,
    who,
    why: `report ${report.id} of ${report.who} ${said}: ${why}`,
  });
}

/** Ends the finding and, where nothing else holds it open, its incident. Returns the incident that ended. */
function endFinding(
  ground: Ground,
  ending: { finding: StoredFinding; row: IncidentRow | null; settling: Settling; now: number },
): number | null {
  const { finding, row, settling, now } = ending;
  const { store, register } = ground;
  const { automation } = finding;
  const others = store.findings
    .active(automation)
    .filter(
      (each) => each.id !== finding.id && each.finding.level === "page" && each.finding.rule !== "blind",
    );
  if (row === null || finding.finding.level !== "page" || others.length > 0) {
    store.findings.end(finding.id, now);
    // what leads the incident now gives it its name
    if (row !== null) raise(ground, { automation, kind: "outputs", at: now, found: [], endedKeys: [] });
    return null;
  }
  store.findings.end(finding.id, now);
  const { who, why } = settling;
  recordClosing(ground, row, { cause: "false-alarm", lesson: null, who, at: now });
  applyEvent(ground, row, "false-alarm", { at: now, who, why });
  const watched = watchedOf(register, automation);
  if (watched !== null) tellUntold(ground, watched, now);
  return row.id;
}

/** A person closes an incident: what was reported of a finding of it is settled by that; call inside a transaction. */
export function settleWithIncident(
  { store }: Ground,
  row: IncidentRow,
  { finding }: StoredFinding,
  closing: { event: PersonalEvent; who: string; why: string | null; at: number },
): void {
  if (finding.rule !== "report" || finding.metric === null) return;
  const { event, who, why, at } = closing;
  const isProblem = event !== "false-alarm" && event !== "accept-change";
  for (const { id, settled } of store.reports.ofSubject(row.automation, finding.metric)) {
    if (settled !== null) continue;
    store.reports.settle(id, {
      as: isProblem ? "confirmed" : "not-a-problem",
      by: who,
      why: why ?? `with the end of incident ${row.id}`,
      at,
      wentTo: isProblem ? row.id : null,
    });
  }
}
