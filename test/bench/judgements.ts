/**
 * What a year of spot checks tells, on simulated automations whose true quality is known: whether the stated intervals
 * hold it, and how soon a check that people contradict is found. `npm run bench:judgements` takes some seconds; exits 1
 * when a target is missed. Fixed seed.
 */
import { qualityWeeks } from "../../src/flow/human-quality.js";
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
process.exitCode = missed === 0 ? 0 : 1;
