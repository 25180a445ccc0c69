import type { SaidOfOutput } from "../store/spot-check.js";
import { sayCount } from "../wording/numbers.js";

/** Why an output was picked and what the checks said of it: told once it has been judged, so that it does not lead. */
export function sayPicked(why: string, checks: readonly SaidOfOutput[]): readonly string[] {
  const failed = checks.filter(({ status }) => status === "fail");
  const passed = checks.filter(({ status }) => status === "pass").length;
  return [
    `It was picked ${why}. ${sayCount(passed, "check")} passed it, ${failed.length} failed it.`,
    ...failed.map(({ check, reason }) => `“${check}”: ${reason ?? "the reason is no longer kept"}`),
  ];
}
