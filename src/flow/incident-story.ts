/**
 * What is known about an incident, for messages and pages. In: the store, an incident. Out: its story. Never sends,
 * never decides what is worth telling.
 */
import { onCallAt } from "../automation/on-call.js";
import type { Finding } from "../domain/finding.js";
import type { Incident, IncidentMove } from "../domain/incident.js";
import { containedAt } from "../incident/clocks.js";
import { legalEvents } from "../incident/transitions.js";
import type { Story } from "../notify/story.js";
import type { StoredFinding } from "../store/finding.js";
import type { IncidentRow } from "../store/incident.js";
import { changeBefore } from "./changes/change-before.js";
import { exposureOf, reworkCounts } from "./exposure.js";
import { type Ground, incidentUrl, type Watched, watchedOf } from "./ground.js";
import { remarksOf } from "./remarks.js";
import { showExamples } from "./show-examples.js";
import { silenceRemarks } from "./silences.js";
import { sharedSource } from "./source-down.js";
import { storyLife } from "./story-life.js";
import { trendOf } from "./trend.js";

/** What is known about an incident now, for a page; null: there is no such incident. */
export function incidentStory(ground: Ground, id: number, now: number): Story | null {
  const row = ground.store.incidents.get(id);
  const watched = row === null ? null : watchedOf(ground.register, row.automation);
  if (row === null || watched === null) return null;
  return storyOf(ground, watched, row, now);
}

/** What is known about one of an automation now. */
export function storyOf(ground: Ground, watched: Watched, row: IncidentRow, now: number): Story {
  const { register, store } = ground;
  const { entry } = watched;
  const moves = store.incidents.moves(row.id);
  const stored = store.findings.ofIncident(row.id);
  const findings = toldFindings(stored, moves);
  const incident: Incident = { ...row, findings };
  const calls = callOrder(watched, ground, row.announcedAt ?? now);
  const main = findings.find((finding) => finding.level === "page") ?? findings[0] ?? null;
  return {
    // each channel's message gets its own
    notificationId: "",
    instance: register.name,
    incident,
    automation: entry,
    people: [...register.people.values()],
    onCall: calls[Math.min(row.escalations, calls.length - 1)] ?? entry.owner,
    next: calls[row.escalations + 1] ?? null,
    moves,
    contain: containOf(ground, row, moves),
    examples: main === null || row.kind === "blind" ? [] : showExamples(ground, watched, main),
    change: main === null ? null : changeBefore(ground, entry.id, main),
    remarks: [
      ...silenceRemarks(ground, row.id, now),
      ...(main === null
        ? []
        : remarksOf(ground, watched, { main, told: findings, isOver: row.endedAt !== null })),
    ],
    exposure: exposureOf(ground, row, stored),
    rework: reworkCounts(ground, row, stored),
    sharedSource: sharedSource(ground, watched, row),
    possible: legalEvents(row.status),
    trend:
      main === null || row.kind === "blind"
        ? null
        : trendOf(ground, watched, main, {
            now,
            timeZone: register.people.get(entry.owner)?.timeZone ?? entry.timeZone,
          }),
    pageUrl: incidentUrl(register, row.id),
    life: storyLife(ground, watched, row, { moves, findings: stored, now }),
  };
}

function containOf(ground: Ground, row: IncidentRow, moves: readonly IncidentMove[]): Story["contain"] {
  const clocks = ground.store.incidentClocks.get(row.id);
  if (clocks === null || clocks.containBy === null) return null;
  return { by: clocks.containBy, at: clocks.containedAt ?? containedAt(moves) };
}

/** What is true now; of an incident that has ended, what was true since it was last opened. */
export function toldFindings(
  all: readonly StoredFinding[],
  moves: readonly IncidentMove[],
): readonly Finding[] {
  const active = all.filter((each) => each.endedAt === null);
  const openedAgainAt = moves.findLast((each) => each.event === "reopen")?.at ?? 0;
  const told = active.length > 0 ? active : all.filter((each) => each.finding.foundAt >= openedAgainAt);
  return told.map((each) => each.finding);
}

/** Who is called, in order: on call, deputy, owner, AI owner; each once. */
export function callOrder(watched: Watched, ground: Ground, at: number): readonly string[] {
  const { entry } = watched;
  const names = [onCallAt(entry, at), entry.deputy, entry.owner, ground.register.aiOwner.name];
  return [...new Set(names.filter((name): name is string => name !== null))];
}
