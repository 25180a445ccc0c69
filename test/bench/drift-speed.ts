/**
 * How quick following is, on a SQLite file as the daemon opens it: updates a second with 10,000 metrics of state,
 * the bytes that a run of ten metrics writes, and the time of a run with 1,000 and with 1,000,000 outputs behind it.
 * Seeded. Prints target and measured; exits 1 when a target is missed.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import Database from "better-sqlite3";
import type { OutputDraft } from "../../src/domain/output.js";
import { followMetrics, valuesOfOutputs } from "../../src/flow/follow-metrics.js";
import type { Ground, Watched } from "../../src/flow/ground.js";
import { judgeDrafts } from "../../src/flow/judge-drafts.js";
import { openBook } from "../../src/flow/metric-book.js";
import { planMetrics } from "../../src/flow/plan-metrics.js";
import { runSlots } from "../../src/flow/run.js";
import { median } from "../../src/measure/quantile.js";
import { openStore, type Store } from "../../src/store/open.js";
import { seeded } from "../drift/streams.js";
import { benchGround, draft, hour, levels, monday, okCheck, options } from "../flow/bench-ground.js";

const targets = { ratio: 1.2, bytes: 200_000 };
const automations = 1_000;
const updatedAutomations = 200;
const runSize = 20;
/** Runs that bring the states to their full size. */
const settlingRuns = 220;
const timedRuns = 60;

const place = mkdtempSync(join(tmpdir(), "evenkeel-drift-speed-"));
const chance = seeded(20_260_905);
const silently = { ...options, levels: { ...levels, page: 1e14, digest: 1e14 } };

interface Bench {
  readonly ground: Ground;
  readonly watched: Watched;
  readonly store: Store;
  readonly setTo: (at: number) => void;
  readonly add: (outputs: readonly OutputDraft[]) => void;
}

/** An automation of ten metrics, one of them the shape of some 20 fields, on a file. */
function benchOn(path: string): Bench {
  const bench = benchGround();
  const store = openStore({ path, newInstanceId: "0".repeat(32) });
  const checks = [{ check: okCheck(), settings: {} }];
  const baseline = { outputs: 100, runs: 5 };
  const follow = { numbers: ["total"], categories: ["kind"], baseline, golden: null };
  const watched = { ...bench.watched, metrics: planMetrics(bench.watched.entry, checks, follow) };
  return {
    ground: { ...bench.ground, store },
    watched,
    store,
    setTo: bench.clock.set,
    add: (outputs) => void bench.source.outputs.push(...outputs),
  };
}

/** The outputs of the hour before a slot. */
function outputsBefore(slotAt: number): readonly OutputDraft[] {
  return Array.from({ length: runSize }, (_, at) => {
    const fields = Object.fromEntries(
      Array.from(
        { length: 16 },
        (_, i) => [`field_${"abcdefghijklmnop"[i] ?? ""}`, chance()] as const,
      ).filter((_, i) => i < 12 || chance() < 0.7),
    );
    const all = { ...fields, total: chance(), kind: chance() < 0.7 ? "bill" : "note" };
    const details = {
      fields: all,
      latencyMs: 900 + 400 * chance(),
      costMicros: Math.floor(900 * chance()),
      approval: chance() < 0.9 ? ("approved" as const) : ("edited" as const),
    };
    const text = `${chance() < 0.97 ? "ok" : "no"} ${JSON.stringify(all)}`;
    return draft(`${slotAt / hour}-${at}`, slotAt - hour + at * 60_000, text, details);
  });
}

/** Closes one slot and says how long it took. */
async function timedRun(bench: Bench, slotAt: number): Promise<number> {
  bench.setTo(slotAt);
  bench.add(outputsBefore(slotAt));
  const beganAt = performance.now();
  await runSlots(bench.ground, bench.watched, [slotAt], silently);
  return performance.now() - beganAt;
}

async function runsUntil(bench: Bench, runs: number): Promise<void> {
  for (let run = 1; run <= runs; run += 1) await timedRun(bench, monday + run * hour);
}

