import { KnownError } from "../domain/errors.js";
import type { Finding } from "../domain/finding.js";
import type { Ground } from "../flow/ground.js";
import { shownSilence } from "../flow/silences.js";
import { swingsOf } from "../incident/flapping.js";
import type { IncidentRow } from "../store/incident.js";

/** An incident as `--json` shows it: instants in ISO 8601. */
export function incidentData(ground: Ground, row: IncidentRow): object {
  const findings = ground.store.findings.ofIncident(row.id).map((each) => each.finding);
  const closing = ground.store.closings.of(row.id);
  const { id, automation, kind, status, title, acknowledgedBy } = row;
  const clocks = ground.store.incidentClocks.get(id);
  return {
    id,
    automation,
    kind,
    status,
    title,
    openedAt: isoOf(row.openedAt),
    announcedAt: isoOf(row.announcedAt),
    acknowledgeBy: isoOf(row.acknowledgeBy),
    containBy: isoOf(clocks?.containBy ?? null),
    containedAt: isoOf(clocks?.containedAt ?? null),
    restoreBy: isoOf(row.restoreBy),
    missed: {
      containAt: isoOf(clocks?.containMissedAt ?? null),
      restoreAt: isoOf(clocks?.restoreMissedAt ?? null),
    },
    acknowledgementExpiresAt: isoOf(clocks?.acknowledgementExpiresAt ?? null),
    remindAt: isoOf(clocks?.remindAt ?? null),
    acknowledgedBy,
    endedAt: isoOf(row.endedAt),
    silencedUntil: isoOf(shownSilence(ground, row, ground.clock.now())?.endsAt ?? null),
    group: ground.store.groups.memberOf(id)?.group ?? null,
    cause: closing?.cause ?? null,
    lesson: closing?.lesson ?? null,
    flapping: row.endedAt === null && swingsOf(ground.store.incidents.swings(row.id)).flapping,
    timesSeen: ground.store.findings.timesSeen(row.id).times,
    findings: findings.map(findingData),
  };
}

/** A finding as `--json` shows it. */
export function findingData(finding: Finding): object {
  return { ...finding, changedAt: isoOf(finding.changedAt), foundAt: isoOf(finding.foundAt) };
}

/** An instant in ISO 8601. */
export function isoOf(at: number | null): string | null {
  return at === null ? null : new Date(at).toISOString();
}

/** Something that happened, its instant in ISO 8601. */
export function isoTimed<Timed extends { readonly at: number }>(
  timed: Timed,
): Omit<Timed, "at"> & { at: string } {
  return { ...timed, at: new Date(timed.at).toISOString() };
}

/** The number that was typed; throws KnownError where it is none. */
export function incidentNumber(text: string): number {
  const id = Number(text);
  if (!Number.isInteger(id) || id < 1)
    throw new KnownError("usage", `"${text}" is no incident number; evenkeel incidents list shows them`);
  return id;
}
