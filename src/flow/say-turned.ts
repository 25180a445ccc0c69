import type { TurnedCase } from "../drift/explanation.js";
import { excerpt } from "../text/excerpt.js";
import { sayOf } from "../wording/numbers.js";
import { sayListUpTo } from "../wording/sentences.js";

/** So many cases are named. */
const mostNamed = 5;

/** "“late-delivery” and “refund-over-100” turned": the surest first, those that were never steady said to be. */
export function sayTurned(turned: readonly TurnedCase[]): string {
  return `${sayListUpTo(turned.map(sayCase), mostNamed)} turned`;
}

function sayCase({ case: id, before }: TurnedCase): string {
  const fails = before.n - before.hits;
  const flickered = before.hits > 1 && fails > 1 && fails * 10 >= before.n;
  return `“${excerpt(id)}”${flickered ? ` (not steady before: ${sayOf(before)})` : ""}`;
}
