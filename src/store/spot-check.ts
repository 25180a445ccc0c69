import type Database from "better-sqlite3";
import type { AnswerCounts, SpotCheck } from "../domain/judgement.js";
import type { Output } from "../domain/output.js";
import type { VerdictStatus } from "../domain/verdict.js";
import { type OutputRow, columns as outputColumns, stored } from "./output-row.js";

/** The time whose outputs are picked from. */
export interface Span {
  /** Epoch ms UTC, inclusive. */
  readonly fromAt: number;
  /** Exclusive. */
  readonly untilAt: number;
}

/** A spot check as it is stored. */
export interface SpotCheckRow extends SpotCheck, Span {
  readonly id: number;
  readonly automation: string;
  /** The id its source gave the output. */
  readonly outputId: string;
  /** When the output was made. */
  readonly at: number;
}

/** A pick of chance with what people said of it. */
interface RandomPick extends AnswerCounts {
  readonly inclusion: number;
  readonly untilAt: number;
}

/** A pick of chance that people have judged, and that is not followed yet. */
interface UnfollowedPick extends AnswerCounts {
  readonly id: number;
  /** When the output was made. */
  readonly at: number;
}

/** What a check said of an output. */
export interface SaidOfOutput {
  readonly check: string;
  readonly status: VerdictStatus;
  readonly reason: string | null;
}

const columns = `s.id, s.automation, s.output, s.from_at AS fromAt, s.until_at AS untilAt, s.reason, s.why, s.inclusion,
  o.output_id AS outputId, o.at`;

const counts = `coalesce(sum(j.answer = 'right'), 0) AS rights, coalesce(sum(j.answer = 'wrong'), 0) AS wrongs`;

/** Outputs picked for people to look at. */
export function spotCheckTable(db: Database.Database) {
  const insert = db.prepare<SpotCheck & Span & { automation: string; pickedAt: number }>(
    `INSERT INTO spot_check (automation, output, from_at, until_at, reason, why, inclusion, picked_at)
     VALUES (@automation, @output, @fromAt, @untilAt, @reason, @why, @inclusion, @pickedAt)`,
  );
  const ofSpan = db.prepare<[string, number], SpotCheckRow>(
    `SELECT ${columns} FROM spot_check s JOIN output o ON o.id = s.output
     WHERE s.automation = ? AND s.until_at = ? ORDER BY s.id LIMIT 100`,
  );
  const one = db.prepare<[number], SpotCheckRow>(
    `SELECT ${columns} FROM spot_check s JOIN output o ON o.id = s.output WHERE s.id = ?`,
  );
  const waiting = db.prepare<[string, number], SpotCheckRow>(
    `SELECT ${columns} FROM spot_check s JOIN output o ON o.id = s.output
     WHERE s.automation = ? AND s.until_at > ? AND o.body_gone_at IS NULL
       AND NOT EXISTS (SELECT 1 FROM judgement j WHERE j.output = s.output AND j.replaced_at IS NULL)
     ORDER BY s.until_at DESC, s.id LIMIT 100`,
  );
  const waitingCount = db.prepare<[string, number], { waiting: number }>(
    `SELECT count(*) AS waiting FROM spot_check s JOIN output o ON o.id = s.output
     WHERE s.automation = ? AND s.until_at > ? AND o.body_gone_at IS NULL
       AND NOT EXISTS (SELECT 1 FROM judgement j WHERE j.output = s.output AND j.replaced_at IS NULL)`,
  );
  const random = db.prepare<[string, number], RandomPick>(
    `SELECT s.inclusion, s.until_at AS untilAt, ${counts} FROM spot_check s
     LEFT JOIN judgement j ON j.output = s.output AND j.replaced_at IS NULL
     WHERE s.automation = ? AND s.until_at > ? AND s.reason = 'random' GROUP BY s.until_at, s.id ORDER BY s.until_at DESC LIMIT 1000`,
  );
  const unfollowed = db.prepare<{ automation: string; after: number; settledBy: number }, UnfollowedPick>(
    `SELECT s.id, o.at, ${counts} FROM spot_check s JOIN output o ON o.id = s.output
     JOIN judgement j ON j.output = s.output AND j.replaced_at IS NULL
     WHERE s.automation = @automation AND s.until_at > @after AND s.reason = 'random' AND s.followed_at IS NULL
     GROUP BY s.id HAVING max(j.at) <= @settledBy ORDER BY o.at, s.id LIMIT 1000`,
  );
  const follow = db.prepare<[number, number]>("UPDATE spot_check SET followed_at = ? WHERE id = ?");
  const text = db.prepare<[number], OutputRow>(
    `SELECT ${outputColumns} FROM output o WHERE o.id = ? AND o.body_gone_at IS NULL`,
  );
  const verdicts = db.prepare<[number], SaidOfOutput>(
    `SELECT check_id AS "check", status, reason FROM verdict WHERE output = ? ORDER BY check_id LIMIT 500`,
  );
  return {
    /** The output as it is kept; null: its text has been let go. */
    outputOf: (output: number): Output | null => {
      const row = text.get(output);
      return row === undefined ? null : stored(row).output;
    },
    /** What the checks said of an output. */
    verdictsOf: (output: number): readonly SaidOfOutput[] => verdicts.all(output),
    add: (automation: string, span: Span, pick: SpotCheck, pickedAt: number): void =>
      void insert.run({ automation, ...span, ...pick, pickedAt }),
    /** What was picked from the outputs of a span, in the order it was picked. */
    ofSpan: (automation: string, untilAt: number): readonly SpotCheckRow[] => ofSpan.all(automation, untilAt),
    /** null: there is none of that number. */
    get: (id: number): SpotCheckRow | null => one.get(id) ?? null,
    /** Those that nobody has judged yet and whose text is still there, of spans that ended after an instant; the newest span first. */
    waiting: (automation: string, after: number): readonly SpotCheckRow[] => waiting.all(automation, after),
    /** How many wait so. */
    waitingCount: (automation: string, after: number): number =>
      waitingCount.get(automation, after)?.waiting ?? 0,
    /** What chance picked from spans that ended after an instant. */
    random: (automation: string, after: number): readonly RandomPick[] => random.all(automation, after),
    /** What chance picked from spans that ended after an instant, of which nobody has said anything more since another and which is not followed yet; by the time the outputs were made. */
    unfollowed: (
      automation: string,
      span: { readonly after: number; readonly settledBy: number },
    ): readonly UnfollowedPick[] => unfollowed.all({ automation, ...span }),
    /** Notes that what people said of it is followed now. */
    markFollowed: (id: number, now: number): void => void follow.run(now, id),
  };
}
