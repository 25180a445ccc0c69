import type { Counts } from "../measure/counts.js";
import { type Interval, wilsonInterval } from "../measure/wilson-interval.js";

/** How often a check said what of outputs that people judged. */
export interface JudgedVerdicts {
  /** The check failed, and people say wrong. */
  readonly failWrong: number;
  /** The check failed, and people say right. */
  readonly failRight: number;
  /** The check passed, and people say wrong. */
  readonly passWrong: number;
  /** The check passed, and people say right. */
  readonly passRight: number;
}

/** A share with what it rests on. */
export interface StatedShare extends Counts {
  readonly share: number;
  /** 95%. */
  readonly interval: Interval;
}

/** Agreement beyond chance with what it rests on. */
export interface StatedKappa {
  readonly value: number;
  /** 95%. */
  readonly interval: Interval;
}

/** How far a check agrees with people; null: nothing to tell it from. */
export interface Agreement {
  /** Of what it failed, how much is wrong. */
  readonly precision: StatedShare | null;
  /** Of what is wrong, how much it failed. */
  readonly recall: StatedShare | null;
  /** Agreement beyond chance: 1 always, 0 no better than chance; null where one side always says the same. */
  readonly kappa: StatedKappa | null;
  /** Judged outputs it said pass or fail of. */
  readonly judged: number;
}

/**
 * A check against people.
 *
 * Precision and recall with Wilson's interval; kappa = (po - pe) / (1 - pe), with po the share on which both say the
 * same and pe what chance alone would give; its interval is Wilson's of po with pe held fixed, as Cohen's own limits
 * hold it (J. Cohen, 1960, "A coefficient of agreement for nominal scales"), so that few outputs give a wide one. Outputs
 * that were not picked by chance lie where checks disagree: precision takes all, and is on the strict side.
 */
export function agreementOf(all: JudgedVerdicts): Agreement {
  const { failWrong, failRight, passWrong, passRight } = all;
  return {
    precision: stated({ hits: failWrong, n: failWrong + failRight }),
    recall: stated({ hits: failWrong, n: failWrong + passWrong }),
    kappa: kappaOf(all),
    judged: failWrong + failRight + passWrong + passRight,
  };
}

function stated(counts: Counts): StatedShare | null {
  if (counts.n === 0) return null;
  return { ...counts, share: counts.hits / counts.n, interval: wilsonInterval(counts) };
}

function kappaOf({ failWrong, failRight, passWrong, passRight }: JudgedVerdicts): StatedKappa | null {
  const n = failWrong + failRight + passWrong + passRight;
  if (n === 0) return null;
  const observed = (failWrong + passRight) / n;
  const bothWrong = ((failWrong + failRight) / n) * ((failWrong + passWrong) / n);
  const bothRight = ((passWrong + passRight) / n) * ((failRight + passRight) / n);
  const chance = bothWrong + bothRight;
  if (chance === 1) return null;
  const beyond = (share: number) => (share - chance) / (1 - chance);
  const { low, high } = wilsonInterval({ hits: failWrong + passRight, n });
  return { value: beyond(observed), interval: { low: beyond(low), high: beyond(high) } };
}
