import { type FieldShares, shapes, usualFields, withShare } from "../drift/shapes.js";
import { metricSettings, seeded } from "../drift/streams.js";
import { delays, falseAlarms, type Row, type Scene } from "./detection-measure.js";

const seed = 20_260_904;

/** Structured outputs of 10, 50 and 200 fields, of which one in five is optional. */
export function* shapeRows(streams: number, sizes: readonly number[]): Generator<Row> {
  for (const size of sizes) {
    const fields = usualFields(size);
    const scene = changed(fields, fields);
    const binding = size === 200;
    yield {
      name: `${size} fields, no change`,
      unit: "false alarms per 1,000 runs",
      measured: falseAlarms({ ...scene, unchangedRuns: 300 }, Math.ceil(streams / 2), seed),
      target: binding ? 0.5 : null,
      reference: size === 200 ? 0 : 0.17,
    };
    const rows = [
      ["one field 100% to 80%", withShare(fields, first, 0.8), binding ? 85 : null, [57, 56, 70]],
      ["one field gone", withShare(fields, first, 0), null, [20, 20, 20]],
      ["a new field in 10%", withShare(fields, "new:string", 0.1), binding ? 115 : null, [97, 99, 88]],
    ] as const;
    for (const [name, since, target, references] of rows) {
      yield {
        name: `  ${name}`,
        unit: "outputs",
        measured: delays(changed(fields, since), streams, seed).mean,
        target,
        reference: references[[10, 50, 200].indexOf(size)] ?? null,
      };
    }
  }
  yield {
    name: "a map with a new name in every output, no change",
    unit: "false alarms per 1,000 runs",
    measured: falseAlarms({ ...mapScene(), unchangedRuns: 300 }, Math.ceil(streams / 4), seed),
    target: null,
    reference: null,
  };
}

const first = "field_000:string";

function changed(before: FieldShares, since: FieldShares): Scene {
  return {
    settings: metricSettings({ id: "shape", kind: "shape" }),
    before: shapes(before),
    since: shapes(since),
    n: 20,
    unchangedRuns: 20,
    changedRuns: 100,
  };
}

/** Three members of a map whose names are words nobody has used before. */
function mapScene(): Scene {
  const names = seeded(seed);
  const draw: Scene["before"] = (_chance, n) =>
    Array.from({ length: n }, () =>
      Array.from({ length: 3 }, () => `prices.${Math.floor(names() * 1e9).toString(36)}:number`)
        .concat("$:object", "prices:object")
        .sort()
        .join("\n"),
    );
  return { ...changed([], []), before: draw, since: draw };
}
