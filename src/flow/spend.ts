/**
 * The price of judging: a request is sent only while the day's caps, of its automation and of all, leave room for the
 * most it may cost. Requests on their way count with that; answers with what they did cost. The day is the local day
 * of the configuration's time zone.
 */
import { KnownError } from "../domain/errors.js";
import { dateOf, wallTime } from "../measure/local-time.js";
import type { DaySpend } from "../store/answer.js";
import type { Store } from "../store/open.js";
import { sayDollars, sayOf } from "../wording/numbers.js";
import type { Ground, JudgingCap, Watched } from "./ground.js";
import type { Reserved } from "./in-flight.js";

/** The local day on which requests are counted now. */
export function judgingDay({ register, clock }: Pick<Ground, "register" | "clock">): string {
  return dateOf(wallTime(clock.now(), register.timeZone));
}

/** Counts what another store has counted today: a trial keeps to what is left of the caps. */
export function countSpentIn(ground: Ground, from: Store): void {
  const day = judgingDay(ground);
  const { answers } = ground.store;
  ground.store.transaction(() => {
    for (const { automation, ...spent } of from.answers.spentByEach(day))
      answers.spend(day, automation, spent);
  });
}

/**
 * Puts the most a request may cost aside until the returned function is called with what it did cost; that is counted
 * at once, whatever becomes of the question. Throws KnownError `spend-cap`.
 */
export function reserve(ground: Ground, watched: Watched, mostMicros: number): (costMicros: number) => void {
  const { store, register, inFlight } = ground;
  const { id } = watched.entry;
  const day = judgingDay(ground);
  const own = inFlight.reserved.get(id) ?? nothing;
  const all = [...inFlight.reserved.values()].reduce(plus, nothing);
  const full =
    fullness(watched.judging, store.answers.spentOn(day, id), own, mostMicros) ??
    fullness(register.asking.cap, store.answers.spentByAll(day), all, mostMicros);
  if (full !== null) {
    throw new KnownError("spend-cap", `not asked: today's limit for judging is reached, ${full}`);
  }
  inFlight.reserved.set(id, plus(own, { questions: 1, micros: mostMicros }));
  return (costMicros) => {
    const present = inFlight.reserved.get(id) ?? nothing;
    inFlight.reserved.set(id, plus(present, { questions: -1, micros: -mostMicros }));
    store.transaction(() => store.answers.spend(judgingDay(ground), id, { questions: 1, costMicros }));
  };
}

const nothing: Reserved = { questions: 0, micros: 0 };

function plus(left: Reserved, right: Reserved): Reserved {
  return { questions: left.questions + right.questions, micros: left.micros + right.micros };
}

/** Why one more request does not fit, or null. One that costs nothing always fits the money. */
function fullness(cap: JudgingCap, spent: DaySpend, reserved: Reserved, mostMicros: number): string | null {
  if (spent.questions + reserved.questions + 1 > cap.dailyQuestions)
    return `${sayOf({ hits: spent.questions, n: cap.dailyQuestions })} questions asked`;
  if (mostMicros > 0 && spent.costMicros + reserved.micros + mostMicros > cap.dailyMicros)
    return `${sayDollars(spent.costMicros)} of ${sayDollars(cap.dailyMicros)} spent, and one more question may cost ${sayDollars(mostMicros)}`;
  return null;
}
