import type { StoredFinding } from "../store/finding.js";
import type { Ground } from "./ground.js";

/** It changes too often to be told each time: said once, and held open until it is quiet. */
export function noteFlapping({ store }: Ground, incident: number, by: { at: number; who: string }): void {
  const row = store.incidents.get(incident);
  if (row === null) return;
  store.incidents.recordToTell(incident, {
    ...by,
    event: "flapping",
    from: row.status,
    to: row.status,
    why: "4 changes within an hour; held open until it has been quiet for 60 min",
  });
}

/** Something of an incident that is over, told after its end: it stays on the timeline, and opens nothing. */
export function noteLate(
  { store }: Ground,
  incident: number,
  late: StoredFinding,
  by: { at: number; who: string },
): void {
  const row = store.incidents.get(incident);
  if (row === null || late.finding.level !== "page") return;
  store.findings.attach(late.id, incident);
  store.findings.end(late.id, by.at);
  store.incidents.record(incident, {
    ...by,
    event: "late",
    from: row.status,
    to: row.status,
    why: late.finding.sentence,
  });
}
