/**
 * Making the store forget texts. In: texts to look for, whatever their case and however they were escaped on their way
 * into messages. Out: how many rows held them. Looks through outputs, verdicts and every column that may hold someone's
 * text, of one automation or of all; reads the whole store, so outputs are gone through a few hundred at a time.
 */
import type Database from "better-sqlite3";
import { escapedForms } from "../text/escaped-forms.js";
import { forgettableColumns } from "./forgettable-columns.js";

const mark = "[forgotten]";
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
  db.function("sought_in_json", { deterministic: false }, (value: unknown) => {
    const pattern = sought === null ? null : new RegExp(sought.source, "iu");
    if (typeof value !== "string" || pattern === null || !pattern.test(value)) return 0;
    return textsOfJson(value, (text) => text).texts.some((text) => pattern.test(text)) ? 1 : 0;
  });
  db.function("without_sought_json", { deterministic: false }, (value: unknown) => {
    const pattern = sought;
    if (typeof value !== "string" || pattern === null) return value;
    return textsOfJson(value, (text) => text.replace(pattern, mark)).json;
  });
  return {
    /** Sets what is looked for from now on. */
    seek: (texts: readonly string[]): void => {
      const forms = [...new Set(texts.flatMap(escapedForms))].sort(
        (left, right) => right.length - left.length,
      );
      sought = new RegExp(forms.map((each) => each.replace(/[\\^$.*+?()[\]{}|/]/g, "\\$&")).join("|"), "giu");
    },
    ...outputs(db),
    ...others(db),
    ...quoting(db),
  };
}

/** Keys of stored JSON whose values are fixed words, ids or positions: a message without them cannot be read again. */
const fixedKeys = new Set(
  `type kind status risk event style color weight size spacing width version contentType action_id block_id channel ts
   thread_ts instance notificationId`.split(/\s+/),
);

/** The texts of a JSON value, and the value with each of them changed. */
function textsOfJson(
  json: string,
  change: (text: string) => string,
): { readonly json: string; readonly texts: readonly string[] } {
  const texts: string[] = [];
  const changed: unknown = JSON.parse(json, (key, value: unknown) => {
    if (typeof value !== "string" || fixedKeys.has(key)) return value;
    texts.push(value);
    return change(value);
  });
  return { json: JSON.stringify(changed), texts };
}

const outputText = `coalesce(text, '') || char(10) || coalesce(input, '') || char(10) || coalesce(reference, '') || char(10) ||
  coalesce(final_text, '') || char(10) || coalesce(user, '') || char(10) || output_id || char(10) || coalesce(segment, '') || char(10) ||
  coalesce(error, '') || char(10) || coalesce(link, '') || char(10) || observed || char(10) || coalesce(strata, '')`;

/** Outputs after one key up to another, without one of them; of one automation, or of all. */
interface OutputSpan {
  readonly automation: string | null;
  readonly except: number;
  readonly after: number;
  readonly upTo: number;
}

