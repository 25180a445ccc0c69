/**
 * Measures the drift detector on simulated streams against the figures it has to reach, with fixed seeds.
 * `npm run bench:detection` takes some minutes, with `-- --quick` about one; exits 1 when a target
 * is missed by more than two standard errors.
 */

import { goldenRows } from "./detection-golden.js";
import { latencyPerRunRows } from "./detection-latency-per-run.js";
import { type Row, standing } from "./detection-measure.js";
import { categoryRows, numberRows } from "./detection-number-category.js";
import {
  acceptedRows,
  delayRows,
  falseAlarmRows,
  fleetRows,
  recoveryRows,
  smallEffectRows,
  variationRows,
} from "./detection-pass-share.js";
import { shapeRows } from "./detection-shape.js";
import { silenceRows, volumeRows } from "./detection-volume.js";

const quick = process.argv.includes("--quick");

const sections: readonly (readonly [string, Iterable<Row>])[] = [
  ["Pass shares, 20 a run, A = 1,000: nothing changes", falseAlarmRows(quick ? 50 : 250)],
  ["Pass shares: a change after 20 unchanged runs", delayRows(quick ? 500 : 1_000)],
  ["Small effects: the gate, and a stated floor", smallEffectRows(quick ? 250 : 1_000)],
  ["After a change was accepted", acceptedRows(quick ? 30 : 200)],
  ["Run-to-run variation", variationRows(quick ? 30 : 250)],
  ["A fleet at A = 172,800", fleetRows(quick ? 1 : 4, quick ? 100 : 500)],
  ["Recovery", recoveryRows(quick ? 60 : 400)],
  ["Golden runs, 50 cases, baseline of 10 runs, A = 1,000", goldenRows(quick ? 20 : 300)],
  ["Numbers", numberRows(quick ? 60 : 300)],
  ["Categories", categoryRows(quick ? 40 : 200, quick ? [3, 8, 20] : [3, 8, 20, 50])],
  ["Volume, a weekly pattern, A = 1,000 hours", volumeRows(quick ? 6 : 200)],
  ["Silence", silenceRows(quick ? 10 : 200)],
  ["Latency per run with a daily pattern, A = 1,000", latencyPerRunRows(quick ? 3 : 150)],
  ["Shape of structured output", shapeRows(quick ? 20 : 200, quick ? [200] : [10, 50, 200])],
];

const standings = new Map<string, number>();
for (const [title, rows] of sections) {
  console.log(`\n${title}`);
  console.log(`${"".padEnd(58)}${"target".padStart(8)}${"reference".padStart(11)}${"measured".padStart(18)}`);
  for (const row of rows) {
    const verdict = standing(row);
    standings.set(verdict, (standings.get(verdict) ?? 0) + 1);
    console.log(`${lineOf(row)}  ${verdict}`);
  }
}
const missed = standings.get("MISSED") ?? 0;
console.log(
  `\n${standings.get("met") ?? 0} targets met, ${standings.get("within error") ?? 0} overrun by less than two standard errors, ${missed} missed.`,
);
process.exitCode = missed === 0 ? 0 : 1;

function lineOf({ name, unit, measured, target, reference }: Row): string {
  const value = `${shortNumber(measured.value)} ± ${shortNumber(measured.error)}`;
  const columns = `${column(target).padStart(8)}${column(reference).padStart(11)}${value.padStart(18)}`;
  return `  ${name.padEnd(56)}${columns}  ${unit}`;
}

function column(value: number | null): string {
  return value === null ? "-" : shortNumber(value);
}

function shortNumber(value: number): string {
  return value.toFixed(value < 10 ? 2 : 0);
}
