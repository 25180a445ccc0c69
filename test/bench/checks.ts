/**
 * How fast checks are: 2,000 outputs times 10 checks through the ordinary run, from a file into a database on disk,
 * beside the same libraries called in a bare loop in the same process. Then a pattern that backtracking engines
 * choke on. Prints target and measured; exit 1 when a target is missed. Fixed seed.
 */
import { existsSync, mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Ajv2020 } from "ajv/dist/2020.js";
import { distance } from "fastest-levenshtein";
import { RE2JS } from "re2js";
import { noFiles } from "../../src/check/no-files.js";
import { rouge } from "../../src/check/overlap-scores.js";
import { prepareCheck } from "../../src/check/prepare.js";
import { checkSettings } from "../../src/check/settings.js";
import { measures } from "../../src/check/text-length.js";
import { readConfiguration, registerOf } from "../../src/daemon.js";
import { nobody } from "../../src/domain/asking.js";
import { noDetails } from "../../src/domain/output.js";
import { alarmLevels } from "../../src/flow/alarm-levels.js";
import type { Ground } from "../../src/flow/ground.js";
import { nothingInFlight } from "../../src/flow/in-flight.js";
import { runSlots } from "../../src/flow/run.js";
import { createLogger } from "../../src/platform/logger.js";
import { pause } from "../../src/platform/pause.js";
import { realClock } from "../../src/platform/real-clock.js";
import { realRandom } from "../../src/platform/real-random.js";
import { openStore } from "../../src/store/open.js";
import { type Reply, repliesOf } from "./checks-data.js";

const targets = { verdictsPerSecond: 10_000, residentMb: 200, shareOfBareLoop: 0.5, patternMs: 50 };
const outputs = 2_000;
/** Each with a new database; the median counts. */
const rounds = 5;
const seed = 20_261_102;
const day = Date.UTC(2026, 10, 2);

const schema = {
  type: "object",
  required: ["category", "order", "amount", "reply"],
  properties: {
    category: { enum: ["delivery", "billing"] },
    order: { type: "string", minLength: 3, maxLength: 20 },
    amount: { type: "number", minimum: 0 },
    reply: { type: "string", minLength: 20 },
  },
  additionalProperties: false,
};
const forbidden = ["guarantee", "legal advice"];
const remedies = ["Refund", "Replacement", "Voucher"];
const limits = { likeness: 0.8, overlap: 0.7, fewestWords: 40, mostWords: 200, latencyMs: 4_000 };
const checks = [
  { id: "schema", type: "json-schema", schema },
  { id: "has-reply", type: "contains", text: '"reply"' },
  { id: "no-promise", type: "not-contains", any: forbidden },
  { id: "remedy", type: "contains", any: remedies, ignoreCase: true },
  { id: "order-number", type: "regex", pattern: "HL-[0-9]{6}" },
  { id: "no-assistant", type: "regex", pattern: "as an ai|language model", flags: "i", not: true },
  { id: "like-known", type: "fuzzy-text", min: limits.likeness },
  { id: "known-words", type: "ngram-overlap", method: "rouge-1", min: limits.overlap },
  { id: "length", type: "length", unit: "words", min: limits.fewestWords, max: limits.mostWords },
  { id: "in-time", type: "latency", maxMs: limits.latencyMs },
];
const verdicts = outputs * checks.length;

const place = mkdtempSync(join(tmpdir(), "evenkeel-checks-"));
let missed = 0;

const outside = {
  clock: { now: () => day + 86_400_000, monotonic: realClock.monotonic },
  random: realRandom,
  logger: createLogger("silent"),
  environment: {},
  write: () => undefined,
  pid: 0,
};

