/**
 * Incidents of different automations that begin together on something they share: one message names all of them. In: an
 * incident that is about to be announced. Out: the group it belongs to, and how its messages change. Each incident stays its
 * own record with its own clocks. The first goes out at once: nobody can know of the others yet, and no page waits.
 */
import type { Json } from "../domain/json.js";
import { hourMs } from "../domain/time.js";
import { composeGroup, type GroupLine } from "../notify/compose-group.js";
import type { IncidentMessage } from "../notify/message.js";
import { mainFinding } from "../notify/story.js";
import type { IncidentRow } from "../store/incident.js";
import type { GroupMember, IncidentGroup } from "../store/incident-group.js";
import { upperFirst } from "../wording/sentences.js";
import { type Ground, type Watched, watchedOf } from "./ground.js";
import { toldFindings } from "./incident-story.js";
import { causesOf, sayCause, sharedCause } from "./shared-cause.js";

/** Incidents that begin so close to each other may have one cause. */
const togetherWithinMs = 20 * 60_000;
/** So long after the first message of a group further incidents join it. */
const joinsWithinMs = hourMs;
/** So many at once are a storm, not a group: looking for what each shares with each would hold up the pages. */
const mostCompared = 50;
/** Members that a message names one by one. */
const mostNamed = 5;
/** Members that the page of one of them names. */
const mostOnPage = 20;
/** Members of which the first and the last to open are looked for. */
const mostSpanned = 50;

/** Finds or begins the group of an incident that is announced now; call inside a transaction. */
export function joinGroup(ground: Ground, watched: Watched, row: IncidentRow, now: number): void {
  if (row.kind !== "outputs") return;
  const { groups } = ground.store;
  groups.leave(row.id);
  const group = openGroup(ground, watched, row, now) ?? beginGroup(ground, watched, row, now);
  if (group !== null) groups.join(row.id, group, now, { byGroup: true });
}

/** A group that still takes in, and with which it shares something. */
function openGroup(ground: Ground, watched: Watched, row: IncidentRow, now: number): number | null {
  const { groups } = ground.store;
  for (const group of groups.begunSince(now - joinsWithinMs)) {
    const others = membersOf(ground, groups.openMembers(group.id, mostCompared));
    if (others.length === 0 || others.some((each) => each.row.automation === row.automation)) continue;
    const all = [watched, ...others.map((each) => each.watched)];
    const cause = sharedCause(all.map((each) => causesOf(ground, each, now)));
    if (cause === null) continue;
    groups.setCause(group.id, cause.kind, cause.name);
    return group.id;
  }
  return null;
}

/** With another incident that began about then and was announced alone. */
function beginGroup(ground: Ground, watched: Watched, row: IncidentRow, now: number): number | null {
  const { incidents, groups } = ground.store;
  const others = incidents
    .announcedAbout(row.openedAt, togetherWithinMs, mostCompared)
    .filter((each) => each.automation !== row.automation);
  if (others.length === 0) return null;
  const own = causesOf(ground, watched, now);
  for (const other of others) {
    const theirs = watchedOf(ground.register, other.automation);
    if (theirs === null || groups.memberOf(other.id) !== null) continue;
    const cause = sharedCause([own, causesOf(ground, theirs, now)]);
    if (cause === null) continue;
    const group = groups.begin(cause.kind, cause.name, now);
    groups.join(other.id, group, now, { byGroup: false });
    return group;
  }
  return null;
}

interface Member {
  readonly row: IncidentRow;
  readonly watched: Watched;
}

function membersOf({ store, register }: Ground, members: readonly GroupMember[]): readonly Member[] {
  return members.flatMap(({ incident }) => {
    const row = store.incidents.get(incident);
    const watched = row === null ? null : watchedOf(register, row.automation);
    return row === null || watched === null ? [] : [{ row, watched }];
  });
}

/** How a group changes what is said about one incident of it. */
export interface GroupTelling {
  readonly message: IncidentMessage;
  /** What a channel returned for the group's first message, for those that can add to it. */
  readonly joins: (channel: string) => Json | null;
}

