import type Database from "better-sqlite3";
import type { Incident, IncidentKind, IncidentMove, IncidentStatus } from "../domain/incident.js";

/** An incident without its findings, as its row holds it. */
export interface IncidentRow extends Omit<Incident, "findings"> {
  /** What people were last told; null: they know nothing of it. */
  readonly toldStatus: IncidentStatus | null;
  /** How many people were called in vain. */
  readonly escalations: number;
  /** The recorded move that people have yet to be told of although the status is the same; null: none. */
  readonly untoldMove: number | null;
}

const columns = `id, automation, kind, status, title, opened_at AS openedAt, announced_at AS announcedAt,
  told_status AS toldStatus, acknowledge_by AS acknowledgeBy, restore_by AS restoreBy, escalations,
  acknowledged_by AS acknowledgedBy, ended_at AS endedAt, revision, untold_move AS untoldMove`;

const moveColumns = 'at, event, from_status AS "from", to_status AS "to", who, why';

/** What comes once for each output that is worked, each problem that joins and each report: it must not push out the rest. */
const piling = "'rework', 'also', 'late', 'report', 'report-settled'";
/** Moves of either sort read at once, at most: the newest. */
const mostMoves = 1000;

/** Incidents and their recorded moves. */
export function incidentTable(db: Database.Database) {
  const one = db.prepare<[number], IncidentRow>(`SELECT ${columns} FROM incident WHERE id = ?`);
  const openOf = db.prepare<[string, string], IncidentRow>(
    `SELECT ${columns} FROM incident WHERE automation = ? AND kind = ? AND ended_at IS NULL`,
  );
  const lastOf = db.prepare<[string, string], IncidentRow>(
    `SELECT ${columns} FROM incident WHERE automation = ? AND kind = ? ORDER BY opened_at DESC, id DESC LIMIT 1`,
  );
  const open = db.prepare<[], IncidentRow>(
    `SELECT ${columns} FROM incident INDEXED BY incident_one_open WHERE ended_at IS NULL ORDER BY opened_at, id LIMIT 10000`,
  );
  const list = db.prepare<[number], IncidentRow>(
    `SELECT ${columns} FROM incident ORDER BY opened_at DESC, id DESC LIMIT ?`,
  );
  const untold = db.prepare<[string], IncidentRow>(
    `SELECT ${columns} FROM incident WHERE automation = ? AND ((told_status IS NULL AND ended_at IS NULL)
       OR (told_status IS NOT NULL AND (told_status <> status OR untold_move IS NOT NULL))) ORDER BY kind, id LIMIT 100`,
  );
  const announcedAbout = db.prepare<[number, number, number], IncidentRow>(
    `SELECT ${columns} FROM incident INDEXED BY incident_by_time WHERE opened_at BETWEEN ? AND ?
       AND kind = 'outputs' AND ended_at IS NULL AND told_status IS NOT NULL ORDER BY opened_at DESC, id DESC LIMIT ?`,
  );
  const moreAbout = db.prepare<[number, number, number], { id: number }>(
    `SELECT id FROM incident INDEXED BY incident_by_time WHERE opened_at BETWEEN ? AND ?
       AND kind = 'outputs' AND ended_at IS NULL AND told_status IS NOT NULL LIMIT 1 OFFSET ?`,
  );
  const insert = db.prepare<[string, string, string, number]>(
    "INSERT INTO incident (automation, kind, status, title, opened_at) VALUES (?, ?, 'open', ?, ?)",
  );
  const move = db.prepare<{
    id: number;
    status: string;
    endedAt: number | null;
    acknowledgedBy: string | null;
  }>(
    `UPDATE incident SET status = @status, ended_at = @endedAt, acknowledged_by = coalesce(@acknowledgedBy, acknowledged_by),
       revision = revision + 1 WHERE id = @id`,
  );
  const announce = db.prepare<[number, number, number, number]>(
    "UPDATE incident SET announced_at = ?, acknowledge_by = ?, restore_by = ? WHERE id = ?",
  );
  const moveClocks = db.prepare<[number, number, number]>(
    "UPDATE incident SET acknowledge_by = ?, restore_by = ?, revision = revision + 1 WHERE id = ?",
  );
  const title = db.prepare<[string, number]>("UPDATE incident SET title = ? WHERE id = ?");
  const told = db.prepare<[string, number]>(
    "UPDATE incident SET told_status = ?, untold_move = NULL WHERE id = ?",
  );
  const forgetTold = db.prepare<[number]>(
    `UPDATE incident SET told_status = NULL, announced_at = NULL, acknowledge_by = NULL, restore_by = NULL,
       acknowledged_by = NULL, escalations = 0 WHERE id = ?`,
  );
  const insertMove = db.prepare<IncidentMove & { incident: number }>(
    `INSERT INTO incident_move (incident, at, event, from_status, to_status, who, why)
     VALUES (@incident, @at, @event, @from, @to, @who, @why)`,
  );
  const moves = db.prepare<{ incident: number }, IncidentMove>(
    `SELECT ${moveColumns} FROM incident_move WHERE id IN (
       SELECT id FROM (SELECT id FROM incident_move WHERE incident = @incident AND event NOT IN (${piling}) ORDER BY id DESC LIMIT ${mostMoves})
       UNION ALL
       SELECT id FROM (SELECT id FROM incident_move WHERE incident = @incident AND event IN (${piling}) ORDER BY id DESC LIMIT ${mostMoves}))
     ORDER BY id`,
  );
  const countMoves = db.prepare<[number], { moves: number }>(
    "SELECT count(*) AS moves FROM incident_move WHERE incident = ?",
  );
  const lastMove = db.prepare<
    { incident: number; who: string; events: string; upTo: number | null },
    { id: number }
  >(
    `SELECT id FROM incident_move WHERE incident = @incident AND who = @who AND event IN (SELECT value FROM json_each(@events))
       AND (@upTo IS NULL OR id <= @upTo) ORDER BY id DESC LIMIT 1`,
  );
  const tellMove = db.prepare<[number, number]>(
    "UPDATE incident SET untold_move = ?, revision = revision + 1 WHERE id = ?",
  );
  const oneMove = db.prepare<[number], IncidentMove & { incident: number }>(
    `SELECT incident, ${moveColumns} FROM incident_move WHERE id = ?`,
  );
  const swings = db.prepare<[number], { at: number; event: string }>(
    `SELECT at, event FROM incident_move WHERE incident = ? AND event IN ('open', 'reopen', 'recover', 'worsen', 'flapping')
     ORDER BY id DESC LIMIT 6`,
  );
  const found = (row: IncidentRow | undefined): IncidentRow | null => row ?? null;
  return {
    get: (id: number): IncidentRow | null => found(one.get(id)),
    openOf: (automation: string, kind: IncidentKind): IncidentRow | null =>
      found(openOf.get(automation, kind)),
    latestOf: (automation: string, kind: IncidentKind): IncidentRow | null =>
      found(lastOf.get(automation, kind)),
    open: (): readonly IncidentRow[] => open.all(),
    list: (limit: number): readonly IncidentRow[] => list.all(limit),
    /** Those whose present status people have not been told. */
    untold: (automation: string): readonly IncidentRow[] => untold.all(automation),
    /** Open ones about outputs that people know of and that began at most so long before or after; none where there are more than `most`. */
    announcedAbout: (at: number, withinMs: number, most: number): readonly IncidentRow[] =>
      moreAbout.get(at - withinMs, at + withinMs, most) === undefined
        ? announcedAbout.all(at - withinMs, at + withinMs, most)
        : [],
    insert: (automation: string, kind: IncidentKind, title: string, openedAt: number): number =>
      Number(insert.run(automation, kind, title, openedAt).lastInsertRowid),
    setStatus: (
      id: number,
      to: { status: IncidentStatus; endedAt: number | null; acknowledgedBy: string | null },
    ): void => void move.run({ id, ...to }),
    setAnnounced: (id: number, at: number, deadlines: { acknowledgeBy: number; restoreBy: number }): void =>
      void announce.run(at, deadlines.acknowledgeBy, deadlines.restoreBy, id),
    /** The clocks stood for a while. */
    moveClocks: (id: number, to: { acknowledgeBy: number; restoreBy: number }): void =>
      void moveClocks.run(to.acknowledgeBy, to.restoreBy, id),
    setTitle: (id: number, text: string): void => void title.run(text, id),
    setTold: (id: number, status: IncidentStatus): void => void told.run(status, id),
    /** A reopened incident is announced like a new one, with new deadlines. */
    beginAgain: (id: number): void => void forgetTold.run(id),
    record: (incident: number, entry: IncidentMove): void => void insertMove.run({ incident, ...entry }),
    /** Records a move without a change of status that people are owed. */
    recordToTell: (incident: number, entry: IncidentMove): void => {
      const { lastInsertRowid } = insertMove.run({ incident, ...entry });
      tellMove.run(Number(lastInsertRowid), incident);
    },
    move: (id: number): (IncidentMove & { readonly incident: number }) | null => oneMove.get(id) ?? null,
    /** The number of the latest such move, up to that number where one is given; null: there is none. */
    lastMove: (
      incident: number,
      of: { readonly who: string; readonly events: readonly string[]; readonly upTo?: number },
    ): number | null => {
      const { who, events, upTo = null } = of;
      return lastMove.get({ incident, who, events: JSON.stringify(events), upTo })?.id ?? null;
    },
    /** The last times it opened, recovered, came back or was said to flap, the newest first. */
    swings: (incident: number): readonly { readonly at: number; readonly event: string }[] =>
      swings.all(incident),
    /** What happened to it, in order: all of it up to a thousand entries, then the newest of what piles up and the newest of the rest. */
    moves: (incident: number): readonly IncidentMove[] => moves.all({ incident }),
    /** How many moves there are, those that are left out of `moves` too. */
    countMoves: (incident: number): number => countMoves.get(incident)?.moves ?? 0,
  };
}
