import { type Chance, categories, logNormal, metricSettings, normal, seeded } from "../drift/streams.js";
import { delays, type Figure, falseAlarms, meanOf, type Row, type Scene } from "./detection-measure.js";

const seed = 20_260_902;

/** Log-normal latencies with the spread of real ones, and their rise by 30%. */
export function* numberRows(streams: number): Generator<Row> {
  const scene: Scene = {
    settings: metricSettings({ id: "number:latency", kind: "number" }),
    before: logNormal(6_680),
    since: logNormal(6_680 * 1.3),
    n: 20,
    unchangedRuns: 10,
    changedRuns: 60,
  };
  yield {
    name: "latency per output, no change",
    unit: "false alarms per 1,000 runs",
    measured: falseAlarms({ ...scene, unchangedRuns: 400 }, Math.ceil(streams / 2), seed),
    target: 1,
    reference: null,
  };
  yield {
    name: "latency per output x 1.3",
    unit: "outputs",
    measured: delays(scene, streams, seed).mean,
    target: 185,
    reference: 160,
  };
  yield {
    name: "latency per output, spread x 2",
    unit: "outputs",
    measured: delays({ ...scene, since: logNormal(6_680, 1.04) }, streams, seed).mean,
    target: null,
    reference: null,
  };
}

/** Mixes of equal and of ever rarer categories; the change tilts them at random. */
export function* categoryRows(streams: number, sizes: readonly number[]): Generator<Row> {
  for (const size of sizes) {
    for (const [word, shares] of [
      ["equal", equalShares(size)],
      ["skewed", skewedShares(size)],
    ] as const) {
      const scene: Scene = {
        settings: metricSettings({ id: "category:category", kind: "category" }),
        before: categories(shares),
        since: categories(shares),
        n: 20,
        unchangedRuns: 10,
        changedRuns: 40,
      };
      yield {
        name: `${size} ${word} categories, no change`,
        unit: "false alarms per 1,000 runs",
        measured: falseAlarms({ ...scene, unchangedRuns: 300 }, Math.ceil(streams / 4), seed),
        target: 1,
        reference: 0.81,
      };
      for (const distance of [0.3, 0.5]) {
        yield {
          name: `  tilted by a total variation of ${distance}`,
          unit: "outputs",
          measured: tiltedDelay(scene, shares, distance, streams),
          target: targetOf(size, distance),
          reference: distance === 0.3 ? 119 : 61,
        };
      }
      yield {
        name: "  0.3, spread as evenly as can be",
        unit: "outputs",
        measured: delays({ ...scene, since: categories(evenlyMoved(shares, 0.3)) }, streams, seed).mean,
        target: null,
        reference: null,
      };
    }
  }
}

/** The mean delay over changes of this size in random directions, one for each stream. */
function tiltedDelay(scene: Scene, shares: readonly number[], distance: number, streams: number): Figure {
  const outputs = Array.from({ length: streams }, (_, i) => {
    const since = categories(tilted(shares, distance, seeded(seed - i)));
    return delays({ ...scene, since }, 1, seed + i).mean.value;
  });
  return meanOf(outputs.filter((delay) => Number.isFinite(delay)));
}

function targetOf(size: number, distance: number): number | null {
  if (size > 20) {
    return null;
  }
  return distance === 0.5 ? 45 : size <= 8 ? 95 : 135;
}

function equalShares(size: number): number[] {
  return Array.from({ length: size }, () => 1 / size);
}

function skewedShares(size: number): number[] {
  const weights = Array.from({ length: size }, (_, i) => 1 / (i + 1));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return weights.map((weight) => weight / total);
}

/** The shares tilted at random, as far as this total variation. */
function tilted(shares: readonly number[], distance: number, chance: Chance): number[] {
  const tilts = shares.map(() => normal(chance));
  let low = 0;
  let high = 20;
  for (let step = 0; step < 40; step += 1) {
    const middle = (low + high) / 2;
    if (totalVariation(shares, tiltedBy(shares, tilts, middle)) < distance) {
      low = middle;
    } else {
      high = middle;
    }
  }
  return tiltedBy(shares, tilts, low);
}

function tiltedBy(shares: readonly number[], tilts: readonly number[], strength: number): number[] {
  const weights = shares.map((share, i) => share * Math.exp(strength * (tilts[i] ?? 0)));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return weights.map((weight) => weight / total);
}

function totalVariation(a: readonly number[], b: readonly number[]): number {
  return a.reduce((sum, share, i) => sum + Math.abs(share - (b[i] ?? 0)), 0) / 2;
}

/** Every other category loses and its neighbour gains: the move that stands out least. */
function evenlyMoved(shares: readonly number[], distance: number): number[] {
  const losing = shares.filter((_, i) => i % 2 === 0).reduce((sum, share) => sum + share, 0);
  const gone = Math.min(distance, losing);
  return shares.map((share, i) => share * (i % 2 === 0 ? 1 - gone / losing : 1 + gone / (1 - losing)));
}
