import type { Ground } from "../flow/ground.js";
import { isClockDoubtful } from "../flow/keep-time.js";
import { sayDuration } from "../wording/durations.js";
import { sayInstant } from "../wording/times.js";
import { atRisk, type Examined, fine } from "./examined.js";

/** When the clock last jumped, and whether the date is in doubt; nothing where it never did. */
export function examineClock(ground: Ground): readonly Examined[] {
  const [last] = ground.store.incidentClocks.jumps(1);
  if (last === undefined) return [];
  const { register, clock } = ground;
  const at = sayInstant(last.at, register.timeZone, clock.now());
  const way = last.byMs > 0 ? "ahead" : "back";
  const text = `last set ${way} by ${sayDuration(Math.abs(last.byMs))}, ${at}`;
  if (!isClockDoubtful(ground)) return [fine("clock", text)];
  const doubt = `${text}; the date is in doubt, and nothing is deleted for its age`;
  return [atRisk("clock", doubt, "see whether the date of this computer is right")];
}
