/**
 * What became of outputs that went out, in words. In: states and counts. Out: phrases. Never says whether that is enough.
 */
import { type ReworkCounts, type ReworkState, reworkStates } from "../domain/rework.js";
import { sayNumber } from "./numbers.js";

const words: Readonly<Record<ReworkState, string>> = {
  "to-check": "still to check",
  fine: "fine",
  redone: "redone",
  waived: "waived",
};

/** "still to check". */
export function sayReworkState(state: ReworkState): string {
  return words[state];
}

/** "12 still to check, 3 redone, 40 waived": what there is of each. */
export function sayRework(counts: ReworkCounts): string {
  return reworkStates
    .filter((state) => counts[state] > 0)
    .map((state) => `${sayNumber(counts[state])} ${words[state]}`)
    .join(", ");
}

/** Beside the box that ends an incident although outputs are still to check. */
export const waiveLabel = "Leave the rest as it is";

/** Beside the box that switches back against what the newest sample says. */
export const overruleLabel = "Although no fresh sample passes, for the reason above, on record";

/** What the checks of the incident say of an output: "fails". */
export function sayResult(result: "fail" | "pass" | "unknown"): string {
  return results[result];
}

const results = { fail: "fails", pass: "passes", unknown: "not looked at" };
