/**
 * What the watch cannot see yet, metric by metric: the smallest change it could show now, and how long larger ones
 * take. In: the stored states, the alarm levels, the rate of drawn outputs. Out: one sentence per followed metric.
 * Where it cannot be reckoned honestly it says "not known".
 */
import type { Level } from "../domain/check.js";
import type { FollowedShare, Metric } from "../drift/metric.js";
import { type Sight, sightOf } from "../drift/sight.js";
import { smallestRatio } from "../drift/volume/change.js";
import { fingerprintOf } from "../golden/fingerprint.js";
import { sayOf, sayReckoned } from "../wording/numbers.js";
import { upperFirst } from "../wording/sentences.js";
import { type AlarmLevels, alarmLevelOf } from "./alarm-levels.js";
import { type DrawnRate, drawnRate } from "./drawn-rate.js";
import type { Ground, MetricPlan, Watched } from "./ground.js";
import { withPromoted } from "./learning/promoted-cases.js";
import { type MetricBook, openBook } from "./metric-book.js";
import { humanPassShare } from "./people-metrics.js";
import { type Counting, sayShareOf, saySight } from "./say-sight.js";

/** A change of 10 points that takes longer than this is worth advice. */
const slowWeeks = 2;
/** Golden runs looked ahead. */
const mostGoldenRuns = 60;

/** What cannot be seen of one metric. */
export interface BlindSpot {
  readonly metric: string;
  readonly title: string;
  readonly check: string | null;
  readonly level: Level;
  readonly phase: Metric["phase"];
  readonly text: string;
  /** What to do about it, where it is slow. */
  readonly advice: string | null;
  /** Weeks until a change of 10 points shows; null: not known, or never. */
  readonly weeks: number | null;
}

/** What cannot be seen of one automation. */
export interface BlindSpots {
  readonly rate: DrawnRate;
  readonly metrics: readonly BlindSpot[];
}

/** Every followed metric of which something is known, what may notify first. */
export function blindSpots(ground: Ground, watched: Watched, levels: AlarmLevels): BlindSpots {
  const rate = drawnRate(ground, watched);
  const book = openBook(ground, watched);
  const golden = watched.golden === null ? null : withPromoted(ground, watched, watched.golden);
  const asked = { ...watched, golden };
  const loudness: readonly Level[] = ["page", "digest", "record"];
  const metrics = watched.metrics
    .filter((plan) => isFollowed(ground, watched, plan))
    .map((plan) => blindSpot({ watched: asked, book, rate, level: alarmLevelOf(levels, plan) }, plan));
  return {
    rate,
    metrics: metrics.toSorted((a, b) => loudness.indexOf(a.level) - loudness.indexOf(b.level)),
  };
}

/** What no output has ever told anything about is not followed, unless it was asked for. */
function isFollowed({ store }: Ground, { entry }: Watched, plan: MetricPlan): boolean {
  return plan.check !== null || plan.rule === "golden" || store.metrics.get(entry.id, plan.id) !== null;
}

interface Looking {
  readonly watched: Watched;
  readonly book: MetricBook;
  readonly rate: DrawnRate;
  readonly level: number;
}

type Said = Pick<BlindSpot, "text" | "advice" | "weeks">;

function blindSpot(looking: Looking, plan: MetricPlan): BlindSpot {
  const { metric, row } = looking.book.get(plan);
  const said = sayMetric(looking, plan, metric, row.learnedOutputs);
  const { id, title, check, level } = plan;
  return { metric: id, title, check, level, phase: metric.phase, ...said, text: upperFirst(said.text) };
}

function sayMetric(looking: Looking, plan: MetricPlan, metric: Metric, learnedOutputs: number): Said {
  if (plan.level === "record") return only(sayRecorded(looking.watched, plan));
  if (metric.phase === "learning") return only(sayLearning(plan, learnedOutputs));
  if (metric.phase === "alarmed")
    return only("it has changed already; a further change shows once that is over, fixed or accepted");
  switch (plan.settings.kind) {
    case "volume":
      return only(
        `changes to between ${sayReckoned(1 / smallestRatio)} and ${sayReckoned(smallestRatio)} of the usual number never show; how long others take is not known`,
      );
    case "golden-cases":
      return only(sayGolden(looking, metric));
    case "pass-share":
    case "number":
    case "number-per-run":
    case "category":
    case "shape":
      return sayShares(looking, plan, metric);
  }
}

function only(text: string): Said {
  return { text, advice: null, weeks: null };
}

function sayRecorded({ checks }: Watched, plan: MetricPlan): string {
  const check = checks.find(({ id }) => id === plan.check);
  return check?.rule.kind === "zero-tolerance"
    ? "one fail is enough; there is nothing to wait for"
    : "only recorded: no change of it is told";
}

