import type Database from "better-sqlite3";
import type { Closing, Lesson } from "../domain/closing.js";

/** Causes and lessons of incidents. */
export function closingTable(db: Database.Database) {
  const put = db.prepare<Closing & { incident: number }>(
    `INSERT INTO incident_closing (incident, cause, lesson, who, at) VALUES (@incident, @cause, @lesson, @who, @at)
     ON CONFLICT (incident) DO UPDATE SET cause = excluded.cause, lesson = coalesce(excluded.lesson, lesson),
       who = excluded.who, at = excluded.at`,
  );
  const one = db.prepare<[number], Closing>(
    "SELECT cause, lesson, who, at FROM incident_closing WHERE incident = ?",
  );
  const lessons = db.prepare<[string, number, number], Lesson>(
    `SELECT i.id AS incident, i.ended_at AS endedAt, c.cause, c.lesson
     FROM incident i INDEXED BY incident_of JOIN incident_closing c ON c.incident = i.id
     WHERE i.automation = ? AND i.id <> ? AND i.ended_at IS NOT NULL AND c.lesson IS NOT NULL
     ORDER BY i.ended_at DESC, i.id DESC LIMIT ?`,
  );
  return {
    /** Says it, or says it anew; a lesson that was said stays until another one is. */
    put: (incident: number, closing: Closing): void => void put.run({ incident, ...closing }),
    /** null: the cause was not stated. */
    of: (incident: number): Closing | null => one.get(incident) ?? null,
    /** What the automation's other incidents taught, the latest first. */
    lessons: (automation: string, otherThan: number, limit: number): readonly Lesson[] =>
      lessons.all(automation, otherThan, limit),
  };
}
