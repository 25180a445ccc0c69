/**
 * Real input: the outputs of two models on the same questions, March 2023 versions first, June versions after
 * (Chen, Zaharia and Zou, "How Is ChatGPT's Behavior Changing over Time?", arXiv:2307.09009), through an ordinary
 * configuration and `evenkeel backtest`. Untimed history is cut into runs of 20 outputs in the listed order.
 *
 * Printed: the shares of each month beside the table in the data's README (equal to 0.1 point), the incident on GPT-4
 * and after how many June outputs it opens, and as control each month split against itself: no incident.
 * Then every metric of both models in random order, March to June 400 times and each month alone 100 times
 * (`--quick`: 10).
 */
import { execFile } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { promisify } from "node:util";
import { z } from "zod";
import { controlRows, folderOfOutputs, replayRows } from "./prime-replays.js";
import { printSections } from "./row-table.js";

const run = promisify(execFile);
const runSize = 20;
const rowsPerMonth = 500;
/** Mean delay over 100 shuffles must be at most 45 outputs; in file order a run of 20 more is allowed for. */
const mostDelay = 60;
const seed = 20230618;

const checks = [
  {
    id: "accuracy",
    type: "equals",
    title: "The verdict is the right one",
    ignoreCase: true,
    answers: [
      { says: "yes", pattern: "(^|[\\s,.])yes($|[\\s,.])|\\[yes\\]", flags: "i" },
      { says: "no", pattern: "(^|[\\s,.])no($|[\\s,.])|\\[no\\]", flags: "i" },
    ],
  },
  {
    id: "one-verdict",
    type: "regex",
    title: "Exactly one verdict in brackets",
    pattern: "\\[(yes|no)\\]",
    flags: "i",
    atMost: 1,
  },
  { id: "any-verdict", type: "regex", title: "A verdict in brackets", pattern: "\\[(yes|no)\\]", flags: "i" },
  { id: "reasoning", type: "length", title: "Shows its reasoning: 80 characters or more", min: 80 },
];

/** The table of the data's README, in percent. */
const table: Readonly<Record<string, Readonly<Record<string, readonly [number, number]>>>> = {
  gpt4: {
    accuracy: [84.0, 54.0],
    "one-verdict": [99.8, 95.8],
    "any-verdict": [99.8, 95.8],
    reasoning: [100.0, 0.0],
  },
  gpt35: {
    accuracy: [51.0, 74.6],
    "one-verdict": [89.6, 82.6],
    "any-verdict": [98.2, 82.6],
    reasoning: [92.8, 87.2],
  },
};

const measured = z
  .union([z.object({ share: z.number(), n: z.number() }), z.object({ median: z.number(), n: z.number() })])
  .nullable();
const envelope = z.object({
  data: z.object({
    automations: z.array(
      z.object({
        id: z.string(),
        runs: z.number(),
        outputs: z.number(),
        alarmLevel: z.number(),
        incidents: z.array(
          z.object({
            resolvedAt: z.string().nullable(),
            findings: z.array(
              z.object({
                check: z.string().nullable(),
                metric: z.string().nullable(),
                sentence: z.string(),
                improvement: z.boolean(),
                current: measured,
              }),
            ),
          }),
        ),
        metrics: z.array(
          z.object({
            id: z.string(),
            runs: z.number(),
            firstAlarmRun: z.number().nullable(),
            maxEvidence: z.number().nullable(),
          }),
        ),
        checks: z.array(z.object({ id: z.string(), pass: z.number(), judged: z.number() })),
      }),
    ),
  }),
});
type Replayed = z.infer<typeof envelope>["data"]["automations"][number];

const main = resolve(import.meta.dirname, "../../../cli/main.js");
const dataDir = folderOfOutputs();
const place = mkdtempSync(join(tmpdir(), "evenkeel-llmdrift-"));
let missed = 0;

function target(what: string, holds: boolean, detail: string): void {
  console.log(`${holds ? "met   " : "MISSED"}  ${what}: ${detail}`);
  if (!holds) missed += 1;
}

/** Replays named files, each list one automation, through an ordinary configuration. */
async function replay(
  automations: Readonly<Record<string, readonly string[]>>,
): Promise<ReadonlyMap<string, Replayed>> {
  const config = join(place, "evenkeel.config.json");
  writeFileSync(join(place, "checks.json"), JSON.stringify({ checks }));
  writeFileSync(config, JSON.stringify(configOf(automations)));
  const options = { maxBuffer: 64 * 1024 * 1024 };
  const ended = await run("node", [main, "backtest", "--json", "--config", config], options).catch(
    (failed: unknown) => failed,
  );
  const { stdout } = z.object({ stdout: z.string() }).parse(ended);
  return new Map(envelope.parse(JSON.parse(stdout)).data.automations.map((each) => [each.id, each]));
}

function configOf(automations: Readonly<Record<string, readonly string[]>>): object {
  return {
    timeZone: "UTC",
    aiOwner: "Ines Calder",
    people: [{ name: "Ines Calder" }],
    automations: Object.entries(automations).map(([id, path]) => ({
      id,
      title: id,
      does: "Says whether a number is prime",
      owner: "Ines Calder",
      onCall: "Ines Calder",
      risk: "high",
      fallback: { steps: ["Look the number up."] },
      schedule: "0 * * * *",
      // the same question id stands in both months, and "timestamp" is when the authors asked, not the model's month
      source: { type: "file", path, complete: true, map: { id: ["model", "id"], at: null } },
      sample: { size: runSize },
      checks: ["checks.json"],
    })),
  };
}

