/**
 * The price of judging: a question is put only while the day's caps, of its automation and of all, leave room for the
 * most it may cost. Questions on their way count with that; answers with what they did cost. The day is the local day
 * of the configuration's time zone.
 */
import { KnownError } from "../domain/errors.js";
import { dateOf, wallTime } from "../measure/local-time.js";
import type { DaySpend } from "../store/answer.js";
import { sayDollars, sayOf } from "../wording/numbers.js";
import type { Ground, JudgingCap, Watched } from "./ground.js";
import type { Reserved } from "./in-flight.js";

/** The local day on which questions are counted now. */
export function judgingDay({ register, clock }: Pick<Ground, "register" | "clock">): string {
  return dateOf(wallTime(clock.now(), register.timeZone));
}

/** Puts the most a question may cost aside until the returned function is called. Throws KnownError `spend-cap`. */
export function reserve(ground: Ground, watched: Watched, estimateMicros: number): () => void {
  const { store, register, inFlight } = ground;
  const { id } = watched.entry;
  const day = judgingDay(ground);
  const own = inFlight.reserved.get(id) ?? nothing;
  const all = [...inFlight.reserved.values()].reduce(plus, nothing);
  const full =
    fullness(watched.judging, store.answers.spentOn(day, id), own, estimateMicros) ??
    fullness(register.asking.cap, store.answers.spentByAll(day), all, estimateMicros);
  if (full !== null) {
    store.transaction(() => store.answers.spend(day, id, { refused: 1 }));
    throw new KnownError("spend-cap", `not asked: today's limit for judging is reached, ${full}`);
  }
  inFlight.reserved.set(id, plus(own, { questions: 1, micros: estimateMicros }));
  return () => {
    const present = inFlight.reserved.get(id) ?? nothing;
    inFlight.reserved.set(id, plus(present, { questions: -1, micros: -estimateMicros }));
  };
}

const nothing: Reserved = { questions: 0, micros: 0 };

function plus(left: Reserved, right: Reserved): Reserved {
  return { questions: left.questions + right.questions, micros: left.micros + right.micros };
}

/** Why one more question does not fit, or null. One that costs nothing always fits the money. */
function fullness(
  cap: JudgingCap,
  spent: DaySpend,
  reserved: Reserved,
  estimateMicros: number,
): string | null {
  if (spent.questions + reserved.questions + 1 > cap.dailyQuestions)
    return `${sayOf({ hits: spent.questions, n: cap.dailyQuestions })} questions asked`;
  if (estimateMicros > 0 && spent.costMicros + reserved.micros + estimateMicros > cap.dailyMicros)
    return `${sayDollars(spent.costMicros)} of ${sayDollars(cap.dailyMicros)} spent, and one more question may cost ${sayDollars(estimateMicros)}`;
  return null;
}
