import type { Verdict } from "../domain/verdict.js";

/** A case agrees when every deciding check passes; one that could not tell makes the case "could not tell". */
export function agreement(checks: readonly string[], said: ReadonlyMap<string, Verdict>): Verdict {
  const verdicts = checks.map(
    (check) => said.get(check) ?? { status: "skipped" as const, reason: "no such check" },
  );
  const failed = verdicts.find((each) => each.status === "fail");
  if (failed !== undefined) return failed;
  const unsure = verdicts.find((each) => each.status === "error");
  if (unsure !== undefined) return unsure;
  return verdicts.some((each) => each.status === "pass")
    ? { status: "pass" }
    : { status: "skipped", reason: "no check of this automation compares with the known answer" };
}
