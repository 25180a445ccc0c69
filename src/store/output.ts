import type Database from "better-sqlite3";
import type { Output } from "../domain/output.js";
import type { Verdict } from "../domain/verdict.js";
import { hourlyCounts } from "./hourly.js";
import { outputReader } from "./output-reader.js";
import {
  columns,
  type Observed,
  type OutputRow,
  observedOf,
  type StoredOutput,
  stored,
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
}

/** An output that waits for its run, with what the metrics take from it. */
export interface WaitingOutput extends StoredOutput {
  readonly observed: Observed;
}

/** Outputs, their verdicts and the hourly counts, all written together. */
export function outputTable(db: Database.Database) {
  const write = writer(db);
  return { ...write, ...waiting(db), ...outputReader(db) };
}

function writer(db: Database.Database) {
  const insert = db.prepare<Record<string, string | number | null>>(
    `INSERT OR IGNORE INTO output (automation, origin, output_id, at, content_hash, text, structured, input, reference, model,
       latency_ms, cost_micros, tokens, user, approval, final_text, segment, error, link, finish_reason, observed)
     VALUES (@automation, @origin, @outputId, @at, @contentHash, @text, @structured, @input, @reference, @model,
       @latencyMs, @costMicros, @tokens, @user, @approval, @finalText, @segment, @error, @link, @finishReason, @observed)`,
  );
  const insertVerdicts = verdictWriter(db);
  const count = hourlyCounts(db);
  const observe = db.prepare<[string, number]>("UPDATE output SET observed = ? WHERE id = ?");
  const hash = db.prepare<[string, string, string], { hash: string }>(
    "SELECT content_hash AS hash FROM output WHERE automation = ? AND origin = ? AND output_id = ?",
  );

  const insertOne = (each: NewOutput): number | null => {
    const done = insert.run(rowOf(each));
    if (done.changes === 0) return null;
    insertVerdicts(done.lastInsertRowid, each.verdicts);
    return Number(done.lastInsertRowid);
  };
  /** Stores outputs with their verdicts and counts; call inside a transaction. Returns their keys, null where an id is known. */
  const addAll = (outputs: readonly NewOutput[]): readonly (number | null)[] => {
    const keys = outputs.map(insertOne);
    count.outputs(outputs.filter((_, at) => keys[at] !== null));
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
      insertVerdicts(known.key, later.verdicts);
      count.verdicts(automation, known.at, later.verdicts);
      observe.run(JSON.stringify(later.observed), known.key);
    },
    /** The content hash of a known id; null: not known. */
    knownHash: (automation: string, origin: NewOutput["origin"], id: string): string | null =>
      hash.get(automation, origin, wellFormed(id))?.hash ?? null,
  };
}

type VerdictCell = number | bigint | string | null;

/** Rows written by one statement: a call of SQLite costs more than the row. */
const rowsAtOnce = 8;

function verdictWriter(db: Database.Database) {
  const row = "(?, ?, ?, ?, ?, ?)";
  const insert = "INSERT INTO verdict (output, check_id, status, score, reason, excerpt) VALUES";
  const one = db.prepare<VerdictCell[]>(`${insert} ${row}`);
  const several = db.prepare<VerdictCell[]>(`${insert} ${Array(rowsAtOnce).fill(row).join(", ")}`);
  return (output: number | bigint, verdicts: NewOutput["verdicts"]): void => {
    const rows = [...verdicts].map(([checkId, verdict]) => verdictRow(output, checkId, verdict));
    const whole = rows.length - (rows.length % rowsAtOnce);
    for (let at = 0; at < whole; at += rowsAtOnce) several.run(...rows.slice(at, at + rowsAtOnce).flat());
    for (const cells of rows.slice(whole)) one.run(...cells);
  };
}

function verdictRow(output: number | bigint, checkId: string, verdict: Verdict): VerdictCell[] {
  const score = "score" in verdict ? (verdict.score ?? null) : null;
  const excerpt = "excerpt" in verdict ? (verdict.excerpt ?? null) : null;
  return [output, checkId, verdict.status, score, verdict.reason ?? null, excerpt];
}

/** Half of a surrogate pair becomes U+FFFD: SQLite would keep bytes that are no UTF-8 and read back as others. */
function wellFormed(text: string): string {
  return /[\ud800-\udfff]/.test(text) ? text.replace(/\p{Cs}/gu, "\uFFFD") : text;
}

function wellFormedOrNull(text: string | null): string | null {
  return text === null ? null : wellFormed(text);
}

function rowOf(each: NewOutput): Record<string, string | number | null> {
  const { output } = each;
  return {
    automation: each.automation,
    origin: each.origin,
    outputId: wellFormed(output.id),
    at: output.at,
    contentHash: each.contentHash,
    text: wellFormed(output.text),
    structured: output.fields === undefined ? 0 : 1,
    input: wellFormedOrNull(output.input),
    reference: output.reference === null ? null : wellFormed(JSON.stringify(output.reference)),
    model: wellFormedOrNull(output.model),
    latencyMs: output.latencyMs,
    costMicros: output.costMicros,
    tokens: output.tokens,
    user: wellFormedOrNull(output.user),
    approval: output.approval,
    finalText: wellFormedOrNull(output.finalText),
    segment: wellFormedOrNull(output.segment),
    error: wellFormedOrNull(output.error),
    link: wellFormedOrNull(output.link),
    finishReason: wellFormedOrNull(output.finishReason),
    observed: wellFormed(JSON.stringify(each.observed)),
  };
}

function waiting(db: Database.Database) {
  // named: the planner would take the index by time and read the whole history for each run
  const before = db.prepare<[string, number, number], OutputRow & { observed: string }>(
    `SELECT ${columns}, o.observed FROM output o INDEXED BY output_waiting WHERE o.automation = ? AND o.run IS NULL AND o.origin = 'source' AND o.at < ?
     ORDER BY o.at, o.id LIMIT ?`,
  );
  const instants = db.prepare<[string], { at: number; outputs: number }>(
    `SELECT at, count(*) AS outputs FROM output INDEXED BY output_waiting WHERE automation = ? AND run IS NULL AND origin = 'source'
     GROUP BY at ORDER BY at LIMIT 5000000`,
  );
  const assign = db.prepare<[number, number, string | null, number, number]>(
    "UPDATE output SET run = ?, drawn = ?, stratum = ?, inclusion = ? WHERE id = ?",
  );
  return {
    /** Outputs no run has counted yet, produced before an instant, oldest first. */
    waitingBefore: (automation: string, before_: number, limit: number): readonly WaitingOutput[] =>
      before
        .all(automation, before_, limit)
        .map((row) => ({ ...stored(row), observed: observedOf(row.observed) })),
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
