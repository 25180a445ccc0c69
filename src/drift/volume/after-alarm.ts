import { lnGamma } from "../../measure/ln-gamma.js";
import { beforeHour } from "./change.js";
import {
  addVolume,
  noVolume,
  type SeenHour,
  type Volume,
  type VolumeAlarm,
  type VolumeWatch,
} from "./watched-hours.js";

const half = 0.5;
const fewestHours = 3;
const fewestExpected = 10;
const neededLnRatio = Math.log(20);

/**
 * Whether the volume is back.
 *
 * Formula: after silence, the first hour with an output. Else over the last r hours, for any r >= 3 in which at
 * least 10 outputs and as many as led to the alarm are usual,
 *   ln P(x; before) - ln P(x; since) >= ln 20,
 *   P(x; X, E) ~ Gamma(X + x + .5) (E + .5)^(X + .5) / (Gamma(X + .5) (E + e + .5)^(X + x + .5)),
 * all counts divided by phi; `since` are the hours from the start of the change up to these r.
 * Assumes hours that vary as counts around their profile. Smallest sample: 3 hours. Defaults: those of shares
 * (recovery.ts); "one good read" after silence: DETECTION 1.4.
 * Source: R. E. Kass, A. E. Raftery, 1995, "Bayes factors", JASA 90; the negative binomial predictive: A. Gelman
 * and others, 2013, "Bayesian Data Analysis", 2.6.
 */
export function volumeIsBack(watch: VolumeWatch, alarm: VolumeAlarm): boolean {
  const after = watch.history.slice(-alarm.hoursAfter);
  const latest = after.at(-1);
  if (latest === undefined) return false;
  const { explanation } = alarm;
  if (explanation.seen === 0) return latest.seen > 0;
  const { phi } = watch.profile;
  const start = watch.history.findIndex(({ at }) => at >= explanation.startAt);
  const before = beforeHour(watch, start);
  const since = watch.history.slice(start).reduce(addVolume, noVolume);
  const enough = Math.max(fewestExpected, alarm.expectedToAlarm);
  let recent = noVolume;
  for (let back = 1; back <= after.length; back += 1) {
    recent = addVolume(recent, after.at(-back) ?? noVolume);
    if (back < fewestHours || recent.expected < enough) continue;
    const earlier = { seen: since.seen - recent.seen, expected: since.expected - recent.expected };
    const usual = lnPredicted(scaled(recent, phi), before);
    if (usual - lnPredicted(scaled(recent, phi), scaled(earlier, phi)) >= neededLnRatio) return true;
  }
  return false;
}

function scaled({ seen, expected }: Volume, phi: number): Volume {
  return { seen: seen / phi, expected: expected / phi };
}

function lnPredicted(latest: Volume, known: Volume): number {
  const outputs = Math.max(0, known.seen) + half;
  const usual = Math.max(0, known.expected) + half;
  return (
    lnGamma(outputs + latest.seen) -
    lnGamma(outputs) +
    outputs * Math.log(usual) -
    (outputs + latest.seen) * Math.log(usual + latest.expected)
  );
}

const leastCertain = 5;
const mostCertain = 50;
/** A level under this is not believed: it would take for ever to miss anything. */
const lowestLevel = 0.1;

/**
 * From when on nothing comes at all, although a smaller change was found before; null: something still comes.
 * Without it a halved volume that nobody has decided about would hide the silence after it.
 *
 * Formula: (1 + l E / n)^n >= A over the hours since the last output, E = outputs usual in them / phi, l = level of
 * the hours from the start of the change to that output (at least 0.1), n = outputs in them / phi (5 to 50): the
 * odds against so long a gap at a level known as well as n outputs.
 * Assumes the same as level-stories.ts. Smallest sample: one hour. Defaults: our own choice.
 * Source: the Gamma mixture of Poisson gaps (Lomax): K. S. Lomax, 1954, "Business failures", JASA 49.
 */
export function silentSince(watch: VolumeWatch, alarm: VolumeAlarm, alarmLevel: number): SeenHour | null {
  const { phi } = watch.profile;
  const hours = watch.history.filter(({ at }) => at >= alarm.explanation.startAt);
  const gapStart = hours.findLastIndex(({ seen }) => seen > 0) + 1;
  const first = hours[gapStart];
  if (alarm.explanation.seen === 0 || gapStart === 0 || first === undefined) return null;
  const heard = hours.slice(0, gapStart).reduce(addVolume, noVolume);
  const missing = hours.slice(gapStart).reduce(addVolume, noVolume).expected / phi;
  const level = Math.max(lowestLevel, (heard.seen + half) / (heard.expected + half));
  const certainty = Math.min(mostCertain, Math.max(leastCertain, heard.seen / phi));
  const lnOdds = certainty * Math.log1p((level * missing) / certainty);
  return lnOdds >= Math.log(alarmLevel) ? first : null;
}
