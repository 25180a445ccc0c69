import type Database from "better-sqlite3";

/** What is due lives here, not in a timer. */
export interface ScheduleRow {
  readonly automation: string;
  readonly kind: "sampled" | "golden";
  readonly expression: string;
  readonly timeZone: string;
  readonly nextDueAt: number;
  readonly lastSlotAt: number | null;
}

const columns =
  "automation, kind, expression, time_zone AS timeZone, next_due_at AS nextDueAt, last_slot_at AS lastSlotAt";

/** Next and last slot of every schedule. */
export function scheduleTable(db: Database.Database) {
  const one = db.prepare<[string, string], ScheduleRow>(
    `SELECT ${columns} FROM schedule WHERE automation = ? AND kind = ?`,
  );
  const due = db.prepare<[number], ScheduleRow>(
    `SELECT ${columns} FROM schedule WHERE next_due_at <= ? ORDER BY next_due_at LIMIT 1000`,
  );
  const put = db.prepare<ScheduleRow>(
    `INSERT INTO schedule (automation, kind, expression, time_zone, next_due_at, last_slot_at)
     VALUES (@automation, @kind, @expression, @timeZone, @nextDueAt, @lastSlotAt)
     ON CONFLICT (automation, kind) DO UPDATE SET expression = excluded.expression, time_zone = excluded.time_zone,
       next_due_at = excluded.next_due_at, last_slot_at = excluded.last_slot_at`,
  );
  const remove = db.prepare<[string, string]>("DELETE FROM schedule WHERE automation = ? AND kind = ?");
  const list = db.prepare<[], ScheduleRow>(
    `SELECT ${columns} FROM schedule ORDER BY automation, kind LIMIT 10000`,
  );
  return {
    get: (automation: string, kind: ScheduleRow["kind"]): ScheduleRow | null =>
      one.get(automation, kind) ?? null,
    list: (): readonly ScheduleRow[] => list.all(),
    due: (now: number): readonly ScheduleRow[] => due.all(now),
    put: (row: ScheduleRow): void => void put.run(row),
    remove: (automation: string, kind: ScheduleRow["kind"]): void => void remove.run(automation, kind),
    /** The earliest instant at which anything is due; null: nothing is scheduled. */
  };
}