/** Runs one due slot as the daemon does; milliseconds from the due slot to the committed run. */
async function throughRun(store: "full" | "redacted", round: number): Promise<number> {
  const configPath = join(place, `${store}.json`);
  if (!existsSync(configPath)) writeFileSync(configPath, JSON.stringify(configOf(store)));
  const config = await readConfiguration(configPath, outside.environment);
  const database = join(place, `${store}-${round}.db`);
  const opened = openStore({ path: database, newInstanceId: outside.random.hex(16) });
  const register = registerOf(config, outside);
  const inFlight = nothingInFlight();
  const ground: Ground = { ...outside, store: opened, register, atWork: new Set(), inFlight, pause };
  const [watched] = register.automations;
  if (watched === undefined) throw new Error("the configuration declares no automation");
  const options = { signal: new AbortController().signal, levels: alarmLevels(ground), patient: false };
  const beganAt = performance.now();
  const report = await runSlots(ground, watched, [outside.clock.now()], options);
  const took = performance.now() - beganAt;
  const { pass, judged } = sumOf(checks.map(({ id }) => opened.outputs.checkTotals(watched.entry.id, id)));
  if (report.outputs !== outputs || judged !== verdicts)
    throw new Error(
      `expected ${outputs} outputs and ${verdicts} verdicts, found ${report.outputs} and ${judged}`,
    );
  if (pass < 0.9 * verdicts || pass > 0.99 * verdicts) throw new Error(`${pass} verdicts passed`);
  opened.close();
  return took;
}

function sumOf(totals: readonly { pass: number; judged: number }[]): { pass: number; judged: number } {
  return totals.reduce((all, each) => ({ pass: all.pass + each.pass, judged: all.judged + each.judged }), {
    pass: 0,
    judged: 0,
  });
}

function configOf(store: "full" | "redacted"): unknown {
  return {
    timeZone: "UTC",
    aiOwner: "Ines Calder",
    people: [{ name: "Ines Calder", email: "ines.calder@example.com" }],
    automations: [
      {
        id: "replies",
        title: "Support replies",
        does: "Drafts replies to customers",
        owner: "Ines Calder",
        deputy: "Ines Calder",
        risk: "medium",
        fallback: { by: "Ines Calder", steps: ["Answer by hand."], minutesPerItem: 5 },
        source: { type: "file", path: "replies.jsonl" },
        schedule: "0 0 * * *",
        store,
        checks,
      },
    ],
  };
}

/**
 * The same questions, put to the libraries directly, as a script would; nothing is kept but how many passed. It calls
 * Levenshtein on the whole texts: that the check first leaves out what they share at their ends is the check's doing.
 */
function bareLoop(replies: readonly Reply[]): number {
  const validate = new Ajv2020({ allErrors: true, strict: false }).compile(schema);
  const order = RE2JS.compile("HL-[0-9]{6}");
  const assistant = RE2JS.compile("as an ai|language model", RE2JS.CASE_INSENSITIVE);
  const wanted = remedies.map((remedy) => remedy.toLowerCase());
  const beganAt = performance.now();
  let passed = 0;
  for (const { output, reference, latencyMs } of replies) {
    const lower = output.toLowerCase();
    const words = measures.words.count(output);
    const said = [
      validate(JSON.parse(output)),
      output.includes('"reply"'),
      forbidden.every((phrase) => !output.includes(phrase)),
      wanted.some((remedy) => lower.includes(remedy)),
      order.test(output),
      !assistant.test(output),
      1 - distance(output, reference) / Math.max(output.length, reference.length) >= limits.likeness,
      rouge(1, lower, reference.toLowerCase()).f1 >= limits.overlap,
      words >= limits.fewestWords && words <= limits.mostWords,
      latencyMs <= limits.latencyMs,
    ];
    passed += said.filter(Boolean).length;
  }
  const took = performance.now() - beganAt;
  if (passed < 0.9 * verdicts) throw new Error(`${passed} verdicts passed in the bare loop`);
  return took;
}

