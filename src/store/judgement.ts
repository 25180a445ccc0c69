import type Database from "better-sqlite3";
import type { AnswerCounts, Judgement, SpotReason } from "../domain/judgement.js";
import type { Output } from "../domain/output.js";
import { type OutputRow, columns as outputColumns, stored } from "./output-row.js";

/** What a check said of outputs, by what people said of them. */
export interface JudgedVerdict extends AnswerCounts {
  readonly check: string;
  readonly status: "pass" | "fail";
  /** null: judged without having been picked. */
  readonly reason: SpotReason | null;
  /** When the last of them was said. */
  readonly at: number;
}

/** What people said of outputs. */
export function judgementTable(db: Database.Database) {
  const replace = db.prepare<[number, number, string]>(
    "UPDATE judgement SET replaced_at = ? WHERE output = ? AND who = ? AND replaced_at IS NULL",
  );
  const insert = db.prepare<Judgement & { automation: string; output: number }>(
    `INSERT INTO judgement (automation, output, answer, who, via, at, note, correction)
     VALUES (@automation, @output, @answer, @who, @via, @at, @note, @correction)`,
  );
  const of = db.prepare<[number], Judgement>(
    `SELECT answer, who, via, at, note, correction FROM judgement WHERE output = ? AND replaced_at IS NULL
     ORDER BY at, id LIMIT 100`,
  );
  const verdicts = db.prepare<[string, number], JudgedVerdict>(
    `WITH judged AS (
       SELECT output, max(at) AS at, sum(answer = 'right') AS rights, sum(answer = 'wrong') AS wrongs
       FROM judgement WHERE automation = ? AND at >= ? AND replaced_at IS NULL GROUP BY output ORDER BY at DESC LIMIT 5000)
     SELECT v.check_id AS "check", v.status, s.reason, judged.rights, judged.wrongs, judged.at
     FROM judged JOIN verdict v ON v.output = judged.output LEFT JOIN spot_check s ON s.output = judged.output
     WHERE v.status IN ('pass', 'fail') ORDER BY judged.at, judged.output`,
  );
  const right = db.prepare<{ automation: string; input: string; except: number }, OutputRow>(
    `SELECT ${outputColumns} FROM (
       SELECT output FROM judgement WHERE automation = @automation AND replaced_at IS NULL ORDER BY at DESC LIMIT 5000) judged
     JOIN output o ON o.id = judged.output
     WHERE o.id <> @except AND o.input = @input AND o.body_gone_at IS NULL
       AND EXISTS (SELECT 1 FROM judgement j WHERE j.output = o.id AND j.replaced_at IS NULL AND j.answer = 'right')
       AND NOT EXISTS (SELECT 1 FROM judgement j WHERE j.output = o.id AND j.replaced_at IS NULL AND j.answer = 'wrong')
     ORDER BY o.at DESC, o.id DESC LIMIT 1`,
  );
  const replaced = db.prepare<[number, string], { one: number }>(
    "SELECT 1 AS one FROM judgement WHERE output = ? AND who = ? AND replaced_at IS NOT NULL LIMIT 1",
  );
  const last = db.prepare<[string], { at: number }>(
    "SELECT at FROM judgement WHERE automation = ? AND replaced_at IS NULL ORDER BY at DESC LIMIT 1",
  );
  return {
    /** Puts a judgement on record; what the same person said of the output before counts no more. Call inside a transaction. */
    put: (automation: string, output: number, judgement: Judgement): void => {
      replace.run(judgement.at, output, judgement.who);
      insert.run({ automation, output, ...judgement });
    },
    /** What people say of an output, in the order they said it. */
    of: (output: number): readonly Judgement[] => of.all(output),
    /** Whether someone said something else of the output before. */
    saidOtherwise: (output: number, who: string): boolean => replaced.get(output, who) !== undefined,
    /** What checks said of outputs judged since an instant, in the order they were judged. */
    verdicts: (automation: string, since: number): readonly JudgedVerdict[] =>
      verdicts.all(automation, since),
    /** The newest other output for an input that people judged right and nobody wrong, of the newest 5,000 judgements; null: none whose text is kept. */
    rightFor: (
      automation: string,
      of: { readonly input: string; readonly except: number },
    ): Output | null => {
      const row = right.get({ automation, ...of });
      return row === undefined ? null : stored(row).output;
    },
    /** When someone last judged an output; null: nobody ever has. */
    lastAt: (automation: string): number | null => last.get(automation)?.at ?? null,
  };
}
