/**
 * Measures the drift detector on simulated streams and on real outputs against the figures it has to reach, with
 * fixed seeds, beside what a user would have today. `npm run bench:detection` takes an hour or less, with `-- --quick`
 * about two minutes; exits 1 when a target is missed by more than two standard errors. The real outputs are looked
 * for in the folder that `--data DIR` names.
 */

import { compare, comparedRows, comparedTable } from "./detection-compared.js";
import { goldenRows } from "./detection-golden.js";
import { latencyPerRunRows } from "./detection-latency-per-run.js";
import { categoryRows, numberRows } from "./detection-number-category.js";
import {
  acceptedRows,
  delayRows,
  falseAlarmRows,
  fleetRows,
  smallEffectRows,
  variationRows,
} from "./detection-pass-share.js";
import { recoveryRows } from "./detection-recovery.js";
import { runSizeRows } from "./detection-run-size.js";
import { shapeRows } from "./detection-shape.js";
import { silenceRows, volumeRows } from "./detection-volume.js";
import { controlRows, folderOfOutputs, replayRows } from "./prime-replays.js";
import { printSections, type Section } from "./row-table.js";

const quick = process.argv.includes("--quick");
const folder = folderOfOutputs();
const noOutputs = "Left out: the real outputs are not here; name their folder with --data DIR.";
const compared = compare(quick ? 10 : 250, quick ? 50 : 1_000);

const sections: readonly Section[] = [
  ["Pass shares, 20 a run, A = 1,000: nothing changes", falseAlarmRows(quick ? 50 : 250)],
  ["Pass shares: a change after 20 unchanged runs", delayRows(quick ? 500 : 1_000)],
  ["Small effects: the gate, and a stated floor", smallEffectRows(quick ? 250 : 1_000)],
  ["After a change was accepted", acceptedRows(quick ? 30 : 200)],
  ["Run-to-run variation", variationRows(quick ? 30 : 250)],
  ["A fleet at A = 172,800", fleetRows(quick ? 1 : 4, quick ? 100 : 500)],
  ["Other run sizes, and a baseline of 40", quick ? "Left out of --quick." : runSizeRows(100, 400)],
  ["Recovery", recoveryRows(quick ? 60 : 400, quick ? [20] : [5, 10, 20, 50])],
  ["Numbers", numberRows(quick ? 60 : 300)],
  ["Categories", categoryRows(quick ? 40 : 200, quick ? [3, 8, 20] : [3, 8, 20, 50])],
  ["Shape of structured output", shapeRows(quick ? 20 : 200, quick ? [200] : [10, 50, 200])],
  ["Golden runs, 50 cases, baseline of 10 runs, A = 1,000", goldenRows(quick ? 20 : 300)],
  ["Volume, a weekly pattern, A = 1,000 hours", volumeRows(quick ? 6 : 200)],
  ["Silence", silenceRows(quick ? 10 : 200)],
  ["Latency per run with a daily pattern, A = 1,000", latencyPerRunRows(quick ? 3 : 150)],
  ["Real outputs in random order", folder === null ? noOutputs : replayRows(folder, quick ? 10 : 400)],
  ["Real outputs, nothing changes", folder === null ? noOutputs : controlRows(folder, quick ? 10 : 100)],
  ["What a user would have today, on the same streams, 20 a run, baseline 100", comparedRows(compared)],
];

const missed = printSections(sections);
console.log(`\n${comparedTable(compared)}`);
process.exitCode = missed === 0 ? 0 : 1;
