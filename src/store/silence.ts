import type Database from "better-sqlite3";
import { matchesAll, type Silence, type SilenceMatch } from "../domain/silence.js";

type SilenceRow = Omit<Silence, "match">;

/** An incident, or one finding of it, that a silence holds back. */
export interface SilenceHold {
  readonly id: number;
  readonly silence: number;
  readonly incident: number;
  /** Empty: the whole incident. */
  readonly findingKey: string;
  readonly heldAt: number;
  /** Since when a fresh sample is asked for; null: the silence lasts. */
  readonly askedAt: number | null;
  readonly releasedAt: number | null;
}

const columns =
  "id, created_at AS createdAt, starts_at AS startsAt, ends_at AS endsAt, why, owner, recurring, ended_by AS endedBy";
const holdColumns =
  "id, silence, incident, finding_key AS findingKey, held_at AS heldAt, asked_at AS askedAt, released_at AS releasedAt";

const fieldOf = {
  incidents: "incident",
  automations: "automation",
  vendors: "vendor",
  dependsOn: "dependsOn",
  processes: "process",
  checks: "check",
  kinds: "kind",
} as const;

/** Silences, what they match and what they hold back. */
export function silenceTable(db: Database.Database) {
  const insert = db.prepare<Omit<SilenceRow, "id" | "endedBy">>(
    `INSERT OR IGNORE INTO silence (created_at, starts_at, ends_at, why, owner, recurring)
     VALUES (@createdAt, @startsAt, @endsAt, @why, @owner, @recurring)`,
  );
  const insertMatch = db.prepare<[number, string, string]>(
    "INSERT OR IGNORE INTO silence_match (silence, field, value) VALUES (?, ?, ?)",
  );
  const match = db.prepare<[number], { field: string; value: string }>(
    "SELECT field, value FROM silence_match WHERE silence = ? ORDER BY field, value LIMIT 1000",
  );
  const one = db.prepare<[number], SilenceRow>(`SELECT ${columns} FROM silence WHERE id = ?`);
  const inForce = db.prepare<{ now: number }, SilenceRow>(
    `SELECT ${columns} FROM silence INDEXED BY silence_by_end WHERE ends_at > @now AND starts_at <= @now
     ORDER BY ends_at DESC, id LIMIT 1000`,
  );
  const list = db.prepare<[number], SilenceRow>(
    `SELECT ${columns} FROM silence ORDER BY ends_at DESC, id DESC LIMIT ?`,
  );
  const occurrence = db.prepare<[string, number], { id: number }>(
    "SELECT id FROM silence WHERE recurring = ? AND starts_at = ?",
  );
  const end = db.prepare<[number, string, number]>(
    "UPDATE silence SET ends_at = ?, ended_by = ? WHERE id = ?",
  );
  const hold = db.prepare<Omit<SilenceHold, "id" | "askedAt" | "releasedAt">>(
    `INSERT OR IGNORE INTO silence_hold (silence, incident, finding_key, held_at)
     VALUES (@silence, @incident, @findingKey, @heldAt)`,
  );
  const openHolds = db.prepare<[], SilenceHold>(
    `SELECT ${holdColumns} FROM silence_hold INDEXED BY silence_hold_one WHERE released_at IS NULL ORDER BY id LIMIT 10000`,
  );
  const openHold = db.prepare<[number], SilenceHold>(
    `SELECT ${holdColumns} FROM silence_hold WHERE incident = ? AND finding_key = '' AND released_at IS NULL`,
  );
  const holdsOf = db.prepare<[number], SilenceHold>(
    `SELECT ${holdColumns} FROM silence_hold WHERE incident = ? ORDER BY id LIMIT 100`,
  );
  const ask = db.prepare<[number, number]>("UPDATE silence_hold SET asked_at = ? WHERE id = ?");
  const release = db.prepare<[number, number]>("UPDATE silence_hold SET released_at = ? WHERE id = ?");
  const rehold = db.prepare<[number, number]>(
    "UPDATE silence_hold SET silence = ?, asked_at = NULL WHERE id = ?",
  );
  const whole = (row: SilenceRow): Silence => ({ ...row, match: matchOf(match.all(row.id)) });
  return {
    /** Returns its number; null: the occurrence is there already. */
    add: (silence: Omit<Silence, "id" | "endedBy">): number | null => {
      const { match: matched, ...row } = silence;
      const added = insert.run(row);
      if (added.changes === 0) return null;
      const id = Number(added.lastInsertRowid);
      for (const [field, value] of pairsOf(matched)) insertMatch.run(id, field, value);
      return id;
    },
    get: (id: number): Silence | null => {
      const row = one.get(id);
      return row === undefined ? null : whole(row);
    },
    inForce: (now: number): readonly Silence[] => inForce.all({ now }).map(whole),
    list: (limit: number): readonly Silence[] => list.all(limit).map(whole),
    hasOccurrence: (recurring: string, startsAt: number): boolean =>
      occurrence.get(recurring, startsAt) !== undefined,
    end: (id: number, at: number, who: string): void => void end.run(at, who, id),
    hold: (held: Omit<SilenceHold, "id" | "askedAt" | "releasedAt">): void => void hold.run(held),
    openHolds: (): readonly SilenceHold[] => openHolds.all(),
    /** What holds the whole incident back now. */
    openHold: (incident: number): SilenceHold | null => openHold.get(incident) ?? null,
    holdsOf: (incident: number): readonly SilenceHold[] => holdsOf.all(incident),
    markAsked: (id: number, at: number): void => void ask.run(at, id),
    release: (id: number, at: number): void => void release.run(at, id),
    /** Another silence goes on holding it. */
    passTo: (id: number, silence: number): void => void rehold.run(silence, id),
  };
}

function pairsOf(match: SilenceMatch): readonly (readonly [string, string])[] {
  return [
    ...match.incidents.map((value) => [fieldOf.incidents, String(value)] as const),
    ...match.automations.map((value) => [fieldOf.automations, value] as const),
    ...match.vendors.map((value) => [fieldOf.vendors, value] as const),
    ...match.dependsOn.map((value) => [fieldOf.dependsOn, value] as const),
    ...match.processes.map((value) => [fieldOf.processes, value] as const),
    ...match.checks.map((value) => [fieldOf.checks, value] as const),
    ...match.kinds.map((value) => [fieldOf.kinds, value] as const),
  ];
}

function matchOf(pairs: readonly { field: string; value: string }[]): SilenceMatch {
  const of = (field: string) => pairs.filter((each) => each.field === field).map((each) => each.value);
  return {
    ...matchesAll,
    incidents: of(fieldOf.incidents).map(Number),
    automations: of(fieldOf.automations),
    vendors: of(fieldOf.vendors),
    dependsOn: of(fieldOf.dependsOn),
    processes: of(fieldOf.processes),
    checks: of(fieldOf.checks),
    kinds: of(fieldOf.kinds),
  };
}
