import type Database from "better-sqlite3";
import type { Json } from "../domain/json.js";

/** An answer that was paid for. */
export interface StoredAnswer {
  /** sha-256 of who was asked what. */
  readonly key: string;
  readonly automation: string;
  readonly check: string;
  /** Id of the model in the configuration, or the host of a service. */
  readonly asked: string;
  readonly answeredBy: string | null;
  readonly answer: Json;
  readonly costMicros: number;
  readonly at: number;
}

/** What asking came to on one day. */
export interface DaySpend {
  readonly questions: number;
  readonly costMicros: number;
  /** Questions not put because a cap was reached. */
  readonly refused: number;
}

const nothing: DaySpend = { questions: 0, costMicros: 0, refused: 0 };

/** Answers by content, and what each day's cost. */
export function answerTable(db: Database.Database) {
  const select = db.prepare<[string], Omit<StoredAnswer, "answer"> & { answer: string }>(
    `SELECT key, automation, check_id AS "check", asked, answered_by AS answeredBy, answer, cost_micros AS costMicros, at
     FROM answer WHERE key = ?`,
  );
  const insert = db.prepare<Omit<StoredAnswer, "answer"> & { answer: string }>(
    `INSERT OR REPLACE INTO answer (key, automation, check_id, asked, answered_by, answer, cost_micros, at)
     VALUES (@key, @automation, @check, @asked, @answeredBy, @answer, @costMicros, @at)`,
  );
  const forget = db.prepare<[number]>("DELETE FROM answer WHERE at < ?");
  const spend = db.prepare<{ day: string; automation: string } & DaySpend>(
    `INSERT INTO daily_asking (day, automation, questions, cost_micros, refused)
     VALUES (@day, @automation, @questions, @costMicros, @refused)
     ON CONFLICT (day, automation) DO UPDATE SET questions = questions + excluded.questions,
       cost_micros = cost_micros + excluded.cost_micros, refused = refused + excluded.refused`,
  );
  const ofAutomation = db.prepare<[string, string], DaySpend>(
    "SELECT questions, cost_micros AS costMicros, refused FROM daily_asking WHERE day = ? AND automation = ?",
  );
  const ofAll = db.prepare<[string], DaySpend>(
    `SELECT coalesce(sum(questions), 0) AS questions, coalesce(sum(cost_micros), 0) AS costMicros,
       coalesce(sum(refused), 0) AS refused FROM daily_asking WHERE day = ?`,
  );
  const ofEach = db.prepare<[string], DaySpend & { automation: string }>(
    `SELECT automation, questions, cost_micros AS costMicros, refused FROM daily_asking WHERE day = ?`,
  );
  return {
    get: (key: string): StoredAnswer | null => {
      const row = select.get(key);
      if (row === undefined) return null;
      const answer: Json = JSON.parse(row.answer);
      return { ...row, answer };
    },
    add: (answer: StoredAnswer): void =>
      void insert.run({ ...answer, answer: JSON.stringify(answer.answer) }),
    /** Answers from before an instant: no run is repeated so late. */
    forgetBefore: (at: number): number => forget.run(at).changes,
    spend: (day: string, automation: string, spent: Partial<DaySpend>): void =>
      void spend.run({ day, automation, ...nothing, ...spent }),
    spentOn: (day: string, automation: string): DaySpend => ofAutomation.get(day, automation) ?? nothing,
    spentByEach: (day: string): readonly (DaySpend & { readonly automation: string })[] => ofEach.all(day),
    spentByAll: (day: string): DaySpend => ofAll.get(day) ?? nothing,
  };
}
