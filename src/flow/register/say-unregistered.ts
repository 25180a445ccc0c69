import type { UnregisteredName } from "../../store/unregistered.js";
import { sayCount } from "../../wording/numbers.js";
import { sayDayAndTime } from "../../wording/times.js";
import { type Ground, watchedOf } from "../ground.js";

/** "84 outputs since 12 Nov 07:10, the last today 06:10, with the token of Support triage, model gpt-5-mini". */
export function sayUnregistered({ register, clock }: Ground, each: UnregisteredName): string {
  const say = (at: number) => sayDayAndTime(at, register.timeZone, clock.now());
  const { sender } = each;
  const much = sender === null ? sayCount(each.requests, "request") : sayCount(each.outputs, "output");
  const from =
    sender === null
      ? "without a token that is known here, so only the name is noted: someone who guesses, or a sender whose token was never set up"
      : `${each.way === "row" ? "in rows read for" : "with the token of"} ${watchedOf(register, sender)?.entry.title ?? sender}`;
  const last = each.requests === 1 ? "" : `, the last ${say(each.lastSeenAt)}`;
  return [
    `${much} since ${say(each.firstSeenAt)}${last}`,
    from,
    ...(each.model === null ? [] : [`model ${each.model}`]),
  ].join(", ");
}
