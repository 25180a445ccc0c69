/**
 * What is followed of every automation without being asked.
 */
import type { Automation } from "../domain/automation.js";
import type { Level } from "../domain/check.js";
import { dollarsOf } from "../domain/money.js";
import type { Output } from "../domain/output.js";
import { countCodePoints } from "../text/count-code-points.js";
import type { Draft } from "./metric-draft.js";
import { volumeMetric } from "./volume-metric.js";

/** Silence is as loud as the risk says; that more or fewer outputs come than usual waits for the digest. */
export function volume(entry: Automation): Draft {
  return {
    id: volumeMetric,
    title: "outputs an hour",
    kind: "volume",
    level: entry.driftLevel,
    // fed by the hours' counts alone
    observe: () => undefined,
  };
}

const digest: Level = "digest";

/** Metrics of every automation. */
export const always: readonly Draft[] = [
  {
    id: "number:length",
    title: "length",
    kind: "number",
    unit: "characters",
    level: digest,
    observe: (output) =>
      output.error !== null && output.text === "" ? undefined : countCodePoints(output.text),
  },
  {
    id: "number:latency",
    title: "latency",
    kind: "number",
    unit: "ms",
    level: digest,
    observe: (output) => output.latencyMs ?? undefined,
  },
  {
    id: "number:cost",
    title: "cost",
    kind: "number",
    unit: "USD",
    level: digest,
    observe: (output) => (output.costMicros === null ? undefined : dollarsOf(output.costMicros)),
  },
  {
    id: "run:latency",
    title: "latency of a run",
    kind: "number-per-run",
    unit: "ms",
    level: digest,
    perRun: { of: "number:latency", by: "median" },
    observe: () => undefined,
  },
  {
    id: "run:cost",
    title: "cost of a run",
    kind: "number-per-run",
    unit: "USD",
    level: digest,
    perRun: { of: "number:cost", by: "mean" },
    observe: () => undefined,
  },
  {
    id: "errors",
    title: "outputs the automation reports as errors",
    kind: "pass-share",
    level: digest,
    higherIsBetter: false,
    observe: (output: Output) => output.error !== null,
  },
  {
    id: "retried",
    title: "outputs that took more than one try",
    kind: "pass-share",
    level: digest,
    higherIsBetter: false,
    observe: (output: Output) => (output.retries === null ? undefined : output.retries > 0),
  },
  {
    id: "unsure",
    title: "outputs a check could not tell about",
    kind: "pass-share",
    level: digest,
    higherIsBetter: false,
    observe: (_output, verdicts) =>
      verdicts.size === 0 ? undefined : [...verdicts.values()].some((each) => each.status === "error"),
  },
  {
    id: "rejected",
    title: "drafts that people edited or rejected",
    kind: "pass-share",
    level: digest,
    higherIsBetter: false,
    observe: (output) => (output.approval === null ? undefined : output.approval !== "approved"),
  },
];