/** Outputs of the years before, as runs have left them: written by SQLite itself. */
function writeHistory(path: string, outputs: number): void {
  const db = new Database(path);
  db.pragma("synchronous = OFF");
  db.transaction(() => {
    const runs = outputs / runSize;
    db.prepare(
      `WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?)
       INSERT INTO run (automation, kind, slot_at, state, started_at, finished_at, outputs, drawn)
       SELECT 'invoices', 'sampled', ? - i * ?, 'done', ? - i * ?, ? - i * ?, ?, ? FROM n`,
    ).run(runs, monday, hour, monday, hour, monday, hour, runSize, runSize);
    db.prepare(
      `INSERT INTO output (automation, origin, output_id, at, content_hash, text, structured, latency_ms, observed, run, drawn, inclusion)
       WITH RECURSIVE n (i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < ? - 1)
       SELECT r.automation, 'source', r.id || '-' || i, r.slot_at - 3600000 + i * 60000, hex(r.id * 100 + i),
         'ok {"total":' || r.id || ',"kind":"bill"}', 1, 900 + i, '{"check:ok":true,"number:length":40}', r.id, 1, 1
       FROM run r, n WHERE r.slot_at <= ?`,
    ).run(runSize, monday - hour);
    db.prepare(
      `INSERT INTO verdict (output, check_id, status) SELECT id, 'ok', CASE id % 33 WHEN 0 THEN 'fail' ELSE 'pass' END
       FROM output WHERE at < ?`,
    ).run(monday - hour);
  })();
  db.pragma("wal_checkpoint(TRUNCATE)");
  db.close();
}

/** By itself: the rollups that pages read know only what came through a run. */
function countOutputs(path: string): number {
  const db = new Database(path, { readonly: true });
  const row = db.prepare<[], { stored: number }>("SELECT count(*) AS stored FROM output").get();
  db.close();
  return row?.stored ?? 0;
}

/** Updates a second of metrics that were stored and are stored again, an automation to a transaction. */
async function updates(bench: Bench): Promise<{ readonly aSecond: number; readonly bytes: number }> {
  const { store, watched, ground } = bench;
  const rows = store.metrics.list(watched.entry.id);
  store.transaction(() => {
    for (let at = 0; at < automations; at += 1)
      for (const row of rows) store.metrics.put({ ...row, automation: `a${at}` });
  });
  const slotAt = monday + 1_000 * hour;
  const drawn = await judgeDrafts(watched, outputsBefore(slotAt), "source", slotAt);
  const beganAt = performance.now();
  for (let at = 0; at < updatedAutomations; at += 1) {
    // spread over all of them, as due slots are
    const entry = { ...watched.entry, id: `a${(at * 37) % automations}` };
    const each = { ...watched, entry };
    store.transaction(() => {
      const book = openBook(ground, each);
      const run = {
        runId: 1_000_000,
        at: slotAt,
        valuesOf: valuesOfOutputs(drawn),
        replay: false,
        nameOf: () => null,
      };
      followMetrics(each, book, run, silently.levels);
      book.save(slotAt);
    });
  }
  const seconds = (performance.now() - beganAt) / 1_000;
  const bytes = store.metrics.list("a0").reduce((sum, { state }) => sum + state.length, 0);
  return { aSecond: (updatedAutomations * rows.length) / seconds, bytes };
}

let missed = 0;
function say(name: string, target: string, measured: string, met: boolean | null): void {
  const verdict = met === null ? "shown" : met ? "met" : "MISSED";
  console.log(`  ${name.padEnd(60)}${target.padStart(10)}${measured.padStart(16)}  ${verdict}`);
  if (met === false) missed += 1;
}

try {
  const few = benchOn(join(place, "few.db"));
  const many = benchOn(join(place, "many.db"));
  writeHistory(join(place, "few.db"), 1_000);
  writeHistory(join(place, "many.db"), 1_000_000);
  console.log(`  ${"".padEnd(60)}${"target".padStart(10)}${"measured".padStart(16)}`);
  await runsUntil(few, settlingRuns);
  await runsUntil(many, settlingRuns);
  const times = { few: [] as number[], many: [] as number[] };
  // in turns, so that both meet the same disturbances
  for (let run = 1; run <= timedRuns; run += 1) {
    const slotAt = monday + (settlingRuns + run) * hour;
    times.few.push(await timedRun(few, slotAt));
    times.many.push(await timedRun(many, slotAt));
  }
  const behindFew = median(times.few) ?? 0;
  const behindMany = median(times.many) ?? 0;
  const stored = countOutputs(join(place, "many.db"));
  say(`a run with 1,000 outputs behind it (median of ${timedRuns})`, "-", `${behindFew.toFixed(1)} ms`, null);
  say(
    `a run with ${stored.toLocaleString("en")} outputs in the store`,
    "-",
    `${behindMany.toFixed(1)} ms`,
    null,
  );
  const ratio = behindMany / behindFew;
  say("ratio", `${targets.ratio}`, ratio.toFixed(2), ratio <= targets.ratio);
  const { aSecond, bytes } = await updates(few);
  say("updates a second with 10,000 metrics of state", "-", aSecond.toFixed(0), null);
  say(
    "bytes of state that a run of ten metrics writes",
    `${targets.bytes}`,
    `${bytes}`,
    bytes <= targets.bytes,
  );
  few.store.close();
  many.store.close();
} finally {
  rmSync(place, { recursive: true, force: true });
}
process.exitCode = missed === 0 ? 0 : 1;
