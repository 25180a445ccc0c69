import { distance } from "fastest-levenshtein";
import { foldText } from "../text/fold.js";
import type { Claim } from "./grounding-claims.js";
import type { Facts } from "./grounding-facts.js";

const mostCompared = 5_000;
const longestCompared = 60;

/** What the input has instead, as it is written there; null: nothing like it. */
export function nearestFact(claim: Claim, facts: Facts, at: number): string | null {
  const fact = claim.anyOf[0]?.[0];
  if (fact === undefined) return null;
  const value = fact.slice(fact.indexOf(" ") + 1);
  if (fact.startsWith("number ")) return closest(value, facts.written.numbers, significant, 0.5);
  if (fact.startsWith("day ")) {
    const { days } = facts.written;
    return days.get(value.replace(/^\d{4}-(?=\d\d-)/, "--")) ?? closest(value, days, (day) => day, 0.2);
  }
  if (fact.startsWith("currency ")) return [...facts.written.currencies.values()][0] ?? null;
  if (!fact.startsWith("name ")) return null;
  const missing = value.split(" ").filter((word) => !facts.has(`name ${word}`, at));
  return closest(foldText(missing[0] ?? ""), facts.written.words, (word) => word, 0.34);
}

/** The digits that count: 1249.00 and 12.49 differ by a point only. */
function significant(decimal: string): string {
  return decimal.replace(/\D/g, "").replace(/^0+|0+$/g, "");
}

function sorted(text: string): string {
  return [...text].sort().join("");
}

function closest(
  wanted: string,
  known: ReadonlyMap<string, string>,
  form: (key: string) => string,
  slack: number,
): string | null {
  const sought = form(wanted).slice(0, longestCompared);
  const letters = sorted(sought);
  let best: { written: string; apart: number } | null = null;
  let compared = 0;
  for (const [key, written] of known) {
    compared += 1;
    if (compared > mostCompared) break;
    const candidate = form(key).slice(0, longestCompared);
    if (Math.abs(candidate.length - sought.length) > 2) continue;
    // letters or digits that changed places are one slip
    const apart =
      letters === sorted(candidate) ? Math.min(1, distance(sought, candidate)) : distance(sought, candidate);
    if (
      apart <= (sought.length < 3 ? 0 : Math.max(1, Math.floor(sought.length * slack))) &&
      (best === null || apart < best.apart)
    ) {
      best = { written, apart };
    }
  }
  return best?.written ?? null;
}
