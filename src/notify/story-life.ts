import type { Closing, Lesson } from "../domain/closing.js";
import { sayWait } from "../wording/durations.js";
import { sayCount } from "../wording/numbers.js";
import { sayDate } from "../wording/times.js";

/** What has piled up for people while the fallback is in effect: an estimate. */
export interface FallbackQueue {
  readonly waiting: number;
  /** Working time of one person; null: nobody said how long one takes. */
  readonly forOneMs: number | null;
}

/** What is known of an incident's life beside its moves. */
export interface StoryLife {
  /** null: people do not work by hand, or nothing is known of what comes. */
  readonly queue: FallbackQueue | null;
  /** True where a configured action can pause the automation. */
  readonly canPause: boolean;
  /** The move that paused the automation, if it has not been resumed. */
  readonly paused: { readonly at: number; readonly who: string } | null;
  /** Someone asked to pause or resume it, and no answer came in time: nobody knows whether it was done. */
  readonly unanswered: { readonly at: number; readonly who: string } | null;
  readonly flapping: boolean;
  /** What is still true of it and calls nobody: it lost its page level, or never had it; each in a few words. */
  readonly lesser: readonly string[];
  /** In how many runs it was seen, and when the last time. */
  readonly seen: { readonly times: number; readonly lastAt: number | null };
  /** What was said at its closing; null: the cause was not stated. */
  readonly closing: Closing | null;
  /** What the automation's earlier incidents taught, the latest first. */
  readonly lessons: readonly Lesson[];
}

/** "about 40 waiting, 3 h for one person (an estimate)". */
export function sayQueue({ waiting, forOneMs }: FallbackQueue): string {
  const time = forOneMs === null ? "" : `, ${sayWait(forOneMs)} for one person`;
  return `about ${sayCount(rounded(waiting), "item")} waiting${time} (an estimate)`;
}

/** An estimate is no count: to five from twenty on, to ten from a hundred on. */
function rounded(count: number): number {
  const step = count < 20 ? 1 : count < 100 ? 5 : 10;
  return Math.round(count / step) * step;
}

/** "Last time (Thu 12 Mar): the new form has no VAT line". */
export function sayLesson({ endedAt, lesson }: Lesson, zone: string, now: number): string {
  return `Last time (${sayDate(endedAt, zone, now)}): ${lesson}`;
}
