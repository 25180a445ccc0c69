/**
 * What is followed of a golden set: whether its cases go on to agree, and whether what comes in is still what it asks.
 * In: the entry, the checks that decide, the known inputs. Out: drafts of metric plans.
 */
import type { Automation } from "../domain/automation.js";
import { levels } from "../domain/check.js";
import type { Json } from "../domain/json.js";
import { coverageOf } from "../golden/coverage.js";
import { canonicalJson } from "../text/json-value.js";
import { goldenCoverage, goldenMetric } from "./golden-metric.js";
import { type Draft, hash, type PlannedCheck } from "./metric-draft.js";

/** How the golden set is followed. */
export interface FollowGolden {
  /** Ids of the checks that decide whether a known answer agrees. */
  readonly checks: readonly string[];
  /** Runs from which a case is learned: 10 usually; with 5 it is watched sooner, and found later. */
  readonly baselineRuns: number;
  /** The known inputs. */
  readonly inputs: readonly Json[];
}

/** The metrics of a golden set. */
export function planGolden(
  entry: Automation,
  checks: readonly PlannedCheck[],
  golden: FollowGolden,
): readonly Draft[] {
  const deciding = checks.filter(({ check }) => golden.checks.includes(check.id));
  return [agreement(entry, deciding, golden.baselineRuns), coverage(golden.inputs)];
}

/** Never louder than the loudest check it rests on: what is too weak to wake someone by itself stays so here. */
function agreement(entry: Automation, deciding: readonly PlannedCheck[], baselineRuns: number): Draft {
  const declared = deciding.map(({ check }) => check.level ?? entry.driftLevel);
  const loudest = levels.find((level) => declared.includes(level)) ?? entry.driftLevel;
  const quieter = levels.indexOf(loudest) > levels.indexOf(entry.driftLevel) ? loudest : entry.driftLevel;
  return {
    id: goldenMetric,
    title: "known answers that agree",
    kind: "golden-cases",
    level: quieter,
    rule: "golden",
    higherIsBetter: true,
    // counted in runs of each case: a set that grows or shrinks must not begin anew
    baseline: { outputs: 0, runs: baselineRuns },
    // another check decides by other rules; the cases have fingerprints of their own
    settingsHash: hash(deciding.map(({ check, settings }) => [check.id, settings])),
    // fed by golden runs alone
    observe: () => undefined,
  };
}

/** Only for the digest: the automation may be fine, the golden set says less about it than it did. */
function coverage(inputs: readonly Json[]): Draft {
  const covers = coverageOf(inputs);
  return {
    id: goldenCoverage,
    title: "inputs like those of the golden set",
    kind: "pass-share",
    level: "digest",
    higherIsBetter: true,
    settingsHash: hash(inputs.map(canonicalJson)),
    observe: (output) => (output.input === null ? undefined : covers(output.input)),
  };
}
