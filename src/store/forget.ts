/**
 * Making the store forget texts. In: texts to look for, whatever their case and however they were escaped on their way
 * into messages. Out: how many rows held them. Looks through every text of every table, those to come included; reads
 * the whole store, so outputs are gone through a few hundred at a time.
 */
import type Database from "better-sqlite3";
import { escapedForms } from "../text/escaped-forms.js";

const mark = "[forgotten]";
/** Names of settings and fingerprints: nothing that came from an output. */
const ownColumns = new Set([
  "automation",
  "check_id",
  "metric",
  "key",
  "payload_hash",
  "content_hash",
  "dedupe_key",
  "channel",
  "day",
  "settings_hash",
]);

/** Texts of an output, from which what quotes it can be found. */
interface ForgettableOutput {
  readonly key: number;
  readonly text: string;
  readonly input: string | null;
  readonly finalText: string | null;
}

/** The statements of forgetting; changes are to be made inside a transaction. */
export function forgetTable(db: Database.Database) {
  let sought: RegExp | null = null;
  const textOf = (value: unknown): string =>
    typeof value === "string" ? value : Buffer.isBuffer(value) ? value.toString("utf8") : "";
  db.function("sought_in", { deterministic: false }, (value: unknown) =>
    sought !== null && new RegExp(sought.source, "iu").test(textOf(value)) ? 1 : 0,
  );
  db.function("without_sought", { deterministic: false }, (value: unknown) =>
    typeof value === "string" && sought !== null ? value.replace(sought, mark) : value,
  );
  return {
    /** Sets what is looked for from now on. */
    seek: (texts: readonly string[]): void => {
      const forms = [...new Set(texts.flatMap(escapedForms))].sort(
        (left, right) => right.length - left.length,
      );
      sought = new RegExp(
        forms.map((each) => each.replace(/[\\^$.*+?()[\]{}|/-]/g, "\\$&")).join("|"),
        "giu",
      );
    },
    ...outputs(db),
    ...others(db),
    ...quoting(db),
  };
}

const outputText = `coalesce(text, '') || char(10) || coalesce(input, '') || char(10) || coalesce(reference, '') || char(10) ||
  coalesce(final_text, '') || char(10) || coalesce(user, '') || char(10) || output_id || char(10) || coalesce(segment, '') || char(10) ||
  coalesce(error, '') || char(10) || coalesce(link, '') || char(10) || observed || char(10) || coalesce(strata, '')`;

function outputs(db: Database.Database) {
  const page = db.prepare<[number, number], { key: number; automation: string; id: string; found: number }>(
    `SELECT id AS key, automation, output_id AS id, sought_in(${outputText}) AS found FROM output WHERE id > ? ORDER BY id LIMIT ?`,
  );
  const quoted = db.prepare<[number, number], { rows: number }>(
    "SELECT count(*) AS rows FROM verdict WHERE output > ? AND output <= ? AND (sought_in(reason) OR sought_in(excerpt))",
  );
  const scrub = db.prepare<[number, number]>(
    `UPDATE verdict SET reason = without_sought(reason), excerpt = without_sought(excerpt)
     WHERE output > ? AND output <= ? AND (sought_in(reason) OR sought_in(excerpt))`,
  );
  const verdictsOf = db.prepare<[number]>(
    "UPDATE verdict SET reason = NULL, excerpt = NULL WHERE output = ?",
  );
  const wipe = db.prepare<{ key: number; now: number }>(
    `UPDATE output SET text = '', structured = 0, input = NULL, reference = NULL, final_text = NULL, user = NULL, link = NULL,
       error = without_sought(error), segment = without_sought(segment), observed = without_sought(observed),
       strata = without_sought(strata), body_gone_at = @now,
       output_id = CASE WHEN sought_in(output_id) THEN 'forgotten-' || id ELSE output_id END WHERE id = @key`,
  );
  return {
    /** The next outputs after a key, and which of them hold what is sought. */
    pageAfter: (key: number, limit: number) => page.all(key, limit),
    /** Verdicts on outputs after one key up to another that quote it. */
    verdictsHolding: (after: number, upTo: number): number => quoted.get(after, upTo)?.rows ?? 0,
    scrubVerdicts: (after: number, upTo: number): void => void scrub.run(after, upTo),
    /** Takes an output's texts away, and what its verdicts quote; that it was, and how it was judged, stays. */
    wipe: (key: number, now: number): void => {
      wipe.run({ key, now });
      verdictsOf.run(key);
    },
  };
}

