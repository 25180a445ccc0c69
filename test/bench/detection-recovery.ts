import { passing, runUntilAlarm } from "../drift/streams.js";
import { learnedStream, meanOf, type Row, runsUntilRecovered } from "./detection-measure.js";
import { effects, scene } from "./detection-pass-share.js";

const seed = 20_260_904;
const healedRuns = 300;
const stayingRuns = 50;

/** How long a recovery takes to be seen, and how often it is seen although the change goes on. */
export function* recoveryRows(streams: number, runSizes: readonly number[]): Generator<Row> {
  for (const n of runSizes) {
    for (const { from, to } of effects) {
      const healed = afterAlarm(from, to, from, n, healedRuns, streams);
      const seen = healed.filter((runs) => runs !== null).length / healed.length;
      yield {
        name: `${n} a run, ${to} back to ${from}: until "recovered"`,
        unit: `outputs; seen ${(100 * seen).toFixed(0)}% within ${healedRuns} runs`,
        measured: meanOf(healed.map((runs) => n * (runs ?? healedRuns))),
        target: null,
        reference: null,
      };
      const staying = afterAlarm(from, to, to, n, stayingRuns, streams);
      const early = staying.filter((runs) => runs !== null).length / staying.length;
      yield {
        name: `  ${to} stays ${to}: "recovered" within ${stayingRuns} runs`,
        unit: "percent",
        measured: { value: 100 * early, error: 100 * Math.sqrt((early * (1 - early)) / staying.length) },
        target: null,
        reference: null,
      };
    }
  }
}

/** Runs until "recovered" for every stream whose change was found; null: not within the limit. */
function afterAlarm(
  from: number,
  to: number,
  later: number,
  n: number,
  limit: number,
  streams: number,
): (number | null)[] {
  const change = scene(from, to, { n });
  return Array.from({ length: streams }, (_, i) => learnedStream(change, seed + i)).flatMap((stream) => {
    const early = runUntilAlarm(stream, change.before, change.unchangedRuns).alarm !== null;
    const found = !early && runUntilAlarm(stream, change.since, change.changedRuns).alarm !== null;
    return found ? [runsUntilRecovered(stream, passing(later), limit)] : [];
  });
}
