/**
 * Whether an incident keeps changing: from its last changes to what is to be done about it.
 * In: instants of opening, recovering and coming back. Out: whether the next change is one too many, whether it has
 * been quiet for long enough. Reads no clock, stores nothing.
 */
import { hourMs } from "../domain/time.js";

/** So many changes within an hour are no news each: the last of them is told as flapping (RELIABILITY 2.3). */
const changesThatFlap = 4;
const withinMs = hourMs;
/** A flapping incident ends once nothing was wrong for so long. */
const quietMs = hourMs;

/** The last changes of an incident, the newest first. */
export interface Swings {
  /** True from the change on that was one too many, until it ends. */
  readonly flapping: boolean;
  /** When it opened, recovered and came back. */
  readonly changedAt: readonly number[];
}

/** An incident without a past. */
export const noSwings: Swings = { flapping: false, changedAt: [] };

/** What the recorded moves say, the newest first. */
export function swingsOf(moves: readonly { readonly at: number; readonly event: string }[]): Swings {
  return {
    flapping: moves[0]?.event === "flapping",
    changedAt: moves.filter(({ event }) => event !== "flapping").map(({ at }) => at),
  };
}

/** True where one more change at this instant makes it flap. */
export function wouldFlap({ flapping, changedAt }: Swings, at: number): boolean {
  if (flapping) return false;
  const recent = changedAt.filter((each) => at - each >= 0 && at - each <= withinMs);
  return recent.length + 1 >= changesThatFlap;
}

/** True where nothing has been wrong for long enough to end a flapping incident. */
export function isQuiet(lastWrongAt: number | null, at: number): boolean {
  return lastWrongAt === null || at - lastWrongAt >= quietMs;
}
