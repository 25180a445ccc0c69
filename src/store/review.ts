import type Database from "better-sqlite3";
import type { ReminderStage, Review } from "../domain/review.js";

/** A review on record, by its number. */
interface ReviewRow extends Review {
  readonly id: number;
}

/** When a review is due, as it was last reckoned. */
interface ReviewDueRow {
  readonly automation: string;
  /** When the automation or tool was first met. */
  readonly metAt: number;
  /** Local date. */
  readonly dueOn: string;
  /** Since when it is due on that date. */
  readonly setAt: number;
}

/** A reminder that a person was owed. */
interface ReminderRow {
  readonly automation: string;
  readonly dueOn: string;
  readonly stage: ReminderStage;
  /** A person's name. */
  readonly person: string;
  readonly at: number;
}

/** Reviews, when they are due, and who was reminded of them. */
export function reviewTable(db: Database.Database) {
  const insert = db.prepare<Review>(
    `INSERT INTO review (automation, decision, who, why, at, next_on)
     VALUES (@automation, @decision, @who, @why, @at, @nextOn)`,
  );
  const list = db.prepare<[string, number], ReviewRow>(
    `SELECT id, automation, decision, who, why, at, next_on AS nextOn FROM review WHERE automation = ?
     ORDER BY id DESC LIMIT ?`,
  );
  const due = db.prepare<[string], ReviewDueRow>(
    "SELECT automation, met_at AS metAt, due_on AS dueOn, set_at AS setAt FROM review_due WHERE automation = ?",
  );
  const putDue = db.prepare<ReviewDueRow>(
    `INSERT INTO review_due (automation, met_at, due_on, set_at) VALUES (@automation, @metAt, @dueOn, @setAt)
     ON CONFLICT (automation) DO UPDATE SET met_at = excluded.met_at, due_on = excluded.due_on, set_at = excluded.set_at`,
  );
  const forgetReminders = db.prepare<[string, string]>(
    "DELETE FROM review_reminder WHERE automation = ? AND due_on <> ?",
  );
  const told = db.prepare<[string, string, string], { stage: ReminderStage }>(
    "SELECT stage FROM review_reminder WHERE automation = ? AND due_on = ? AND person = ?",
  );
  const remind = db.prepare<ReminderRow>(
    `INSERT OR IGNORE INTO review_reminder (automation, due_on, stage, person, at)
     VALUES (@automation, @dueOn, @stage, @person, @at)`,
  );
  return {
    add: (review: Review): void => void insert.run(review),
    /** The newest first. */
    list: (automation: string, limit: number): readonly ReviewRow[] => list.all(automation, limit),
    /** The one recorded last; null: none ever was. */
    newest: (automation: string): ReviewRow | null => list.get(automation, 1) ?? null,
    /** null: it was not met yet. */
    due: (automation: string): ReviewDueRow | null => due.get(automation) ?? null,
    /** Notes when it is due; reminders of another date are forgotten. Call inside a transaction. */
    putDue: (row: ReviewDueRow): void => {
      putDue.run(row);
      forgetReminders.run(row.automation, row.dueOn);
    },
    /** What a person was reminded of already. */
    remindedOf: (automation: string, dueOn: string, person: string): readonly ReminderStage[] =>
      told.all(automation, dueOn, person).map(({ stage }) => stage),
    /** Call in the transaction that owes the message. */
    remind: (row: ReminderRow): void => void remind.run(row),
  };
}