function outputs(db: Database.Database) {
  const page = db.prepare<
    { automation: string | null; after: number; limit: number },
    { key: number; automation: string; id: string; found: number }
  >(
    `SELECT id AS key, automation, output_id AS id, sought_in(${outputText}) AS found FROM output
     WHERE id > @after AND (@automation IS NULL OR automation = @automation) ORDER BY id LIMIT @limit`,
  );
  const ofSpan = `output > @after AND output <= @upTo AND output <> @except AND (sought_in(reason) OR sought_in(excerpt))
    AND (@automation IS NULL OR (SELECT automation FROM output o WHERE o.id = verdict.output) = @automation)`;
  const quoted = db.prepare<OutputSpan, { rows: number }>(
    `SELECT count(*) AS rows FROM verdict WHERE ${ofSpan}`,
  );
  const scrub = db.prepare<OutputSpan>(
    `UPDATE verdict SET reason = without_sought(reason), excerpt = without_sought(excerpt) WHERE ${ofSpan}`,
  );
  const verdictsOf = db.prepare<[number]>(
    "UPDATE verdict SET reason = NULL, excerpt = NULL WHERE output = ?",
  );
  const wipe = db.prepare<{ key: number; now: number }>(
    `UPDATE output SET text = '', structured = 0, input = NULL, reference = NULL, final_text = NULL, user = NULL, link = NULL,
       error = without_sought(error), segment = without_sought(segment), observed = without_sought_json(observed),
       strata = without_sought_json(strata), body_gone_at = @now,
       output_id = CASE WHEN sought_in(output_id) THEN 'forgotten-' || id ELSE output_id END WHERE id = @key`,
  );
  const listed = db.prepare<[number]>(
    `UPDATE incident_output SET link = NULL, output_id = (SELECT output_id FROM output WHERE id = incident_output.output)
     WHERE output = ?`,
  );
  // a correction is the output once more
  const correctionsOf = db.prepare<[number]>(
    "UPDATE judgement SET note = NULL, correction = NULL WHERE output = ?",
  );
  const knownAnswersOf = db.prepare<[number]>("DELETE FROM golden_promoted WHERE output = ?");
  return {
    /** The next outputs after a key, and which of them hold what is sought. */
    pageAfter: (automation: string | null, after: number, limit: number) =>
      page.all({ automation, after, limit }),
    /** Verdicts on outputs of a span that quote it. */
    verdictsHolding: (span: OutputSpan): number => quoted.get(span)?.rows ?? 0,
    scrubVerdicts: (span: OutputSpan): void => void scrub.run(span),
    /** Takes an output's texts away, and what its verdicts quote; that it was, and how it was judged, stays. */
    wipe: (key: number, now: number): void => {
      wipe.run({ key, now });
      verdictsOf.run(key);
      listed.run(key);
      correctionsOf.run(key);
      knownAnswersOf.run(key);
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
  const wholes = db
    .prepare<{ automation: string; key: number; pieces: string }, string>(
      `SELECT DISTINCT p.value FROM output o JOIN json_each(@pieces) p ON p.value IN (o.text, o.input, o.final_text)
       WHERE o.automation = @automation AND o.id <> @key`,
    )
    .pluck();
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
    /** Which of these pieces of an output are all that another output of its automation says. */
    wholeElsewhere: (automation: string, key: number, pieces: readonly string[]): readonly string[] =>
      wholes.all({ automation, key, pieces: JSON.stringify(pieces) }),
    /** Answers kept for an automation: they quote outputs without naming them. */
    answersOf: (automation: string): number => countAnswers.get(automation)?.rows ?? 0,
    dropAnswers: (automation: string): void => void answers.run(automation),
  };
}

function others(db: Database.Database) {
  const tables = forgettableColumns.map(({ table, columns, json = [], state, of }) => {
    const within = `(@automation IS NULL${of === null ? "" : ` OR ${of}`})`;
    const gone = state === undefined ? [] : [`sought_in("${state}")`];
    const mended = [
      ...columns.map((column) => `sought_in("${column}")`),
      ...json.map((column) => `sought_in_json("${column}")`),
    ];
    const scrubbed = [
      ...columns.map((column) => `"${column}" = without_sought("${column}")`),
      ...json.map((column) => `"${column}" = without_sought_json("${column}")`),
    ];
    const holding = (any: readonly string[]): string => `(${any.join(" OR ")}) AND ${within}`;
    const changes = [
      ...(gone.length === 0 ? [] : [`DELETE FROM "${table}" WHERE ${holding(gone)}`]),
      ...(mended.length === 0
        ? []
        : [`UPDATE OR REPLACE "${table}" SET ${scrubbed.join(", ")} WHERE ${holding(mended)}`]),
    ];
    return {
      table,
      count: db.prepare<Within, { rows: number }>(
        `SELECT count(*) AS rows FROM "${table}" WHERE ${holding([...gone, ...mended])}`,
      ),
      changes: changes.map((change) => db.prepare<Within>(change)),
    };
  });
  return {
    /** Rows of the other tables that hold what is sought; of one automation, or of all. */
    holding: (automation: string | null): ReadonlyMap<string, number> =>
      new Map(
        tables.flatMap(({ table, count }) => {
          const rows = count.get({ automation })?.rows ?? 0;
          return rows === 0 ? [] : [[table, rows] as const];
        }),
      ),
    /** Takes it out of them. */
    scrubOthers: (automation: string | null): void => {
      for (const { changes } of tables) for (const change of changes) change.run({ automation });
    },
  };
}

/** One automation, or all of them. */
interface Within {
  readonly automation: string | null;
}
