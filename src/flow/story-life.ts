import type { IncidentMove } from "../domain/incident.js";
import { swingsOf } from "../incident/flapping.js";
import type { StoryLife } from "../notify/story-life.js";
import type { IncidentRow } from "../store/incident.js";
import { byHandSince, fallbackQueue } from "./fallback-queue.js";
import type { Ground, Watched } from "./ground.js";

/** Lessons shown of an automation, at most. */
const mostLessons = 20;

/** What is known of an incident's life beside its moves. */
export function storyLife(
  ground: Ground,
  watched: Watched,
  row: IncidentRow,
  { moves, now }: { moves: readonly IncidentMove[]; now: number },
): StoryLife {
  const { store } = ground;
  const byHand = row.kind === "blind" ? null : byHandSince(row.status, moves);
  return {
    queue: byHand === null ? null : fallbackQueue(ground, watched, byHand.at, now),
    canPause: row.kind === "outputs" && watched.switches.pause !== null,
    paused: pausedBy(moves),
    flapping: row.endedAt === null && swingsOf(store.incidents.swings(row.id)).flapping,
    seen: store.findings.timesSeen(row.id),
    closing: store.closings.of(row.id),
    lessons: store.closings.lessons(row.automation, row.id, mostLessons),
  };
}

/** The move by which the automation stands still; null: it was never paused, or has been resumed. */
function pausedBy(moves: readonly IncidentMove[]): IncidentMove | null {
  const last = moves.findLast((each) => each.event === "paused" || each.event === "resumed") ?? null;
  return last?.event === "paused" ? last : null;
}