function quoting(db: Database.Database) {
  const one = db.prepare<[string, string], ForgettableOutput>(
    "SELECT id AS key, text, input, final_text AS finalText FROM output WHERE automation = ? AND origin = 'source' AND output_id = ?",
  );
  const said = db.prepare<[number], { reason: string | null; excerpt: string | null }>(
    "SELECT reason, excerpt FROM verdict WHERE output = ? LIMIT 1000",
  );
  const messages = db.prepare<[string], { message: string }>(
    `SELECT o.message FROM outbox o JOIN incident i ON i.id = o.incident WHERE i.automation = ? AND o.payload <> 'null'`,
  );
  const answers = db.prepare<[string]>("DELETE FROM answer WHERE automation = ?");
  const countAnswers = db.prepare<[string], { rows: number }>(
    "SELECT count(*) AS rows FROM answer WHERE automation = ?",
  );
  return {
    /** The output of an id; null: there is none. */
    output: (automation: string, id: string): ForgettableOutput | null => one.get(automation, id) ?? null,
    /** What its verdicts say and quote. */
    said: (key: number) => said.all(key),
    /** Messages about an automation, as JSON. */
    messagesOf: (automation: string): readonly string[] => messages.all(automation).map((row) => row.message),
    /** Answers kept for an automation: they quote outputs without naming them. */
    answersOf: (automation: string): number => countAnswers.get(automation)?.rows ?? 0,
    dropAnswers: (automation: string): void => void answers.run(automation),
  };
}

function others(db: Database.Database) {
  const columns = db
    .prepare<[], { name: string; sql: string; column: string; type: string }>(
      `SELECT t.name, t.sql, c.name AS "column", c.type FROM sqlite_schema t, pragma_table_info(t.name) c
       WHERE t.type = 'table' AND t.name NOT LIKE 'sqlite_%' AND t.name NOT IN ('output', 'verdict', 'automation') ORDER BY t.name, c.cid`,
    )
    .all()
    .filter(({ column, type, sql }) => !ownColumns.has(column) && mayHold(sql, column, type));
  const names = [...new Set(columns.map(({ name }) => name))];
  const tables = names.map((name) => {
    const own = columns.filter((each) => each.name === name);
    const texts = own.filter(({ type }) => type === "TEXT").map(({ column }) => `"${column}"`);
    const holding = own.map(({ column }) => `sought_in("${column}")`).join(" OR ");
    // what a metric has learned cannot be mended word by word: it learns anew
    const inBlob = own.some(({ type }) => type === "BLOB");
    const change = inBlob
      ? `DELETE FROM "${name}" WHERE ${holding}`
      : `UPDATE OR REPLACE "${name}" SET ${texts.map((each) => `${each} = without_sought(${each})`).join(", ")} WHERE ${holding}`;
    return {
      name,
      count: db.prepare<[], { rows: number }>(`SELECT count(*) AS rows FROM "${name}" WHERE ${holding}`),
      change: db.prepare(change),
    };
  });
  return {
    /** Rows of every other table that hold what is sought. */
    holding: (): ReadonlyMap<string, number> =>
      new Map(
        tables.flatMap(({ name, count }) => {
          const rows = count.get()?.rows ?? 0;
          return rows === 0 ? [] : [[name, rows] as const];
        }),
      ),
    /** Takes it out of all of them. */
    scrubOthers: (): void => {
      for (const { change } of tables) change.run();
    },
  };
}

/** A column of fixed words holds nothing of anyone's. */
function mayHold(sql: string, column: string, type: string): boolean {
  if (type === "BLOB") return true;
  return type === "TEXT" && !new RegExp(`\\b${column} TEXT[^,]*CHECK \\(${column} IN`).test(sql);
}
