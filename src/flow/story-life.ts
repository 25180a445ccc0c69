import type { IncidentMove } from "../domain/incident.js";
import { swingsOf } from "../incident/flapping.js";
import type { StoryLife } from "../notify/story-life.js";
import type { StoredFinding } from "../store/finding.js";
import type { IncidentRow } from "../store/incident.js";
import { longestAnswerMs } from "../text/setting-types.js";
import { byHandSince, fallbackQueue } from "./fallback-queue.js";
import type { Ground, Watched } from "./ground.js";

/** Lessons shown of an automation, at most. */
const mostLessons = 20;

/** What is known of an incident's life beside its moves. */
export function storyLife(
  ground: Ground,
  watched: Watched,
  row: IncidentRow,
  known: {
    readonly moves: readonly IncidentMove[];
    readonly findings: readonly StoredFinding[];
    readonly now: number;
  },
): StoryLife {
  const { store } = ground;
  const { moves, findings, now } = known;
  const byHand = row.kind === "blind" ? null : byHandSince(row.status, moves);
  return {
    queue: byHand === null ? null : fallbackQueue(ground, watched, byHand.at, now),
    canPause: row.kind === "outputs" && watched.switches.pause !== null,
    paused: pausedBy(moves),
    unanswered: unansweredSince(moves, now),
    flapping: row.endedAt === null && swingsOf(store.incidents.swings(row.id)).flapping,
    lesser: lesserOf(findings),
    seen: store.findings.timesSeen(row.id),
    closing: store.closings.of(row.id),
    lessons: store.closings.lessons(row.automation, row.id, mostLessons),
  };
}

/** What is still true of an incident and is no reason to call anyone, in a few words each. */
export function lesserOf(findings: readonly StoredFinding[]): readonly string[] {
  return findings
    .filter(({ endedAt, finding }) => endedAt === null && finding.level === "digest" && !finding.improvement)
    .map(({ headline }) => headline);
}

/** The answer was awaited by a process that has ended; null: it came, or may still come. */
function unansweredSince(moves: readonly IncidentMove[], now: number): IncidentMove | null {
  const last = moves.findLast(({ event }) => pauseEvents.has(event)) ?? null;
  if (last === null || !last.event.endsWith("-asked")) return null;
  return now - last.at > longestAnswerMs ? last : null;
}

const pauseEvents: ReadonlySet<string> = new Set(
  ["pause", "resume"].flatMap((wish) => [`${wish}-asked`, `${wish}-failed`, `${wish}d`]),
);

/** The move by which the automation stands still; null: it was never paused, or has been resumed. */
export function pausedBy(moves: readonly IncidentMove[]): IncidentMove | null {
  const last = moves.findLast((each) => each.event === "paused" || each.event === "resumed") ?? null;
  return last?.event === "paused" ? last : null;
}
