/**
 * Real outputs in random order: two models' answers to the same questions, versions of March and of June 2023
 * (Chen, Zaharia and Zou, "How Is ChatGPT's Behavior Changing over Time?", arXiv:2307.09009), metric by metric.
 * A replay draws without replacement: 5 runs of baseline, 10 unchanged runs of March, then June. The control is one
 * month alone: 5 runs of baseline and the other 20, in which nothing changes.
 * The references are of all 1,000 rows a month, where accuracy falls from 84.0% to 51.1%; in these 500 it falls to
 * 54.0%, which is harder to see: simulated streams from 0.84 to 0.54 take 46 outputs, to 0.51 40.
 */
import { existsSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { z } from "zod";
import type { Metric, Value } from "../../src/drift/metric.js";
import { begin, type Chance, metricSettings, seeded } from "../drift/streams.js";
import { meanOf, perThousand, type Row } from "./detection-measure.js";

const seed = 20_230_618;
const n = 20;
const baselineRuns = 5;
const unchangedRuns = 10;
const alarmLevel = 1_000;

const answered = z.object({
  output: z.string(),
  reference: z.string(),
  latency_ms: z.number(),
  cost_usd: z.number(),
});
type Answered = z.infer<typeof answered>;

/** What is followed, with the mean delays DETECTION section 3 measured for GPT-4 and GPT-3.5. */
const metrics: readonly {
  readonly id: string;
  readonly kind: "pass-share" | "number" | "category";
  readonly read: (answer: Answered) => Value;
  readonly references: Readonly<Record<string, number>>;
  readonly targets?: Readonly<Record<string, number>>;
}[] = [
  {
    id: "accuracy",
    kind: "pass-share",
    read: ({ output, reference }) => verdictOf(output) === reference.toLowerCase(),
    references: { gpt4: 38, gpt35: 89 },
    targets: { gpt4: 45 },
  },
  {
    id: "one verdict in brackets",
    kind: "pass-share",
    read: ({ output }) => bracketed(output) === 1,
    references: { gpt4: 229, gpt35: 725 },
  },
  {
    id: "a verdict in brackets",
    kind: "pass-share",
    read: ({ output }) => bracketed(output) > 0,
    references: { gpt4: 218, gpt35: 68 },
  },
  {
    id: "shows its reasoning",
    kind: "pass-share",
    read: ({ output }) => [...output].length >= 80,
    references: { gpt4: 20, gpt35: 761 },
  },
  {
    id: "verdict",
    kind: "category",
    read: ({ output }) => verdictOf(output),
    references: { gpt4: 20, gpt35: 28 },
    targets: { gpt4: 40 },
  },
  {
    id: "length",
    kind: "number",
    read: ({ output }) => [...output].length,
    references: { gpt4: 20, gpt35: 106 },
    targets: { gpt4: 40 },
  },
  {
    id: "latency",
    kind: "number",
    read: ({ latency_ms }) => latency_ms,
    references: { gpt4: 20, gpt35: 49 },
    targets: { gpt4: 40 },
  },
  {
    id: "cost",
    kind: "number",
    read: ({ cost_usd }) => cost_usd,
    references: { gpt4: 20, gpt35: 97 },
    targets: { gpt4: 40 },
  },
];

const models = ["gpt4", "gpt35"] as const;
const months = ["march", "june"] as const;

/** The folder with the outputs: `--data DIR`, else the usual place; null when it has none. */
export function folderOfOutputs(): string | null {
  const at = process.argv.indexOf("--data");
  const folder = resolve(at < 0 ? "../shared/data/llmdrift" : (process.argv[at + 1] ?? ""));
  return existsSync(join(folder, "prime_full.gpt4.march.jsonl")) ? folder : null;
}

/** Each month alone, in random order: nothing has changed. */
export function* controlRows(folder: string, shuffles: number): Generator<Row> {
  let allAlarms = 0;
  let allRuns = 0;
  for (const model of models) {
    for (const { id, kind, read } of metrics) {
      let alarms = 0;
      let runs = 0;
      for (const month of months) {
        const values = answersOf(folder, model, month).map(read);
        for (let shuffle = 0; shuffle < shuffles; shuffle += 1) {
          const metric = begin(metricSettings({ id, kind }));
          const seen = untilAlarm(metric, inRuns(shuffled(values, seeded(seed + shuffle))));
          alarms += seen.alarmed ? 1 : 0;
          runs += seen.judged;
        }
      }
      allAlarms += alarms;
      allRuns += runs;
      yield {
        name: `${model} ${id}, a month against itself`,
        unit: "false alarms per 1,000 runs",
        measured: perThousand(alarms, runs),
        target: 1,
        reference: null,
      };
    }
  }
  yield {
    name: `all of them, ${allAlarms} alarms in ${allRuns} runs`,
    unit: "false alarms per 1,000 runs",
    measured: perThousand(allAlarms, allRuns),
    target: 1,
    reference: 0.35,
  };
}

/** March in random order, then June: outputs of June until the alarm, all 500 where it is not found. */
export function* replayRows(folder: string, shuffles: number): Generator<Row> {
  for (const model of models) {
    const march = answersOf(folder, model, "march");
    const june = answersOf(folder, model, "june");
    for (const { id, kind, read, references, targets } of metrics) {
      const outputs: number[] = [];
      let found = 0;
      for (let shuffle = 0; shuffle < shuffles; shuffle += 1) {
        const chance = seeded(seed + shuffle);
        const before = inRuns(shuffled(march.map(read), chance)).slice(0, baselineRuns + unchangedRuns);
        const since = inRuns(shuffled(june.map(read), chance));
        const early = untilAlarm(begin(metricSettings({ id, kind })), before);
        if (early.alarmed) {
          continue;
        }
        const seen = untilAlarm(early.metric, since);
        found += seen.alarmed ? 1 : 0;
        outputs.push(n * seen.judged);
      }
      yield {
        name: `${model} ${id}, March to June`,
        unit: `outputs; found ${((100 * found) / outputs.length).toFixed(0)}%`,
        measured: meanOf(outputs),
        target: targets?.[model] ?? null,
        reference: references[model] ?? null,
      };
    }
  }
}

function answersOf(folder: string, model: string, month: string): readonly Answered[] {
  const lines = readFileSync(join(folder, `prime_full.${model}.${month}.jsonl`), "utf8")
    .trimEnd()
    .split("\n");
  return lines.map((line) => answered.parse(JSON.parse(line)));
}

/** Judged are the runs after the baseline, the alarming one included. */
function untilAlarm(
  first: Metric,
  runs: readonly (readonly Value[])[],
): { readonly metric: Metric; readonly alarmed: boolean; readonly judged: number } {
  let metric = first;
  let judged = 0;
  for (const [runId, values] of runs.entries()) {
    judged += metric.phase === "learning" ? 0 : 1;
    const observed = metric.observe({ runId, at: runId * 3_600_000, values }, alarmLevel);
    metric = observed.metric;
    if (observed.alarm !== null) {
      return { metric, alarmed: true, judged };
    }
  }
  return { metric, alarmed: false, judged };
}

function shuffled(values: readonly Value[], chance: Chance): readonly Value[] {
  return values
    .map((value) => ({ value, at: chance() }))
    .sort((a, b) => a.at - b.at)
    .map(({ value }) => value);
}

function inRuns(values: readonly Value[]): readonly (readonly Value[])[] {
  return Array.from({ length: Math.floor(values.length / n) }, (_, run) =>
    values.slice(run * n, (run + 1) * n),
  );
}

/** The answer as the paper reads it: a bare or bracketed yes, else a bare or bracketed no, else none. */
function verdictOf(output: string): string {
  const text = output.toLowerCase();
  const words = text.replaceAll(/[,.]/g, " ").split(/\s+/);
  return ["yes", "no"].find((word) => words.includes(word) || text.includes(`[${word}]`)) ?? "none";
}

function bracketed(output: string): number {
  return output.match(/\[(yes|no)\]/gi)?.length ?? 0;
}
