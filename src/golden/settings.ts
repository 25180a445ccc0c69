/**
 * The settings of golden sets as the configuration writes them, and the way from checked settings to a
 * probe.
 */
import { z } from "zod";
import { SourceError } from "../domain/errors.js";
import { settingsByType } from "../text/setting-types.js";
import type { Probe, ProbePorts } from "./probe.js";
import { probeTypes } from "./registry.js";

const anyProbe = z.looseObject({ type: z.string() });

/** Settings of a probe, told apart by `type`. */
export const probeSettings = settingsByType(
  [...probeTypes.values()].map(({ type, settings }) =>
    settings.extend({ type: z.literal(type).describe("Kind of probe") }),
  ),
).pipe(anyProbe);

/** Checked settings of a probe. */
export type ProbeSettings = z.infer<typeof anyProbe>;

/** Builds the probe that checked settings describe. */
export function prepareProbe(settings: ProbeSettings, ports: ProbePorts): Probe {
  const { type, ...own } = settings;
  const probeType = probeTypes.get(type);
  if (probeType === undefined)
    throw new SourceError("unknown-probe", `there is no kind of probe called ${type}`);
  return probeType.prepare(own, ports);
}

/** Settings of a golden set. */
export const goldenSettings = z.strictObject({
  cases: z
    .string()
    .min(1)
    .describe("File with one case a line: id, input, expected, tags, owner, reviewBy; relative to this file"),
  probe: probeSettings.describe("How the inputs are put to the automation"),
  schedule: z.string().min(1).optional().describe("Cron expression, or every 6h; without one only on demand"),
  effects: z
    .enum(["none", "test-mode", "real"])
    .describe(
      "What a probe sets off: none (it only answers), test-mode (the automation knows the mark and holds back), real (mails go out, records are written: never on a schedule without a recorded override)",
    ),
  checks: z
    .array(z.string().min(1))
    .min(1)
    .optional()
    .describe("Ids of the checks that decide whether a case agrees; by default all of them"),
  baselineRuns: z
    .int()
    .min(5)
    .max(100)
    .default(10)
    .describe("Runs from which the usual result of each case is learned; with 5 a change is found later"),
  repeat: z
    .literal([1, 3, 5])
    .default(3)
    .describe(
      "How often a case that sometimes agrees and sometimes does not is asked in a run, at most; the majority decides. 1: never again. Only where effects are none or test-mode",
    ),
  reviewBy: z.iso
    .date()
    .optional()
    .describe("Date by which someone should look whether the known answers still hold, such as 2026-12-31"),
});
