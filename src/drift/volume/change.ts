import { lnGamma } from "../../measure/ln-gamma.js";
import type { VolumeChange } from "../explanation.js";
import { certaintyOf } from "./level-stories.js";
import { addVolume, noVolume, type SeenHour, type Volume, type VolumeWatch } from "./watched-hours.js";

const half = 0.5;

/** The best account of what was seen, and whether it is large enough to tell anyone. */
export interface VolumeAccount {
  readonly explanation: VolumeChange;
  readonly passesGate: boolean;
}

/**
 * The hour at which the volume most likely changed, and by how much.
 *
 * Formula: the j that maximises L(before) + L(since), L = lnGamma(X + .5) - (X + .5) ln(E + .5), X = outputs / phi,
 * E = expected / phi; before = the profile (its certainty N as outputs and as expected) and the hours before j.
 * Where silence is the likeliest change, j follows the last hour with an output.
 * Assumes one abrupt change and the prior Gamma(1/2, 1/2) on both levels. Smallest sample: one hour.
 * Default: the latest two weeks are searched.
 * Source: A. E. Raftery, V. E. Akman, 1986, "Bayesian analysis of a Poisson process with a change-point",
 * Biometrika 73.
 */
export function accountOfVolume(watch: VolumeWatch): VolumeAccount | null {
  const start = watch.silence ? silenceStart(watch.history) : likeliestStart(watch);
  const first = watch.history[start];
  if (first === undefined) return null;
  const since = watch.history.slice(start);
  const { seen, expected } = since.reduce(addVolume, noVolume);
  const usual = levelBefore(watch, start) * expected;
  const explanation: VolumeChange = {
    what: "volume",
    startRunId: first.runId,
    startAt: first.at,
    evidence: watch.evidence,
    improvement: false,
    hours: since.length,
    expected: usual,
    seen,
  };
  return { explanation, passesGate: isLarge(explanation, watch.profile.phi) };
}

/** A quarter more, or a fifth less: a smaller change of volume never alarms. */
export const smallestRatio = 1.25;
const fewestOutputs = 2;

/**
 * Whether a change of volume is large enough to tell anyone.
 *
 * Formula: outputs since / expected since is at most 1/1.25 or at least 1.25, and the difference is at least
 * 2 phi outputs. Smallest sample: 2 outputs, come or missing. The counterpart of effect-gate.ts, in which a share
 * moves by 3 points and 2 outputs: a volume that moves by less than a fifth is what weeks do by themselves, and
 * arrivals that come in clumps of phi must differ by two clumps. Our own choice; see `npm run bench:detection`.
 */
function isLarge({ seen, expected }: Pick<VolumeChange, "seen" | "expected">, phi: number): boolean {
  const ratio = seen / Math.max(expected, Number.MIN_VALUE);
  return (
    Math.abs(seen - expected) >= fewestOutputs * phi && (ratio <= 1 / smallestRatio || ratio >= smallestRatio)
  );
}

/** The level of everything before an hour, against the profile; 1 is exactly as the profile says. */
function levelBefore(watch: VolumeWatch, start: number): number {
  const { seen, expected } = beforeHour(watch, start);
  return seen / Math.max(expected, Number.MIN_VALUE);
}

/** The profile's own weight and the hours before one of the history, divided by phi. */
export function beforeHour(watch: VolumeWatch, start: number): Volume {
  const { phi } = watch.profile;
  const certainty = certaintyOf(watch.profile);
  const hours = watch.history.slice(0, start).reduce(addVolume, watch.older);
  return { seen: certainty + hours.seen / phi, expected: certainty + hours.expected / phi };
}

function silenceStart(history: readonly SeenHour[]): number {
  return history.findLastIndex(({ seen }) => seen > 0) + 1;
}

function likeliestStart(watch: VolumeWatch): number {
  const { phi } = watch.profile;
  let before = beforeHour(watch, 0);
  let since = perClump(watch.history.reduce(addVolume, noVolume), phi);
  let best = Number.NEGATIVE_INFINITY;
  let start = 0;
  watch.history.forEach((hour, at) => {
    const likelihood = lnLikelihood(before) + lnLikelihood(since);
    if (likelihood > best) {
      best = likelihood;
      start = at;
    }
    const moved = perClump(hour, phi);
    before = addVolume(before, moved);
    since = addVolume(since, { seen: -moved.seen, expected: -moved.expected });
  });
  return start;
}

function perClump({ seen, expected }: Volume, phi: number): Volume {
  return { seen: seen / phi, expected: expected / phi };
}

/** Of counts at one level, without what depends on the hours alone; rounding may leave a trifle under nothing. */
function lnLikelihood({ seen, expected }: Volume): number {
  const outputs = Math.max(0, seen) + half;
  return lnGamma(outputs) - outputs * Math.log(Math.max(0, expected) + half);
}