function sayLearning({ settings }: MetricPlan, learnedOutputs: number): string {
  const ofOutputs =
    settings.kind !== "volume" && settings.kind !== "number-per-run" && settings.baselineOutputs > 0;
  const so = ofOutputs
    ? `: ${sayOf({ hits: Math.min(learnedOutputs, settings.baselineOutputs), n: settings.baselineOutputs })} outputs`
    : "";
  return `learning what is usual${so}; until then no change can be shown`;
}

/** Looks ahead: one known answer goes wrong and stays wrong, all others agree. */
function sayGolden({ watched, level }: Looking, metric: Metric): string {
  const cases = (watched.golden?.cases ?? []).map((each) => ({
    case: each.id,
    fingerprint: fingerprintOf(each),
  }));
  let next = metric;
  for (let runs = 1; cases.length > 0 && runs <= mostGoldenRuns; runs += 1) {
    const values = cases.map((each, at) => ({ ...each, pass: at > 0 }));
    const seen = next.observe(
      { runId: Number.MAX_SAFE_INTEGER - mostGoldenRuns + runs, at: 0, values },
      level,
    );
    if (seen.alarm !== null)
      return `one known answer that goes wrong and stays wrong shows once it was asked about ${runs} times`;
    next = seen.metric;
  }
  return "how soon one known answer that goes wrong shows is not known";
}

function sayShares({ watched, rate, level }: Looking, plan: MetricPlan, metric: Metric): Said {
  const share = tellingShare(metric.followed());
  if (share === null) return only("the smallest change that can be shown is not known");
  const { outputsPerRun, ...counting } = countingOf(rate, watched, plan);
  const towards = directionOf(plan, share);
  const sight = sightOf(share, { level, outputsPerRun, minimumEffect: plan.settings.minimumEffect }, towards);
  const subject = sayShareOf(share.share, plan);
  const floor =
    share.floor === null ? "" : `only what falls under the stated ${sayReckoned(share.floor)} shows: `;
  const text = `${floor}${subject === null ? "" : `${subject}: `}${saySight(sight, towards, counting)}`;
  const { slow, weeks } = slownessOf(sight, counting.perWeek);
  return { text, advice: slow ? adviceFor(rate, plan) : null, weeks };
}

/** In what a metric counts, how many of them come a week, and how many outputs it is fed at once. */
function countingOf(
  rate: DrawnRate,
  { entry }: Watched,
  { id, settings }: MetricPlan,
): Counting & { readonly outputsPerRun: number } {
  if (id === humanPassShare) return { noun: "outputs", perWeek: entry.spotCheck.perWeek, outputsPerRun: 1 };
  if (settings.kind === "number-per-run")
    return { noun: "runs", perWeek: rate.runsPerWeek, outputsPerRun: 1 };
  return { noun: "outputs", perWeek: rate.outputsPerWeek, outputsPerRun: rate.outputsPerRun };
}

/** Numbers: above the usual middle. Categories and fields: the commonest, whose loss would be the largest. */
function tellingShare(shares: readonly FollowedShare[]): FollowedShare | null {
  const first = shares[0] ?? null;
  if (first === null || (first.share.kind !== "category" && first.share.kind !== "present")) return first;
  const named = shares.filter(
    ({ share }) => share.kind === first.share.kind && !(share.kind === "present" && share.path === "$"),
  );
  return named.reduce((most, each) => (each.known.hits > most.known.hits ? each : most), first);
}

function directionOf(plan: MetricPlan, { share }: FollowedShare): "less" | "more" {
  if (share.kind === "pass") return plan.higherIsBetter === false ? "more" : "less";
  return share.kind === "category" || share.kind === "present" ? "less" : "more";
}

function slownessOf(
  { changes, nearest }: Sight,
  perWeek: number | null,
): { slow: boolean; weeks: number | null } {
  const ten = changes[0];
  if (ten === undefined) return { slow: nearest === null, weeks: null };
  if (ten.outputs === null) return { slow: true, weeks: null };
  const weeks = perWeek === null ? null : ten.outputs / perWeek;
  return { slow: weeks !== null && weeks > slowWeeks, weeks };
}

/** What helps; nothing where people look at as much as they were asked to, or where all outputs are drawn and there is no check to sharpen. */
function adviceFor({ drawsAll }: DrawnRate, { id, check, settings }: MetricPlan): string | null {
  if (id === humanPassShare) return null;
  const more = drawsAll ? [] : ["sample more (sample.size)"];
  const floor = check === null || settings.floor !== null ? [] : ["state a floor"];
  const ways = [...more, ...floor, ...(check === null ? [] : ["add a zero-tolerance check"])];
  const last = ways.at(-1);
  if (last === undefined) return null;
  return ways.length === 1 ? last : `${ways.slice(0, -1).join(", ")}${ways.length > 2 ? "," : ""} or ${last}`;
}
