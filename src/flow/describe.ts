/**
 * From what the detector found to the words of the owner.
 * In: an explanation, the metric it is about. Out: a headline ("what changed") and the finding with its sentence
 * ("what changed, since when"). Uses none of the detector's vocabulary.
 */
import type { Level } from "../domain/check.js";
import type { Finding } from "../domain/finding.js";
import type { Explanation, ShareChange, ShareName, VolumeChange } from "../drift/explanation.js";
import { sayDuration } from "../wording/durations.js";
import { type Share, sayChange, sayNumber } from "../wording/numbers.js";
import { sayInstant } from "../wording/times.js";
import { shapeHeadline } from "./describe-shape.js";
import type { MetricPlan } from "./ground.js";
import { humanPassShare, sayPeopleChange, sayPeopleSince } from "./people-metrics.js";
import { sayTurned } from "./say-turned.js";

const hourMs = 3_600_000;

/** A finding with the headline of an incident that it opens. */
export interface Found {
  readonly finding: Finding;
  readonly headline: string;
}

/** When and how a finding is told. */
export interface Telling {
  readonly level: Level;
  readonly foundAt: number;
  readonly chanceMonths: number | null;
  readonly timeZone: string;
  /** Where the change began, when times say nothing: "run 26". */
  readonly startName: string | null;
}

/** What the detector found, as a finding. */
export function describe(plan: MetricPlan, explanation: Explanation, telling: Telling): Found {
  const headline = sayHeadline(plan, explanation);
  const since = telling.startName ?? sayInstant(explanation.startAt, telling.timeZone, telling.foundAt);
  const { before, since: after } = measuredOf(explanation);
  return {
    headline,
    finding: {
      rule: plan.rule,
      metric: plan.id,
      check: plan.check,
      level: telling.level,
      baseline: before,
      current: after,
      evidence: explanation.evidence,
      changedAt: explanation.startAt,
      foundAt: telling.foundAt,
      chanceMonths: plan.rule === "floor" ? null : telling.chanceMonths,
      sentence: `${headline}${sinceClause(plan, explanation, since)}${movedClause(explanation)}`,
      improvement: isImprovement(plan, explanation),
    },
  };
}

function sinceClause({ id }: MetricPlan, explanation: Explanation, since: string): string {
  if (id === humanPassShare && explanation.what === "shares") return sayPeopleSince(explanation, since);
  const silent = explanation.what === "volume" && explanation.seen === 0;
  return silent ? `; the last came before ${since}` : ` since ${since}`;
}

/** True for a change that nobody needs to get up for: a share moved to its better side. */
export function isImprovement(plan: MetricPlan, explanation: Explanation): boolean {
  if (explanation.what === "shares" && explanation.share.kind === "pass" && plan.higherIsBetter !== null) {
    const rose = rate(explanation.since) > rate(explanation.before);
    return rose === plan.higherIsBetter;
  }
  return explanation.improvement;
}

function measuredOf(explanation: Explanation): { before: Finding["baseline"]; since: Finding["current"] } {
  if (explanation.what === "volume") return { before: null, since: null };
  const { before, since } = explanation;
  const medians = explanation.what === "shares" ? explanation.medians : null;
  // where the middle hardly moved, the sentence is about the share
  if (medians !== null && hasMoved(medians.before, medians.since)) {
    return { before: { median: medians.before, n: before.n }, since: { median: medians.since, n: since.n } };
  }
  return { before: { share: rate(before), n: before.n }, since: { share: rate(since), n: since.n } };
}

/** What changed, without since when: "usual latency rose from 1.2 s to about 2.4 s". */
export function sayHeadline(plan: MetricPlan, explanation: Explanation): string {
  switch (explanation.what) {
    case "shares":
      return sharesHeadline(plan, explanation);
    case "volume":
      return volumeHeadline(explanation);
    case "cases":
      return `${plan.title} ${sayChange(explanation.before, explanation.since)}: ${sayTurned(explanation.turned)}`;
  }
}

