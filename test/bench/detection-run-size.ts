import { metricSettings } from "../drift/streams.js";
import { delays, falseAlarms, type Row } from "./detection-measure.js";
import { effects, scene } from "./detection-pass-share.js";

const seed = 20_260_905;

/** Run sizes and baselines beside the usual ones, with what DETECTION 1.9 measured: the worst rate, then four delays. */
const plans = [
  { n: 20, baseline: 40, references: [0.87, 134, 38, 38, 345] },
  { n: 1, baseline: 100, references: [0.87, 121, 23, 22, 351] },
  { n: 5, baseline: 100, references: [0.9, 158, 30, 29, 636] },
  { n: 10, baseline: 100, references: [0.9, 143, 33, 33, 434] },
  { n: 50, baseline: 100, references: [0.61, 142, 55, 55, 336] },
] as const;

/** False alarms and delays at other run sizes and with a smaller baseline. */
export function* runSizeRows(unchangedStreams: number, changedStreams: number): Generator<Row> {
  for (const { n, baseline, references } of plans) {
    const settings = metricSettings({ baselineOutputs: baseline, baselineRuns: baseline < 100 ? 2 : 5 });
    const [worst, ...expected] = references;
    for (const rate of [0.1, 0.95]) {
      yield {
        name: `${n} a run, baseline ${baseline}: no change at a pass rate of ${rate}`,
        unit: "false alarms per 1,000 runs",
        measured: falseAlarms(
          { ...scene(rate, rate, { settings, n }), unchangedRuns: 1_000 },
          unchangedStreams,
          seed,
        ),
        target: 1,
        reference: worst,
      };
    }
    for (const [i, { from, to }] of effects.entries()) {
      const { mean, found } = delays(
        { ...scene(from, to, { settings, n }), changedRuns: n === 1 ? 6_000 : 300 },
        changedStreams,
        seed,
      );
      yield {
        name: `  ${from} to ${to}`,
        unit: `outputs; found ${(100 * found).toFixed(0)}%`,
        measured: mean,
        target: null,
        reference: expected[i] ?? null,
      };
    }
  }
}
