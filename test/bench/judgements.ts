/**
 * What a year of spot checks tells, on simulated automations whose true quality is known: whether the stated intervals
 * hold it, how soon a check that people contradict is found, and how soon that people find more wrong than they did. `npm run bench:judgements` takes some seconds; exits 1
 * when a target is missed. Fixed seed.
 */
import { passShare } from "../../src/drift/kinds/pass-share.js";
import type { MetricSettings } from "../../src/drift/settings.js";
import { qualityWeeks } from "../../src/flow/human-quality.js";
import { humanPassShare, peopleBaseline } from "../../src/flow/people-metrics.js";
import { standingOf } from "../../src/review/contradicted.js";
import { estimateQuality, type JudgedPick } from "../../src/review/estimate-quality.js";
import { seeded } from "../drift/streams.js";

const next = seeded(20_261_126);
const weeks = 52;
const automations = 200;

/** Share of weeks whose interval holds the true quality, over automations that are judged so often a week by chance. */
function coverage(perWeek: number): number {
  let held = 0;
  for (let each = 0; each < automations; each += 1) {
    const truth = 0.5 + 0.5 * next();
    const picks: JudgedPick[] = [];
    for (let week = 0; week < weeks; week += 1) {
      // volume differs from week to week by a factor of up to ten
      const outputs = Math.ceil(20 * 10 ** next());
      for (let pick = 0; pick < perWeek; pick += 1)
        picks.push({ truth: next() < truth ? "right" : "wrong", inclusion: perWeek / outputs });
      const quality = estimateQuality(picks.slice(-qualityWeeks * perWeek));
      if (quality !== null && quality.interval.low <= truth && truth <= quality.interval.high) held += 1;
    }
  }
  return held / (automations * weeks);
}

/** Share of checks of a precision that are contradicted within so many judged fails. */
function demoted(precision: number, fails: number): number {
  const checks = 20_000;
  let found = 0;
  for (let each = 0; each < checks; each += 1) {
    const said = Array.from({ length: fails }, () => ({ wrong: next() < precision }));
    if (standingOf(said).contradictedAt !== null) found += 1;
  }
  return found / checks;
}

const followed: MetricSettings = {
  id: humanPassShare,
  kind: "pass-share",
  floor: null,
  baselineOutputs: peopleBaseline.outputs,
  baselineRuns: peopleBaseline.runs,
  minimumEffect: 0.03,
  timeZone: "UTC",
};
const alarmLevel = 1_000;

/** After how many judgements of one output each it alarms; null: it never does. */
function alarmsAfter(rateOf: (judged: number) => number, most: number): number | null {
  let metric = passShare.begin(followed);
  for (let judged = 1; judged <= most; judged += 1) {
    const seen = metric.observe({ runId: judged, at: judged, values: [next() < rateOf(judged)] }, alarmLevel);
    if (seen.alarm !== null) return judged;
    metric = seen.metric;
  }
  return null;
}

/** False alarms per 1,000 judgements at a steady rate. */
function falseAlarms(rate: number): number {
  let alarms = 0;
  let watched = 0;
  for (let each = 0; each < 100; each += 1) {
    const after = alarmsAfter(() => rate, 500);
    if (after !== null) alarms += 1;
    watched += (after ?? 500) - peopleBaseline.outputs;
  }
  return (1_000 * alarms) / watched;
}

/** Judgements from a change after sixty to the alarm: the middle of those found, and how many are. */
function delay(before: number, since: number): { readonly median: number; readonly found: number } {
  const changeAfter = 60;
  const delays = Array.from({ length: 100 }, () =>
    alarmsAfter((judged) => (judged <= changeAfter ? before : since), changeAfter + 300),
  ).flatMap((after) => (after !== null && after > changeAfter ? [after - changeAfter] : []));
  return { median: delays.sort((a, b) => a - b)[Math.floor(delays.length / 2)] ?? 0, found: delays.length };
}

const percent = (share: number): string => `${(100 * share).toFixed(1)}%`;
let missed = 0;
const target = (holds: boolean): string => {
  if (!holds) missed += 1;
  return holds ? "met" : "MISSED";
};

console.log(
  `Intervals of 95% that hold the true quality: ${automations} automations, ${weeks} weeks, 13 weeks looked back`,
);
for (const perWeek of [1, 3]) {
  const share = coverage(perWeek);
  const said = target(share >= 0.93 && share <= 0.98);
  console.log(`  ${perWeek} a week by chance: ${percent(share)}   target 93% to 98%   ${said}`);
}
console.log("\nChecks that go back on probation, by precision and by judged fails a week");
console.log("  a week   0.5 within 8 weeks   0.7 in a year   0.9 in a year   0.95 in a year");
for (const perWeek of [1, 2, 3]) {
  const bad = demoted(0.5, 8 * perWeek);
  const good = demoted(0.95, weeks * perWeek);
  const between = [0.7, 0.9].map((precision) => percent(demoted(precision, weeks * perWeek)).padStart(13));
  const said =
    perWeek === 3 ? `   targets 90% or more, 1% or less: ${target(bad >= 0.9 && good <= 0.01)}` : "";
  console.log(
    `  ${String(perWeek).padEnd(8)} ${percent(bad).padStart(18)}  ${between.join("   ")}  ${percent(good).padStart(15)}${said}`,
  );
}
console.log(
  `\nWhat people find right, followed: alarm level ${alarmLevel}, ${peopleBaseline.outputs} judgements to learn from`,
);
for (const rate of [0.99, 0.95, 0.9, 0.8]) {
  const alarms = falseAlarms(rate);
  const said = target(alarms <= 1);
  console.log(
    `  steady at ${percent(rate)}: ${alarms.toFixed(2)} false alarms per 1,000   target 1 or less   ${said}`,
  );
}
for (const since of [0.8, 0.6, 0.3]) {
  const { median, found } = delay(0.95, since);
  const said = since === 0.6 ? `   target 25 or less   ${target(median <= 25 && found >= 90)}` : "";
  console.log(`  from 95% to ${percent(since)}: found after ${median} judgements, ${found} of 100${said}`);
}
process.exitCode = missed === 0 ? 0 : 1;
