import type Database from "better-sqlite3";
import type { Json } from "../domain/json.js";
import type { AnswerCounts } from "../domain/judgement.js";

/** A judged output that is to become a known answer. */
interface Promotion {
  readonly automation: string;
  /** The output's key in the store. */
  readonly output: number;
  readonly caseId: string;
  readonly input: Json;
  readonly expected: Json;
  /** Whether the known answer is the correction, not the output itself. */
  readonly corrected: boolean;
  /** Whose judgement it rests on. */
  readonly saidBy: string;
  readonly who: string;
  readonly at: number;
  /** Local date. */
  readonly reviewBy: string;
}

/** One that has become a known answer, with where it comes from. */
export interface PromotedCase extends Promotion {
  /** The id its source gave the output. */
  readonly outputId: string;
  readonly saidAt: number;
}

/** An output that someone calls wrong, and how many say what. */
interface CalledWrong extends AnswerCounts {
  readonly output: number;
  readonly outputId: string;
}

type Row = Omit<PromotedCase, "input" | "expected" | "corrected"> & {
  readonly known: string;
  readonly corrected: number;
};

/** Judged outputs that became known answers. */
export function goldenPromotedTable(db: Database.Database) {
  const put = db.prepare<
    Omit<Promotion, "input" | "expected" | "corrected"> & Pick<Row, "known" | "corrected">
  >(
    `INSERT INTO golden_promoted (output, automation, case_id, known, judgement, corrected, who, at, review_by)
     VALUES (@output, @automation, @caseId, @known,
       (SELECT id FROM judgement WHERE output = @output AND who = @saidBy AND replaced_at IS NULL),
       @corrected, @who, @at, @reviewBy)
     ON CONFLICT (output) DO UPDATE SET known = excluded.known, judgement = excluded.judgement,
       corrected = excluded.corrected, who = excluded.who, at = excluded.at, review_by = excluded.review_by`,
  );
  const list = db.prepare<[string], Row>(
    `SELECT p.automation, p.output, p.case_id AS caseId, p.known, p.corrected, p.who, p.at, p.review_by AS reviewBy,
       j.who AS saidBy, j.at AS saidAt, o.output_id AS outputId
     FROM golden_promoted p JOIN judgement j ON j.id = p.judgement JOIN output o ON o.id = p.output
     WHERE p.automation = ? ORDER BY p.case_id LIMIT 10000`,
  );
  const remove = db.prepare<[string, string]>(
    "DELETE FROM golden_promoted WHERE automation = ? AND case_id = ?",
  );
  const calledWrong = db.prepare<[string, number], CalledWrong>(
    `SELECT j.output, o.output_id AS outputId, sum(j.answer = 'right') AS rights, sum(j.answer = 'wrong') AS wrongs
     FROM judgement j JOIN output o ON o.id = j.output
     WHERE j.automation = ? AND j.at >= ? AND j.replaced_at IS NULL GROUP BY j.output HAVING wrongs > 0
     ORDER BY max(j.at) DESC LIMIT 500`,
  );
  return {
    /** Makes an output a known answer; one that is one already is taken anew. Call inside a transaction. */
    put: ({ input, expected, corrected, ...promotion }: Promotion): void =>
      void put.run({
        ...promotion,
        known: JSON.stringify([input, expected]),
        corrected: corrected ? 1 : 0,
      }),
    /** Those of an automation. */
    of: (automation: string): readonly PromotedCase[] => list.all(automation).map(fromRow),
    /** False: there was none of that id. */
    remove: (automation: string, caseId: string): boolean => remove.run(automation, caseId).changes > 0,
    /** Outputs that someone has called wrong since an instant, the latest word first. */
    calledWrong: (automation: string, since: number): readonly CalledWrong[] =>
      calledWrong.all(automation, since),
  };
}

function fromRow({ known, corrected, ...rest }: Row): PromotedCase {
  const [input, expected]: readonly [Json, Json] = JSON.parse(known);
  return { ...rest, input, expected, corrected: corrected === 1 };
}
