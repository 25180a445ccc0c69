import type Database from "better-sqlite3";

/** The clocks of an announced incident that its own row does not hold. */
export interface IncidentClockRow {
  readonly incident: number;
  /** null: there is nothing to contain. */
  readonly containBy: number | null;
  readonly containedAt: number | null;
  /** When people were told that it was missed; null: it was not. */
  readonly containMissedAt: number | null;
  readonly restoreMissedAt: number | null;
  readonly acknowledgementExpiresAt: number | null;
  readonly remindAt: number | null;
  /** Reminders sent since something last happened. */
  readonly reminders: number;
  /** The revision of the incident that these follow. */
  readonly seenRevision: number;
}

const columns = `incident, contain_by AS containBy, contained_at AS containedAt, contain_missed_at AS containMissedAt,
  restore_missed_at AS restoreMissedAt, acknowledgement_expires_at AS acknowledgementExpiresAt, remind_at AS remindAt,
  reminders, seen_revision AS seenRevision`;

/** A clock that is set every few minutes fills nothing. */
const jumpsKept = 100;

/** Clocks of incidents, and jumps of the wall clock. */
export function incidentClockTable(db: Database.Database) {
  const one = db.prepare<[number], IncidentClockRow>(
    `SELECT ${columns} FROM incident_clock WHERE incident = ?`,
  );
  const put = db.prepare<IncidentClockRow>(
    `INSERT OR REPLACE INTO incident_clock (incident, contain_by, contained_at, contain_missed_at, restore_missed_at,
       acknowledgement_expires_at, remind_at, reminders, seen_revision)
     VALUES (@incident, @containBy, @containedAt, @containMissedAt, @restoreMissedAt, @acknowledgementExpiresAt,
       @remindAt, @reminders, @seenRevision)`,
  );
  const due = db.prepare<{ now: number }, { id: number }>(
    `SELECT i.id FROM incident i INDEXED BY incident_one_open LEFT JOIN incident_clock c ON c.incident = i.id
     WHERE i.ended_at IS NULL AND i.told_status IS NOT NULL AND (c.incident IS NULL OR c.seen_revision <> i.revision
       OR (i.status = 'open' AND i.acknowledge_by <= @now)
       OR (c.contained_at IS NULL AND c.contain_missed_at IS NULL AND c.contain_by <= @now)
       OR (i.status <> 'recovering' AND c.restore_missed_at IS NULL AND i.restore_by <= @now)
       OR c.acknowledgement_expires_at <= @now OR c.remind_at <= @now)
     ORDER BY i.id LIMIT 10000`,
  );
  const level = db.prepare<[number, number | null, number]>(
    "UPDATE incident SET escalations = ?, acknowledge_by = ?, revision = revision + 1 WHERE id = ?",
  );
  const expire = db.prepare<[number, number]>(
    "UPDATE incident SET acknowledge_by = ?, acknowledged_by = NULL WHERE id = ?",
  );
  const shiftIncidents = db.prepare<{ by: number }>(
    `UPDATE incident SET acknowledge_by = acknowledge_by + @by, restore_by = restore_by + @by WHERE ended_at IS NULL`,
  );
  const shiftClocks = db.prepare<{ by: number }>(
    `UPDATE incident_clock SET contain_by = contain_by + @by, remind_at = remind_at + @by,
       acknowledgement_expires_at = acknowledgement_expires_at + @by
     WHERE incident IN (SELECT id FROM incident INDEXED BY incident_one_open WHERE ended_at IS NULL)`,
  );
  const shiftHolds = db.prepare<{ by: number }>(
    "UPDATE silence_hold SET held_at = held_at + @by WHERE released_at IS NULL",
  );
  const recordJump = db.prepare<[number, number, string]>(
    "INSERT INTO clock_jump (at, by_ms, found) VALUES (?, ?, ?)",
  );
  const forgetJumps = db.prepare<[number]>(
    "DELETE FROM clock_jump WHERE id <= (SELECT max(id) FROM clock_jump) - ?",
  );
  const jumps = db.prepare<[number], ClockJump>(
    "SELECT at, by_ms AS byMs, found FROM clock_jump ORDER BY id DESC LIMIT ?",
  );
  return {
    get: (incident: number): IncidentClockRow | null => one.get(incident) ?? null,
    put: (row: IncidentClockRow): void => void put.run(row),
    /** Announced open incidents of which a clock has run out, or that moved since their clocks were set. */
    due: (now: number): readonly number[] => due.all({ now }).map((row) => row.id),
    /** So many people were called in vain; the next has to have acknowledged by then. */
    setLevel: (incident: number, escalations: number, acknowledgeBy: number | null): void =>
      void level.run(escalations, acknowledgeBy, incident),
    /** Nobody has acknowledged it any more. */
    expire: (incident: number, acknowledgeBy: number): void => void expire.run(acknowledgeBy, incident),
    /** What was to happen in an hour still happens in an hour after the wall clock jumped. */
    shift: (byMs: number): void => {
      shiftIncidents.run({ by: byMs });
      shiftClocks.run({ by: byMs });
      shiftHolds.run({ by: byMs });
    },
    /** Notes a jump; only the newest hundred are kept. */
    recordJump: ({ at, byMs, found }: ClockJump): void => {
      recordJump.run(at, byMs, found);
      forgetJumps.run(jumpsKept);
    },
    /** The latest jumps, newest first. */
    jumps: (limit: number): readonly ClockJump[] => jumps.all(limit),
  };
}

/** A jump of the wall clock against the monotonic one, or against the last sign of life. */
interface ClockJump {
  /** Wall time after the jump. */
  readonly at: number;
  readonly byMs: number;
  readonly found: "running" | "start";
}
