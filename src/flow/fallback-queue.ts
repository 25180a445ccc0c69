import type { IncidentMove, IncidentStatus } from "../domain/incident.js";
import { dayMs, hourMs } from "../domain/time.js";
import { usualArrivals } from "../measure/usual-arrivals.js";
import type { FallbackQueue } from "../notify/story-life.js";
import type { Ground, Watched } from "./ground.js";

/** How far back what is usual is looked up. */
const lookBackMs = 28 * dayMs;
/** A fallback that is in effect for longer is reckoned for so long only. */
const longestMs = 60 * dayMs;

/** Since when people work by hand; null: they do not. */
export function byHandSince(status: IncidentStatus, moves: readonly IncidentMove[]): IncidentMove | null {
  if (status !== "fallback" && status !== "recovering") return null;
  return moves.findLast((each) => each.event === "fallback-on") ?? null;
}

/**
 * What has come to be done by hand: the outputs since the fallback began, and what usually comes in the time since the
 * last of them (a paused automation has none). null: neither is known.
 */
export function fallbackQueue(
  ground: Ground,
  { entry }: Watched,
  since: number,
  now: number,
): FallbackQueue | null {
  const { outputs } = ground.store;
  const from = Math.max(since, now - longestMs);
  const came = outputs.countSince(entry.id, from);
  const lastAt = came === 0 ? from : Math.max(from, Math.min(outputs.newestAt(entry.id) ?? from, now));
  const firstAt = outputs.firstHourAt(entry.id);
  const past =
    firstAt === null
      ? null
      : {
          counts: outputs.hourCounts(entry.id, from - lookBackMs, from),
          firstAt: Math.max(firstAt, Math.ceil((from - lookBackMs) / hourMs) * hourMs),
          before: from,
        };
  const usual = past === null ? null : usualArrivals(past, lastAt, now);
  const waiting = Math.round(came + (usual ?? 0));
  if (waiting === 0) return null;
  const minutes = entry.fallback?.minutesPerItem ?? null;
  return { waiting, forOneMs: minutes === null ? null : waiting * minutes * 60_000 };
}
