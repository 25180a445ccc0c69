import type Database from "better-sqlite3";
import type { Versions } from "../domain/change-marker.js";
import { StoreError } from "../domain/errors.js";
import type { Output } from "../domain/output.js";
import type { Verdict } from "../domain/verdict.js";
import { once } from "../text/once.js";
import { hourlyCounts } from "./hourly.js";
import { outputReader } from "./output-reader.js";
import {
  columns,
  type Observed,
  type OutputRow,
  observedOf,
  type StoredOutput,
  stored,
  strataOf,
} from "./output-row.js";

/** An output as it goes into the store: redacted, judged, observed. */
export interface NewOutput {
  readonly automation: string;
  readonly origin: "source" | "golden";
  readonly output: Output;
  /** Of the record as it came; tells a repeat from another output with the same id. */
  readonly contentHash: string;
  readonly verdicts: ReadonlyMap<string, Verdict>;
  readonly observed: Observed;
  /** Names of the strata it belonged to as it came. */
  readonly strata: readonly string[];
  /** True: its text is not kept, for want of room. */
  readonly withoutBody?: boolean;
  /** With what it was made; not stored. */
  readonly versions?: Versions;
}

/** An output that waits for its run, with what the metrics take from it. */
export interface WaitingOutput extends StoredOutput {
  /** The output's. */
  readonly id: string;
  /** True: its text was let go, or never kept for want of room. */
  readonly bodyGone: boolean;
  readonly observed: Observed;
  /** Names of the strata it belonged to as it came. */
  readonly strata: readonly string[];
}

/** Outputs, their verdicts and the hourly counts, all written together. */
export function outputTable(db: Database.Database) {
  const write = writer(db);
  return { ...write, ...waiting(db), ...outputReader(db) };
}

function writer(db: Database.Database) {
  const insert = db.prepare<Cell[]>(
    `INSERT OR IGNORE INTO output (automation, origin, output_id, at, content_hash, text, structured, input, reference, model,
       latency_ms, cost_micros, tokens, user, approval, final_text, segment, error, link, finish_reason, retries, observed, strata, body_gone_at)
     VALUES (${Array(24).fill("?").join(", ")})`,
  );
  const insertVerdicts = verdictWriter(db);
  const count = hourlyCounts(db);
  const observe = db.prepare<[string, number]>("UPDATE output SET observed = ? WHERE id = ?");
  const hash = db.prepare<[string, string, string], { hash: string }>(
    "SELECT content_hash AS hash FROM output WHERE automation = ? AND origin = ? AND output_id = ?",
  );

  /** Stores outputs with their verdicts and counts; call inside a transaction. Returns their keys, null where an id is known. */
  const addAll = (outputs: readonly NewOutput[]): readonly (number | null)[] => {
    const keys = outputs.map((each) => {
      const done = insert.run(...rowOf(each));
      return done.changes === 0 ? null : Number(done.lastInsertRowid);
    });
    const added = outputs.filter((_, at) => keys[at] !== null);
    insertVerdicts(
      keys.filter((key) => key !== null),
      added,
    );
    count.outputs(added);
    return keys;
  };
  return {
    addAll,
    /** As `addAll`, for one. */
    add: (each: NewOutput): number | null => addAll([each])[0] ?? null,
    /** Adds verdicts that came after an output of the source was stored, with all that was observed of it; call inside a transaction. */
    addVerdicts: (
      automation: string,
      known: { key: number; at: number },
      later: { verdicts: ReadonlyMap<string, Verdict>; observed: Observed },
    ): void => {
      insertVerdicts([known.key], [later]);
      count.verdicts(automation, known.at, later.verdicts);
      observe.run(JSON.stringify(later.observed), known.key);
    },
    /** As `addVerdicts`, on a golden answer, which enters no count. */
    addGoldenVerdicts: (key: number, verdicts: ReadonlyMap<string, Verdict>): void =>
      insertVerdicts([key], [{ verdicts }]),
    /** The content hash of a known id; null: not known. */
    knownHash: (automation: string, origin: NewOutput["origin"], id: string): string | null =>
      hash.get(automation, origin, wellFormed(id))?.hash ?? null,
  };
}

type Cell = number | string | null;

/** Rows written by one statement, the most first: a call of SQLite costs more than the row. */
const rowsAtOnce = [64, 8, 1] as const;

function verdictWriter(db: Database.Database) {
  const columns = ["output", "check_id", "status", "score", "reason", "excerpt"];
  const row = `(${columns.map(() => "?").join(", ")})`;
  const inserts = rowsAtOnce.map((rows) => ({
    width: rows * columns.length,
    insert: db.prepare<Cell[]>(
      `INSERT INTO verdict (${columns.join(", ")}) VALUES ${Array(rows).fill(row).join(", ")}`,
    ),
  }));
  return (keys: readonly number[], outputs: readonly Pick<NewOutput, "verdicts">[]): void => {
    const cells: Cell[] = [];
    for (const [at, key] of keys.entries()) {
      for (const [checkId, verdict] of outputs[at]?.verdicts ?? []) addCells(cells, key, checkId, verdict);
    }
    let from = 0;
    for (const { width, insert } of inserts) {
      for (; cells.length - from >= width; from += width) insert.run(...cells.slice(from, from + width));
    }
  };
}

