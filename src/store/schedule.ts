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

/** Schedules handed out at once, at most: those that have waited longest. */
const mostDue = 1000;

/** Next and last slot of every schedule. */
export function scheduleTable(db: Database.Database) {
  const one = db.prepare<[string, string], ScheduleRow>(
    `SELECT ${columns} FROM schedule WHERE automation = ? AND kind = ?`,
  );
  const due = db.prepare<[number, string], ScheduleRow>(
    `SELECT ${columns} FROM schedule WHERE next_due_at <= ? AND automation NOT IN (SELECT value FROM json_each(?))
     ORDER BY next_due_at LIMIT ${mostDue}`,
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
    /** What is due of automations other than these, so that those that cannot be worked on now keep no place from the rest. */
    due: (now: number, except: Iterable<string>): readonly ScheduleRow[] =>
      due.all(now, JSON.stringify([...except])),
    put: (row: ScheduleRow): void => void put.run(row),
    remove: (automation: string, kind: ScheduleRow["kind"]): void => void remove.run(automation, kind),
  };
}
