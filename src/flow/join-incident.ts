import { rulesBesideOutputs } from "../domain/finding.js";
import type { IncidentKind } from "../domain/incident.js";
import type { StoredFinding } from "../store/finding.js";
import type { IncidentRow } from "../store/incident.js";
import type { Ground } from "./ground.js";

/** What calls nobody becomes part of an open incident about outputs and stands on its timeline, each once; nobody is told. */
export function joinQuietly(
  ground: Ground,
  raised: { readonly automation: string; readonly kind: IncidentKind; readonly at: number },
  active: readonly StoredFinding[],
  who: string,
): void {
  const { store } = ground;
  const open = store.incidents.openOf(raised.automation, raised.kind);
  const isAboutOutputs = active.some(
    ({ incident, finding: { level, rule } }) =>
      incident === open?.id && level === "page" && !rulesBesideOutputs.has(rule),
  );
  if (open === null || !isAboutOutputs) return;
  for (const each of attach(ground, open.id, active))
    if (!store.findings.isKnownTo(open.id, each.key, each.id))
      recordAlso(ground, open, each, { at: raised.at, who });
}

/** Findings about the outputs that were not yet part of the incident become part of it; money, dates and known answers stay with the digest. */
export function attach(
  ground: Ground,
  incident: number,
  active: readonly StoredFinding[],
): readonly StoredFinding[] {
  const joined = active.filter(
    ({ incident: part, finding: { level, rule } }) =>
      part !== incident && (level === "page" || (level === "digest" && !rulesBesideOutputs.has(rule))),
  );
  for (const each of joined) ground.store.findings.attach(each.id, incident);
  return joined.map((each) => ({ ...each, incident }));
}

/** Puts a finding that joined an incident on its timeline. */
export function recordAlso(
  ground: Ground,
  row: IncidentRow,
  each: StoredFinding,
  move: { readonly at: number; readonly who: string },
): void {
  ground.store.incidents.record(row.id, {
    ...move,
    event: "also",
    from: row.status,
    to: row.status,
    why: each.finding.sentence,
  });
}