function addCells(cells: Cell[], output: number, checkId: string, verdict: Verdict): void {
  const score = "score" in verdict ? (verdict.score ?? null) : null;
  const excerpt = "excerpt" in verdict ? (verdict.excerpt ?? null) : null;
  cells.push(output, checkId, verdict.status, score, verdict.reason || null, excerpt);
}

/** Half of a surrogate pair becomes U+FFFD: SQLite would keep bytes that are no UTF-8 and read back as others. */
function wellFormed(text: string): string {
  return /[\ud800-\udfff]/.test(text) ? text.replace(/\p{Cs}/gu, "\uFFFD") : text;
}

function wellFormedOrNull(text: string | null): string | null {
  return text === null ? null : wellFormed(text);
}

/** By place, in the order of the insert: SQLite looks every name up. */
function rowOf(each: NewOutput): Cell[] {
  const { output } = each;
  return [
    each.automation,
    each.origin,
    wellFormed(output.id),
    output.at,
    each.contentHash,
    wellFormed(output.text),
    output.fields === undefined ? 0 : 1,
    wellFormedOrNull(output.input),
    output.reference === null ? null : wellFormed(JSON.stringify(output.reference)),
    wellFormedOrNull(output.model),
    output.latencyMs,
    output.costMicros,
    output.tokens,
    wellFormedOrNull(output.user),
    output.approval,
    wellFormedOrNull(output.finalText),
    wellFormedOrNull(output.segment),
    wellFormedOrNull(output.error),
    wellFormedOrNull(output.link),
    wellFormedOrNull(output.finishReason),
    output.retries,
    wellFormed(JSON.stringify(each.observed)),
    each.strata.length === 0 ? null : wellFormed(JSON.stringify(each.strata)),
    each.withoutBody === true ? output.at : null,
  ];
}

function waiting(db: Database.Database) {
  // named: the planner would take the index by time and read the whole history for each run
  const before = db.prepare<[string, number, number], WaitingRow>(
    `SELECT o.id AS key, o.output_id AS id, o.body_gone_at AS goneAt, o.observed, o.strata FROM output o INDEXED BY output_waiting
     WHERE o.automation = ? AND o.run IS NULL AND o.origin = 'source' AND o.at < ? ORDER BY o.at, o.id LIMIT ?`,
  );
  const one = db.prepare<[number], OutputRow>(`SELECT ${columns} FROM output o WHERE o.id = ?`);
  const instants = db.prepare<[string], { at: number; outputs: number }>(
    `SELECT at, count(*) AS outputs FROM output INDEXED BY output_waiting WHERE automation = ? AND run IS NULL AND origin = 'source'
     GROUP BY at ORDER BY at LIMIT 5000000`,
  );
  const assign = db.prepare<[number, number, string | null, number, number]>(
    "UPDATE output SET run = ?, drawn = ?, stratum = ?, inclusion = ? WHERE id = ?",
  );
  return {
    /** Outputs no run has counted yet, produced before an instant, oldest first; each is read when it is asked for. */
    waitingBefore: (automation: string, before_: number, limit: number): readonly WaitingOutput[] =>
      before.all(automation, before_, limit).map((row) => waitingOutput(row, () => one.get(row.key))),
    /** When the waiting outputs were produced, oldest first. */
    waitingInstants: (automation: string): readonly { at: number; outputs: number }[] =>
      instants.all(automation),
    /** Gives an output to its run; call inside a transaction. */
    assign: (
      key: number,
      run: number,
      draw: { drawn: boolean; stratum: string | null; inclusion: number },
    ): void => void assign.run(run, draw.drawn ? 1 : 0, draw.stratum, draw.inclusion, key),
  };
}

interface WaitingRow {
  readonly key: number;
  readonly id: string;
  readonly goneAt: number | null;
  readonly observed: string;
  readonly strata: string | null;
}

/** A run needs of most of its outputs only what was observed. */
function waitingOutput(
  { key, id, goneAt, observed, strata }: WaitingRow,
  read: () => OutputRow | undefined,
): WaitingOutput {
  const output = once(() => {
    const row = read();
    if (row === undefined) throw new StoreError("store-row", `the output ${key} is not there any more`);
    return stored(row).output;
  });
  const noticed = once(() => observedOf(observed));
  return {
    key,
    id,
    bodyGone: goneAt !== null,
    strata: strataOf(strata),
    get observed() {
      return noticed();
    },
    get output() {
      return output();
    },
  };
}