function volumeHeadline({ expected, seen, hours }: VolumeChange): string {
  const per = (count: number) => `${sayNumber(count / hours)} an hour`;
  if (seen === 0)
    return `no outputs for ${sayDuration(hours * hourMs)}, where about ${sayNumber(expected)} are usual`;
  return `outputs ${seen < expected ? "fell" : "rose"} from ${per(expected)} to ${per(seen)}`;
}

function sharesHeadline(plan: MetricPlan, explanation: ShareChange): string {
  const change = sayChange(explanation.before, explanation.since);
  const { share, medians } = explanation;
  switch (share.kind) {
    case "pass":
      if (plan.id === humanPassShare) return sayPeopleChange(explanation);
      return plan.check === null ? `${plan.title} ${change}` : `“${plan.title}” ${change} of outputs`;
    case "category":
      return `outputs with ${plan.title} “${share.category}” ${change}`;
    case "never-seen":
      return `outputs with a ${plan.title} never seen before ${change}${namesOf(explanation)}`;
    case "present":
    case "new-field":
      return shapeHeadline(explanation);
    case "above":
    case "below":
    case "outside": {
      const moved = medians === null ? null : medianChange(plan, medians.before, medians.since);
      return (
        moved ??
        `${plan.perRun === null ? "outputs" : "runs"} with ${plan.title} ${sayCut(share, plan)} ${change}`
      );
    }
  }
}

/** ": “refund”, “fraud”": the labels that came, commonest first. */
function namesOf({ newcomers }: ShareChange): string {
  const names = newcomers.slice(0, 3).map(({ value }) => `“${value}”`);
  return names.length === 0 ? "" : ` (${names.join(", ")})`;
}

/** "usual latency rose from 1.2 s to 2.4 s"; null where the middle value hardly moved. */
function medianChange(plan: MetricPlan, before: number, since: number): string | null {
  if (!hasMoved(before, since)) return null;
  const verb = since > before ? "rose" : "fell";
  return `usual ${plan.title} ${verb} from ${sayAmount(before, plan)} to about ${sayAmount(since, plan)}`;
}

function hasMoved(before: number, since: number): boolean {
  return Math.abs(since - before) > 0.1 * Math.abs(before);
}

/** "above 310 characters": which values of a number a share holds; nothing of other shares. */
export function sayCut(share: ShareName, plan: MetricPlan): string {
  switch (share.kind) {
    case "above":
      return `above ${sayAmount(share.cut, plan)}`;
    case "below":
      return `below ${sayAmount(share.cut, plan)}`;
    case "outside":
      return `outside ${sayAmount(share.cut[0], plan)} to ${sayAmount(share.cut[1], plan)}`;
    case "pass":
    case "category":
    case "never-seen":
    case "present":
    case "new-field":
      return "";
  }
}

/** "310 characters", "1.2 s": a value in the metric's unit. */
export function sayAmount(value: number, plan: Pick<MetricPlan, "unit">): string {
  if (plan.unit === "ms")
    return value >= 60_000
      ? sayDuration(value)
      : value >= 1000
        ? `${sayNumber(value / 1000)} s`
        : `${sayNumber(value)} ms`;
  return plan.unit === null ? sayNumber(value) : `${sayNumber(value)} ${plan.unit}`;
}

/** Where the mass came from: "; “billing” fell from 31% to about 6%". Categories only, at most two. */
function movedClause(explanation: Explanation): string {
  if (explanation.what !== "shares") return "";
  if (explanation.share.kind !== "category" && explanation.share.kind !== "never-seen") return "";
  const rose = rate(explanation.since) > rate(explanation.before);
  const others = explanation.moved
    .filter((move) => move.share.kind === "category" && rate(move.since) > rate(move.before) !== rose)
    .slice(0, 2)
    .map(
      (move) =>
        `“${move.share.kind === "category" ? move.share.category : ""}” ${sayChange(move.before, move.since)}`,
    );
  return others.length === 0 ? "" : `; ${others.join(", ")}`;
}

function rate(share: Share): number {
  return share.n === 0 ? 0 : share.hits / share.n;
}