/** `(a+)+$` on 100,000 characters: a backtracking engine would not end within the age of the universe. */
async function hostilePattern(): Promise<number> {
  const check = await prepareCheck(
    checkSettings.parse({ id: "hostile", type: "regex", pattern: "(a+)+$" }),
    noFiles,
  );
  const text = `${"a".repeat(99_999)}!`;
  const output = { ...emptyOutput, text };
  const beganAt = performance.now();
  const verdict = await check.judge(output, nobody);
  const took = performance.now() - beganAt;
  if (verdict.status !== "fail") throw new Error(`expected a fail, found ${JSON.stringify(verdict)}`);
  return took;
}

const emptyOutput = { ...noDetails, id: "hostile", at: day, fields: undefined };

/** Largest resident memory of this process so far. */
function peakMb(): number {
  return process.resourceUsage().maxRSS / 1_024;
}

function median(values: readonly number[]): number {
  return [...values].sort((left, right) => left - right)[Math.floor(values.length / 2)] ?? Number.NaN;
}

function rate(ms: number): number {
  return verdicts / (ms / 1_000);
}

function said(perSecond: number): string {
  return `${Math.round(perSecond).toLocaleString("en-US")} verdicts/s`;
}

function target(what: string, holds: boolean, measured: string): void {
  if (!holds) missed += 1;
  console.log(`${holds ? "met   " : "MISSED"}  ${what}: ${measured}`);
}

function note(what: string, measured: string): void {
  console.log(`        ${what}: ${measured}`);
}

try {
  const replies = repliesOf(outputs, seed, day);
  const characters = replies.reduce((sum, reply) => sum + reply.output.length, 0) / outputs;
  writeFileSync(join(place, "replies.jsonl"), `${replies.map((each) => JSON.stringify(each)).join("\n")}\n`);
  console.log(
    `${outputs} outputs of ${Math.round(characters)} characters on average, ${checks.length} checks, ${rounds} rounds`,
  );
  const full: number[] = [];
  const bare: number[] = [];
  let onePassMb = Number.NaN;
  for (let round = 0; round < rounds; round += 1) {
    full.push(await throughRun("full", round));
    if (round === 0) onePassMb = peakMb();
    bare.push(bareLoop(replies));
  }
  const allPassesMb = peakMb();
  const redacted: number[] = [];
  for (let round = 0; round < rounds; round += 1) redacted.push(await throughRun("redacted", round));
  // neighbours in time: what else the machine does then weighs on both
  const share = median(full.map((ms, round) => (bare[round] ?? Number.NaN) / ms));
  const asked = targets.verdictsPerSecond.toLocaleString("en-US");
  target(
    `through the run, store: full, median (at least ${asked})`,
    rate(median(full)) >= targets.verdictsPerSecond,
    said(rate(median(full))),
  );
  note("first round, nothing warm", said(rate(full[0] ?? Number.NaN)));
  note("store: redacted, the default, median", said(rate(median(redacted))));
  note("the same libraries in a bare loop, median", said(rate(median(bare))));
  target(
    `share of the bare loop's rate (at least ${targets.shareOfBareLoop})`,
    share >= targets.shareOfBareLoop,
    share.toFixed(2),
  );
  target(
    `peak memory of one run, ${verdicts.toLocaleString("en-US")} verdicts (under ${targets.residentMb} MB)`,
    onePassMb < targets.residentMb,
    `${onePassMb.toFixed(0)} MB`,
  );
  note(`peak memory over ${rounds} runs and bare loops`, `${allPassesMb.toFixed(0)} MB`);
  note("database after one run", `${(statSync(join(place, "full-0.db")).size / 1e6).toFixed(1)} MB`);
  const patternMs = await hostilePattern();
  target(
    `(a+)+$ on 100,000 characters (under ${targets.patternMs} ms)`,
    patternMs < targets.patternMs,
    `${patternMs.toFixed(1)} ms`,
  );
} finally {
  rmSync(place, { recursive: true, force: true });
}
process.exitCode = missed === 0 ? 0 : 1;
