import { type Counts, shareOf } from "../measure/counts.js";
import { alarmFactor } from "./shares/alarm-factor.js";
import {
  type Outlook,
  type Stories,
  storiesFromBaseline,
  storiesOfKnownRate,
  tellRun,
} from "./shares/share-detector.js";

/** A share with all that decides how soon it can alarm. */
export interface KnownShare {
  /** What its usual level is known from: the baseline and the unchanged outputs since. */
  readonly known: Counts;
  /** The stated rate that stands in place of a learned one; null: learned. */
  readonly floor: number | null;
  /** Whether an output in the share is a pass or a fail to the share detector. */
  readonly hitsAre: "passes" | "fails";
  readonly outlook: Outlook;
  /** The prior's b: 0.1 for pass/fail, 0.5 otherwise. */
  readonly b: number;
  /** Its part in the metric's evidence. */
  readonly weight: number;
  /** By how much its runs vary more than independent outputs. */
  readonly variation: number;
  /** Whether c of alarm-factor.ts lowers the alarm level. */
  readonly usesAlarmFactor: boolean;
}

/** How it is watched. */
export interface Watching {
  /** A: the mean number of runs without a change until it alarms. */
  readonly level: number;
  /** Drawn outputs of a run; a fraction where most runs have none. */
  readonly outputsPerRun: number;
  /** The smallest difference of shares worth telling. */
  readonly minimumEffect: number;
}

/** A change that takes longer to show is one that cannot be shown. */
const mostOutputs = 10_000;
/** Each step looks so much further than what was seen before it. */
const stepGrowth = 0.1;
/** The ups and downs of single runs bring ln evidence to its goal before the run of things does, by so much. */
const headStart = 0.5;
/** As in the effect gate. */
const fewestOutputs = 2;
/** 0.95 and 0.92 are 3 points apart, whatever binary fractions make of it. */
const rounding = 1e-9;

/**
 * About how many outputs pass, after a share has become `after`, until it alarms; null: it does not alarm within
 * 10,000 outputs, for by then the new level has been learned as the usual one.
 *
 * Formula: the share detector is told the outputs to be expected, `after` of them in the share, until
 * ln evidence >= ln(c A / weight) - 1/2 and the effect gate is passed; inside a step ln evidence is a straight line.
 * A change begins somewhere inside a run and shows at the end of one: half a run is added, a whole one is the least.
 * Its limit is that ln evidence can hardly exceed outputs known x KL(before, after), whatever the method: the known
 * outputs themselves must be unlikely under the new rate (DETECTION 5; S. Kullback, R. A. Leibler, 1951, "On
 * information and sufficiency"). With many of them it nears the bound ln(A) / KL(after, before) of G. Lorden, 1971,
 * "Procedures for reacting to a change in distribution".
 * Assumes independent outputs, or the variation given, and that no other share of the metric moves: where others
 * do, the change shows sooner. Smallest sample: one known output.
 * Default: the 1/2 is fitted to the mean delays of DETECTION 1.9. With runs of 20 it is within 25% of each, with runs
 * of 5 to 50 within a third where the known outputs suffice by far (0.99 to 0.95 from 200 outputs does not). With 100
 * to 300 known outputs it is too hopeful by up to 40%: what they say of the usual level may be wrong, and then takes
 * much longer. An estimate for "how long would it take", never a reason to alarm.
 */
export function outputsToNotice(share: KnownShare, after: number, watching: Watching): number | null {
  const size = Math.max(1, Math.round(watching.outputsPerRun));
  const goal = Math.log(neededEvidence(share, watching.level, size)) - headStart;
  const least = outputsAtGate(share, after, watching.minimumEffect);
  if (least === null) return null;
  let told = { stories: begun(share), evidence: 0 };
  for (let seen = 0; seen < mostOutputs; ) {
    const step = Math.max(size, Math.ceil(seen * stepGrowth));
    const before = Math.log(told.evidence);
    told = tellRun(told.stories, share.outlook, ...countedIn(share, step, after));
    const now = Math.log(told.evidence);
    if (now >= goal && seen + step >= least) {
      if (seen === 0) return Math.max(step, least);
      const part = Math.min(1, Math.max(0, (goal - before) / (now - before)));
      return Math.max(size, least, seen + part * step + size / 2);
    }
    seen += step;
  }
  return null;
}

/** What is usual: the stated rate of a floor, as long as nothing is known. */
export function usualShareOf({ known, floor }: KnownShare): number {
  return shareOf(known) ?? floor ?? 0;
}

function begun({ known, floor, hitsAre, outlook, b, variation }: KnownShare): Stories {
  if (floor !== null) return storiesOfKnownRate(floor, outlook);
  const [hits, misses] = [known.hits / variation, (known.n - known.hits) / variation];
  return hitsAre === "passes"
    ? storiesFromBaseline(hits, misses, b, outlook)
    : storiesFromBaseline(misses, hits, b, outlook);
}

/** Passes and fails to be expected of so many outputs, as they are told to the detector. */
function countedIn(
  { hitsAre, variation }: KnownShare,
  outputs: number,
  share: number,
): [passes: number, fails: number] {
  const hits = (outputs * share) / variation;
  const misses = (outputs * (1 - share)) / variation;
  return hitsAre === "passes" ? [hits, misses] : [misses, hits];
}

function neededEvidence(share: KnownShare, level: number, size: number): number {
  return (level * (share.usesAlarmFactor ? alarmFactor([size], share.variation) : 1)) / share.weight;
}

/** Outputs from which the change is large enough to tell anyone; null: it never is. */
function outputsAtGate(share: KnownShare, after: number, minimumEffect: number): number | null {
  const { floor } = share;
  const difference = floor === null ? Math.abs(after - usualShareOf(share)) : floor - after;
  const smallest = floor === null ? minimumEffect - rounding : rounding;
  return difference < smallest ? null : fewestOutputs / difference;
}