/** The message as the group has it: the opening names all, what follows names the automation. */
export function inGroup(ground: Ground, row: IncidentRow, message: IncidentMessage): GroupTelling {
  const member = ground.store.groups.memberOf(row.id);
  const group = member === null ? null : ground.store.groups.get(member.group);
  if (member === null || group === null || !member.toldByGroup) return { message, joins: () => null };
  if (message.kind !== "opened")
    return { message: { ...message, group: { id: group.id, members: 1 } }, joins: () => null };
  const { groups } = ground.store;
  const earlier = groups.toldBefore(group.id, row.id);
  const own = watchedOf(ground.register, row.automation);
  const composed = composeGroup(message, {
    ...sayGroup(group),
    group: group.id,
    count: groups.size(group.id),
    lines: membersOf(ground, groups.members(group.id, mostNamed)).map((each) => lineOf(ground, each)),
    newest: own === null ? null : lineOf(ground, { row, watched: own }),
    opened: openedBetween(ground, group.id),
    acknowledgeBy: groups.firstDueAt(group.id),
    isNew: earlier === null,
    joinsUntil: group.beganAt + joinsWithinMs,
    zone: zoneOf(ground, row),
  });
  const joins = (channel: string) =>
    earlier === null ? null : ground.store.outbox.rootReference(earlier.incident, channel);
  return { message: composed, joins };
}

/** When the first and the last of a group opened; they join nearly in that order. */
function openedBetween({ store }: Ground, group: number): { first: number; last: number } {
  const ends = [
    ...store.groups.members(group, mostSpanned),
    ...store.groups.newestMembers(group, mostSpanned),
  ];
  const times = ends.flatMap(({ incident }) => store.incidents.get(incident)?.openedAt ?? []);
  return { first: Math.min(...times), last: Math.max(...times) };
}

/** What a channel returned for the first message of the group that a message adds to; null: it adds to none. */
export function groupReference(
  { store }: Ground,
  incident: number,
  channel: string,
  { kind, news }: IncidentMessage,
): Json | null {
  const member = kind === "group" && news !== null ? store.groups.memberOf(incident) : null;
  if (member === null) return null;
  const others = store.groups.members(member.group, mostSpanned).filter((each) => each.incident !== incident);
  return (
    others.map((each) => store.outbox.rootReference(each.incident, channel)).find((each) => each !== null) ??
    null
  );
}

function zoneOf({ register }: Ground, row: IncidentRow): string {
  const owner = watchedOf(register, row.automation)?.entry.owner ?? "";
  return register.people.get(owner)?.timeZone ?? register.timeZone;
}

function lineOf({ store }: Ground, { row, watched }: Member): GroupLine {
  const { entry } = watched;
  const findings = toldFindings(store.findings.ofIncident(row.id), store.incidents.moves(row.id));
  const main = mainFinding({ ...row, findings });
  const step = entry.fallback?.pause ?? entry.fallback?.steps[0] ?? null;
  return {
    incident: row.id,
    automation: entry.title,
    what: row.title,
    step,
    by: entry.fallback?.by ?? entry.owner,
    beganAt: main?.changedAt ?? main?.foundAt ?? row.openedAt,
  };
}

function sayGroup(group: IncidentGroup): { cause: string; that: string } {
  const cause = { kind: group.causeKind, name: group.cause };
  return { cause: cause.name, that: sayCause(cause) };
}

/** What stands on the page and in the details of an incident that belongs to a group; null: it belongs to none. */
export interface ShownGroup {
  readonly id: number;
  /** "began with 2 others that use gpt-5-mini: likely one cause, not proven". */
  readonly sentence: string;
  readonly others: readonly { readonly incident: number; readonly title: string }[];
  /** Others beyond those named. */
  readonly more: number;
}

/** The group of an incident as people see it. */
export function shownGroup(ground: Ground, incident: number): ShownGroup | null {
  const member = ground.store.groups.memberOf(incident);
  const group = member === null ? null : ground.store.groups.get(member.group);
  if (group === null) return null;
  const { groups } = ground.store;
  const others = membersOf(ground, groups.members(group.id, mostOnPage + 1))
    .filter((each) => each.row.id !== incident)
    .slice(0, mostOnPage)
    .map(({ row, watched }) => ({ incident: row.id, title: watched.entry.title }));
  const more = Math.max(0, groups.size(group.id) - 1 - mostOnPage);
  if (group.causeKind === "source-down")
    return {
      id: group.id,
      sentence: `Source down: ${group.cause}. One incident speaks for all that are read from there, the others are shown and not sent`,
      others,
      more,
    };
  const { that } = sayGroup(group);
  const sentence = upperFirst(
    `group ${group.id}: automations ${that} began to fail together; that this is the cause is likely, not proven`,
  );
  return { id: group.id, sentence, others, more };
}
