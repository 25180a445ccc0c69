import { categories, logNormal, metricSettings, passing, runUntilAlarm } from "../drift/streams.js";
import { type Figure, learnedStream, type Row, runsUntilRecovered, type Scene } from "./detection-measure.js";
import { effects, scene } from "./detection-pass-share.js";

const seed = 20_260_904;
const healedRuns = 300;
const stayingRuns = 50;
/** At most so many percent of incidents may be closed within 50 runs while the change stays. */
const mostEarly = 5;
/** Half of the recoveries are to be seen in so many times the outputs that half of the alarms took. */
const mostPatience = 4;

/** A change, and the state half way back from it. */
interface Incident extends Scene {
  readonly name: string;
  readonly halfWay: Scene["before"];
}

/** How long a recovery takes to be seen, and how often it is seen although the change goes on. */
export function* recoveryRows(streams: number, runSizes: readonly number[]): Generator<Row> {
  for (const incident of runSizes.flatMap(incidents)) {
    yield* rowsOf(incident, streams);
  }
}

function incidents(n: number): Incident[] {
  const shares = effects.map(({ from, to }) => ({
    ...scene(from, to, { n }),
    name: `${n} a run, ${from} to ${to}`,
    halfWay: passing((from + to) / 2),
  }));
  const others = { n, unchangedRuns: 20, changedRuns: Math.ceil(1_200 / n) };
  return [
    ...shares,
    {
      ...others,
      name: `${n} a run, latency x 1.3`,
      settings: metricSettings({ id: "number:latency", kind: "number" }),
      before: logNormal(6_680),
      since: logNormal(6_680 * 1.3),
      halfWay: logNormal(6_680 * 1.15),
    },
    {
      ...others,
      name: `${n} a run, a category from 10 to 25%`,
      settings: metricSettings({ id: "category:category", kind: "category" }),
      before: categories([0.6, 0.3, 0.1]),
      since: categories([0.45, 0.3, 0.25]),
      halfWay: categories([0.525, 0.3, 0.175]),
    },
  ];
}

function* rowsOf(incident: Incident, streams: number): Generator<Row> {
  const { n, name, before, since, halfWay } = incident;
  const healed = afterAlarm(incident, before, healedRuns, streams);
  const outputs = sorted(healed.map(({ runs }) => n * (runs ?? healedRuns)));
  const toAlarm = quantile(sorted(healed.map(({ runsToAlarm }) => n * runsToAlarm)), 0.5);
  const seen = healed.filter(({ runs }) => runs !== null).length / healed.length;
  yield {
    name: `${name}, and back: half seen`,
    unit: `outputs; 90% in ${quantile(outputs, 0.9)}, ${(100 * seen).toFixed(0)}% in ${healedRuns} runs`,
    measured: medianOf(outputs),
    target: mostPatience * toAlarm,
    reference: null,
  };
  yield {
    name: `  stays: closed within ${stayingRuns} runs`,
    unit: "percent",
    measured: closed(incident, since, streams),
    target: mostEarly,
    reference: null,
  };
  yield {
    name: `  half way back: closed within ${stayingRuns} runs`,
    unit: "percent",
    measured: closed(incident, halfWay, streams),
    target: null,
    reference: null,
  };
}

function closed(incident: Incident, later: Scene["before"], streams: number): Figure {
  const after = afterAlarm(incident, later, stayingRuns, streams);
  const share = after.filter(({ runs }) => runs !== null).length / after.length;
  return { value: 100 * share, error: 100 * Math.sqrt((share * (1 - share)) / after.length) };
}

/** What came of a change that was found. */
interface Followed {
  /** From the change to the alarm. */
  readonly runsToAlarm: number;
  /** From the alarm until "recovered"; null: not within the limit. */
  readonly runs: number | null;
}

/** Every stream whose change was found. */
function afterAlarm(incident: Incident, later: Scene["before"], limit: number, streams: number): Followed[] {
  return Array.from({ length: streams }, (_, i) => learnedStream(incident, seed + i)).flatMap((stream) => {
    if (runUntilAlarm(stream, incident.before, incident.unchangedRuns).alarm !== null) return [];
    const { runs, alarm } = runUntilAlarm(stream, incident.since, incident.changedRuns);
    return alarm === null ? [] : [{ runsToAlarm: runs, runs: runsUntilRecovered(stream, later, limit) }];
  });
}

function sorted(values: readonly number[]): number[] {
  return values.toSorted((a, b) => a - b);
}

function quantile(values: readonly number[], part: number): number {
  return values[Math.min(values.length - 1, Math.max(0, Math.floor(part * values.length)))] ?? 0;
}

/** The median; its error is half the distance of the order statistics one standard error around it. */
function medianOf(values: readonly number[]): Figure {
  const part = 0.5 / Math.sqrt(values.length);
  return {
    value: quantile(values, 0.5),
    error: (quantile(values, 0.5 + part) - quantile(values, 0.5 - part)) / 2,
  };
}
