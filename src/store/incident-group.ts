import type Database from "better-sqlite3";

/** What incidents share. */
export type CauseKind = "model" | "source" | "dependsOn" | "vendor" | "source-down";

/** Incidents that began together and share something. */
export interface IncidentGroup {
  readonly id: number;
  readonly causeKind: CauseKind;
  readonly cause: string;
  readonly beganAt: number;
}

/** One incident of a group. */
export interface GroupMember {
  readonly incident: number;
  readonly group: number;
  readonly joinedAt: number;
  /** True where people were told of it by the group's message. */
  readonly toldByGroup: boolean;
}

interface MemberRow extends Omit<GroupMember, "toldByGroup"> {
  readonly toldByGroup: number;
}

const memberColumns =
  'incident, incident_group AS "group", joined_at AS joinedAt, told_by_group AS toldByGroup';

/** Groups of incidents and their members. */
export function incidentGroupTable(db: Database.Database) {
  const insert = db.prepare<[string, string, number]>(
    "INSERT INTO incident_group (cause_kind, cause, began_at) VALUES (?, ?, ?)",
  );
  const one = db.prepare<[number], IncidentGroup>(
    "SELECT id, cause_kind AS causeKind, cause, began_at AS beganAt FROM incident_group WHERE id = ?",
  );
  const begunSince = db.prepare<[number], IncidentGroup>(
    `SELECT id, cause_kind AS causeKind, cause, began_at AS beganAt FROM incident_group INDEXED BY incident_group_by_time
     WHERE began_at >= ? AND cause_kind <> 'source-down' ORDER BY id DESC LIMIT 20`,
  );
  const setCause = db.prepare<[string, string, number]>(
    "UPDATE incident_group SET cause_kind = ?, cause = ? WHERE id = ?",
  );
  const join = db.prepare<[number, number, number, number]>(
    `INSERT OR REPLACE INTO incident_group_member (incident, incident_group, joined_at, told_by_group) VALUES (?, ?, ?, ?)`,
  );
  const leave = db.prepare<[number]>("DELETE FROM incident_group_member WHERE incident = ?");
  const memberOf = db.prepare<[number], MemberRow>(
    `SELECT ${memberColumns} FROM incident_group_member WHERE incident = ?`,
  );
  const ofGroup = `SELECT ${memberColumns} FROM incident_group_member INDEXED BY incident_group_member_of WHERE incident_group = ?`;
  const members = db.prepare<[number, number], MemberRow>(`${ofGroup} ORDER BY incident LIMIT ?`);
  const newest = db.prepare<[number, number], MemberRow>(`${ofGroup} ORDER BY incident DESC LIMIT ?`);
  const told = db.prepare<[number, number], MemberRow>(
    `${ofGroup} AND told_by_group = 1 AND incident <> ? ORDER BY incident LIMIT 1`,
  );
  const open = db.prepare<[number, number], MemberRow>(
    `${ofGroup} AND EXISTS (SELECT 1 FROM incident i WHERE i.id = incident_group_member.incident AND i.ended_at IS NULL)
     ORDER BY incident LIMIT ?`,
  );
  const firstDue = db
    .prepare<[number], number | null>(
      `SELECT min(i.acknowledge_by) FROM incident_group_member m INDEXED BY incident_group_member_of JOIN incident i ON i.id = m.incident
       WHERE m.incident_group = ? AND i.status = 'open'`,
    )
    .pluck();
  const size = db
    .prepare<[number], number>(
      "SELECT count(*) FROM incident_group_member INDEXED BY incident_group_member_of WHERE incident_group = ?",
    )
    .pluck();
  const fromRow = (row: MemberRow): GroupMember => ({ ...row, toldByGroup: row.toldByGroup === 1 });
  return {
    begin: (kind: CauseKind, cause: string, at: number): number =>
      Number(insert.run(kind, cause, at).lastInsertRowid),
    get: (id: number): IncidentGroup | null => one.get(id) ?? null,
    /** Groups of incidents about outputs, the newest first. */
    begunSince: (at: number): readonly IncidentGroup[] => begunSince.all(at),
    setCause: (id: number, kind: CauseKind, cause: string): void => void setCause.run(kind, cause, id),
    join: (incident: number, group: number, at: number, told: { byGroup: boolean }): void =>
      void join.run(incident, group, at, told.byGroup ? 1 : 0),
    leave: (incident: number): void => void leave.run(incident),
    memberOf: (incident: number): GroupMember | null => {
      const row = memberOf.get(incident);
      return row === undefined ? null : fromRow(row);
    },
    /** The first of a group to open. */
    members: (group: number, most: number): readonly GroupMember[] => members.all(group, most).map(fromRow),
    /** The last of a group to open, the newest first. */
    newestMembers: (group: number, most: number): readonly GroupMember[] =>
      newest.all(group, most).map(fromRow),
    /** The first of a group to open that have not ended. */
    openMembers: (group: number, most: number): readonly GroupMember[] => open.all(group, most).map(fromRow),
    /** Another one that people were told of by the group's message; null: there is none. */
    toldBefore: (group: number, incident: number): GroupMember | null => {
      const row = told.get(group, incident);
      return row === undefined ? null : fromRow(row);
    },
    /** When the first of those that nobody has acknowledged is due; null: none is. */
    firstDueAt: (group: number): number | null => firstDue.get(group) ?? null,
    size: (group: number): number => size.get(group) ?? 0,
  };
}
