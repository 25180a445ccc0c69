/**
 * A source that several automations are read from is down: one incident speaks for it, the others are held back and shown.
 * In: an incident about the watching that nobody was told. Out: whether it is held back, and by which. When the source is back
 * for one, the others are looked at anew before anything is said of them. All of it lies in the store: a restart changes nothing.
 */
import type { IncidentRow } from "../store/incident.js";
import type { Ground, Watched } from "./ground.js";
import { isOffline } from "./offline-since.js";
import { isDown, isUnanswered } from "./unreachable.js";

/** What an incident about a source says beside itself. */
export interface SharedSource {
  readonly host: string;
  /** Titles of the other automations that are read from there. */
  readonly others: readonly string[];
}

/** The source of an incident about the watching, where others are read from it and it is down; null otherwise. */
export function sharedSource(ground: Ground, watched: Watched, row: IncidentRow): SharedSource | null {
  const { sourceHost: host } = watched;
  if (row.kind !== "blind" || host === null) return null;
  const others = readFrom(ground, host, watched).map((each) => each.entry.title);
  const [finding] = ground.store.findings.ofIncident(row.id);
  const down = isDown(finding?.finding.sentence ?? null);
  return down && others.length > 0 ? { host, others } : null;
}

/** True where another incident speaks for the source, or Evenkeel itself is offline; call inside a transaction. */
export function isHeldBack(ground: Ground, watched: Watched, row: IncidentRow, now: number): boolean {
  if (row.kind !== "blind" || row.toldStatus !== null) return false;
  const { groups, sources } = ground.store;
  const { failingSince, lastError: reason } = sources.get(watched.entry.id);
  // it can be read by now, and is only kept open because it changes so often
  if (failingSince === null) return true;
  if (isOffline(ground) && isUnanswered(reason)) return true;
  const speaker = isDown(reason) ? speakerFor(ground, watched) : null;
  if (speaker === null) {
    groups.leave(row.id);
    return false;
  }
  const group =
    groups.memberOf(speaker.id)?.group ?? groups.begin("source-down", watched.sourceHost ?? "", now);
  groups.join(speaker.id, group, now, { byGroup: false });
  if (groups.memberOf(row.id)?.group !== group) groups.join(row.id, group, now, { byGroup: false });
  return true;
}

/** The incident of another automation that people were told of, about the same source being down. */
function speakerFor(ground: Ground, watched: Watched): IncidentRow | null {
  const { sourceHost } = watched;
  if (sourceHost === null) return null;
  for (const other of readFrom(ground, sourceHost, watched)) {
    const row = ground.store.incidents.openOf(other.entry.id, "blind");
    const told = row !== null && row.toldStatus !== null;
    if (told && isDown(ground.store.sources.get(other.entry.id).lastError)) return row;
  }
  return null;
}

/** The source is back for one: the others that could not read it are looked at at once. */
export function askOthers(ground: Ground, watched: Watched, now: number): void {
  const { sourceHost } = watched;
  if (sourceHost === null) return;
  for (const other of readFrom(ground, sourceHost, watched)) {
    if (ground.store.sources.get(other.entry.id).failingSince === null) continue;
    if (ground.store.incidents.openOf(other.entry.id, "blind") === null) continue;
    ground.store.freshSamples.ask(other.entry.id, now, `${sourceHost} can be read again`);
  }
}

function readFrom(ground: Ground, host: string, but: Watched): readonly Watched[] {
  return ground.register.automations.filter(
    (each) => each.sourceHost === host && each.entry.id !== but.entry.id,
  );
}