/** mulberry32, a small seeded generator (Tommy Ettinger, public domain). */
function seeded(state: number): () => number {
  let a = state;
  return () => {
    a = (a + 0x6d2b79f5) | 0;
    let t = Math.imul(a ^ (a >>> 15), 1 | a);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

/** One month in two halves at random, written as two files. */
function split(file: string, random: () => number): readonly string[] {
  const lines = readFileSync(file, "utf8").trimEnd().split("\n");
  for (let last = lines.length - 1; last > 0; last -= 1) {
    const other = Math.floor(random() * (last + 1));
    [lines[last], lines[other]] = [lines[other] ?? "", lines[last] ?? ""];
  }
  const half = lines.length / 2;
  return [lines.slice(0, half), lines.slice(half)].map((part, index) => {
    const path = `${file.split("/").at(-1)}.half${index + 1}.jsonl`;
    writeFileSync(join(place, path), `${part.join("\n")}\n`);
    return path;
  });
}

async function shares(model: string, files: readonly string[]): Promise<void> {
  for (const [month, file] of files.entries()) {
    const result = (await replay({ [model]: [file] })).get(model);
    for (const [check, expected] of Object.entries(table[model] ?? {})) {
      const seen = result?.checks.find((each) => each.id === check);
      const share = seen === undefined ? Number.NaN : (100 * seen.pass) / seen.judged;
      const wanted = expected[month] ?? Number.NaN;
      target(
        `${model} ${month === 0 ? "March" : "June"} ${check}`,
        Math.abs(share - wanted) < 0.05,
        `${share.toFixed(1)}% (table ${wanted.toFixed(1)}%)`,
      );
    }
  }
}

async function drift(files: Readonly<Record<string, readonly string[]>>): Promise<void> {
  const replayed = await replay(files);
  const marchRuns = rowsPerMonth / runSize;
  for (const [model, result] of replayed) {
    console.log(
      `\n${model}: ${result.outputs} outputs in ${result.runs} runs of ${runSize}, alarm level ${result.alarmLevel.toFixed(0)}`,
    );
    for (const finding of result.incidents.flatMap((each) => each.findings))
      console.log(`    ${finding.sentence}`);
    for (const metric of result.metrics.filter((each) => each.firstAlarmRun !== null)) {
      const delay = ((metric.firstAlarmRun ?? 0) - marchRuns) * runSize;
      console.log(`    ${metric.id.padEnd(20)} alarmed after ${delay} June outputs`);
    }
  }
  const gpt4 = replayed.get("gpt4");
  const first = (id: string) =>
    ((gpt4?.metrics.find((each) => each.id === id)?.firstAlarmRun ?? Number.POSITIVE_INFINITY) - marchRuns) *
    runSize;
  console.log("");
  target(
    "GPT-4: an incident opens and stays open",
    gpt4?.incidents.at(-1)?.resolvedAt === null,
    `${gpt4?.incidents.length ?? 0} incident`,
  );
  target(
    "GPT-4: opens in June",
    Math.min(first("check:reasoning"), first("check:accuracy")) === runSize,
    `after ${Math.min(first("check:reasoning"), first("check:accuracy"))} June outputs`,
  );
  target(
    "GPT-4: accuracy is found, in file order",
    first("check:accuracy") > 0 && first("check:accuracy") <= mostDelay,
    `after ${first("check:accuracy")} June outputs (at most ${mostDelay}; mean over shuffles in DETECTION: 38 to 46)`,
  );
}

async function control(files: Readonly<Record<string, readonly string[]>>): Promise<void> {
  const random = seeded(seed);
  for (const [model, months] of Object.entries(files)) {
    for (const [month, file] of months.entries()) {
      const result = (await replay({ [model]: split(file, random) })).get(model);
      target(
        `${model} ${month === 0 ? "March" : "June"} against itself`,
        result?.incidents.length === 0,
        `${result?.incidents.length ?? "no"} incidents in ${result?.runs ?? 0} runs`,
      );
    }
  }
}

if (dataDir === null) {
  console.log("Left out: the real outputs are not here; name their folder with --data DIR.");
} else {
  const of = (model: string) =>
    ["march", "june"].map((month) => join(dataDir, `prime_full.${model}.${month}.jsonl`));
  const files = { gpt4: of("gpt4"), gpt35: of("gpt35") };
  const [replays, controls] = process.argv.includes("--quick") ? [10, 10] : [400, 100];
  try {
    for (const [model, months] of Object.entries(files)) await shares(model, months);
    await drift(files);
    await control(files);
    missed += printSections([
      [`Every metric in random order, ${replays} times`, replayRows(dataDir, replays)],
      [`Every metric of one month alone, ${controls} times`, controlRows(dataDir, controls)],
    ]);
    console.log(missed === 0 ? "\nEvery target is met." : `\n${missed} targets missed.`);
    process.exitCode = missed === 0 ? 0 : 1;
  } finally {
    rmSync(place, { recursive: true, force: true });
  }
}
