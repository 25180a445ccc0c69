import type { Asking } from "../domain/asking.js";
import type { Check } from "../domain/check.js";
import { messageOf } from "../domain/errors.js";
import type { Output } from "../domain/output.js";
import { error, type Verdict } from "../domain/verdict.js";
import { shown } from "../text/shown.js";

/** The verdict of every check on one output, by check id; a check that throws could not tell. */
export async function runChecks(
  checks: readonly Check[],
  output: Output,
  asking: Asking,
): Promise<ReadonlyMap<string, Verdict>> {
  const verdicts = new Map<string, Verdict>();
  for (const check of checks) {
    try {
      const verdict = check.judge(output, asking);
      verdicts.set(check.id, verdict instanceof Promise ? await verdict : verdict);
    } catch (thrown) {
      verdicts.set(check.id, error(`could not tell: ${shown(messageOf(thrown), 300)}`));
    }
  }
  return verdicts;
}
