/**
 * What went out while something was wrong, and what became of it. In: an incident, and the outputs it may concern.
 * Out: the list, its counts. What people decided, and the list of an ended incident, are rows of their own; the rest of
 * an open incident's list is read from the outputs, so that whatever comes joins it.
 */
import type Database from "better-sqlite3";
import type { ExposedOutput, ReworkCounts, ReworkState } from "../domain/rework.js";

/** Outputs on the list of one incident, at most: the newest. */
export const mostListed = 10_000;

/** Ended incidents with work left that are named, at most. */
const mostOwing = 100;

/** Which outputs an incident may concern. */
export interface ExposedSpan {
  readonly automation: string;
  /** Ids of its checks. */
  readonly checks: readonly string[];
  readonly since: number;
  /** null: it is still open. */
  readonly until: number | null;
}

/** What a person decided about one output. */
interface ReworkDecision {
  readonly state: ReworkState;
  readonly who: string;
  readonly at: number;
  readonly note: string | null;
}

interface Parameters {
  readonly incident: number;
  readonly automation: string | null;
  readonly checks: string;
  readonly since: number | null;
  readonly until: number | null;
}

/** What is no row yet. An output corrected by a person before it went out is redone; one that passes every check of the incident is fine. */
const joining = `
  SELECT key, id, at, link, result, CASE WHEN approval IN ('edited', 'rejected') THEN 'redone' WHEN result = 'pass' THEN 'fine'
    ELSE 'to-check' END AS state, NULL AS who, NULL AS decidedAt, NULL AS note
  FROM (SELECT o.id AS key, o.output_id AS id, o.at, o.link, o.approval,
      CASE WHEN EXISTS (SELECT 1 FROM verdict WHERE output = o.id AND status = 'fail'
          AND check_id IN (SELECT value FROM json_each(@checks))) THEN 'fail'
        WHEN (SELECT count(*) FROM verdict WHERE output = o.id AND status = 'pass'
          AND check_id IN (SELECT value FROM json_each(@checks))) = json_array_length(@checks) THEN 'pass'
        ELSE 'unknown' END AS result
    FROM output o WHERE o.automation = @automation AND o.at >= @since AND (@until IS NULL OR o.at < @until) AND o.origin = 'source'
      AND NOT EXISTS (SELECT 1 FROM incident_output WHERE incident = @incident AND output = o.id)
    ORDER BY o.at DESC, o.id DESC
    LIMIT max(0, ${mostListed} - (SELECT count(*) FROM incident_output WHERE incident = @incident)))`;

const list = `${joining}
  UNION ALL SELECT output, output_id, at, link, result, state, who, decided_at, note FROM incident_output WHERE incident = @incident`;

/** Lists of outputs by incident; changes are to be made inside a transaction. */
export function reworkTable(db: Database.Database) {
  const page = db.prepare<
    Parameters & { state: string | null; limit: number; offset: number },
    ExposedOutput
  >(
    `SELECT * FROM (${list}) WHERE @state IS NULL OR state = @state
     ORDER BY state = 'to-check' DESC, result = 'fail' DESC, at DESC, key DESC LIMIT @limit OFFSET @offset`,
  );
  const counts = db.prepare<Parameters, { state: ReworkState; outputs: number }>(
    `SELECT state, count(*) AS outputs FROM (${list}) GROUP BY state`,
  );
  const put = db.prepare<ExposedOutput & { incident: number }>(
    `INSERT INTO incident_output (incident, output, output_id, at, link, result, state, who, decided_at, note)
     VALUES (@incident, @key, @id, @at, @link, @result, @state, @who, @decidedAt, @note)
     ON CONFLICT (incident, output) DO UPDATE SET state = excluded.state, who = excluded.who, decided_at = excluded.decided_at,
       note = excluded.note`,
  );
  // in the database: row by row through here, ten thousand would hold everything up for half a second
  const decideKept = db.prepare<{ incident: number; decidedAt: number } & Omit<ReworkDecision, "at">>(
    `UPDATE incident_output SET state = @state, who = @who, decided_at = @decidedAt, note = @note
     WHERE incident = @incident AND state = 'to-check'`,
  );
  const decideJoining = db.prepare<Parameters & { decidedAt: number } & Omit<ReworkDecision, "at">>(
    `INSERT INTO incident_output (incident, output, output_id, at, link, result, state, who, decided_at, note)
     SELECT @incident, key, id, at, link, result, @state, @who, @decidedAt, @note FROM (${joining}) WHERE state = 'to-check' ORDER BY key`,
  );
  const keep = db.prepare<Parameters>(
    `INSERT INTO incident_output (incident, output, output_id, at, link, result, state)
     SELECT @incident, key, id, at, link, result, state FROM (${joining}) ORDER BY key`,
  );
  const owing = db.prepare<
    [number],
    { incident: number; automation: string; title: string; outputs: number }
  >(
    `SELECT w.incident, i.automation, i.title, w.outputs FROM (SELECT incident, count(*) AS outputs FROM incident_output
       INDEXED BY incident_output_owed WHERE state = 'to-check' GROUP BY incident) w JOIN incident i ON i.id = w.incident
     WHERE i.ended_at IS NOT NULL ORDER BY w.incident DESC LIMIT ?`,
  );
  const all = { state: null, limit: mostListed, offset: 0 };
  return {
    /** One page of the list: what is to be checked first, and of that what fails. */
    page: (
      incident: number,
      span: ExposedSpan | null,
      part: { readonly state: ReworkState | null; readonly limit: number; readonly offset: number } = all,
    ): readonly ExposedOutput[] => page.all({ ...parametersOf(incident, span), ...part }),
    counts: (incident: number, span: ExposedSpan | null): ReworkCounts => {
      const found = new Map(
        counts.all(parametersOf(incident, span)).map(({ state, outputs }) => [state, outputs] as const),
      );
      const of = (state: ReworkState): number => found.get(state) ?? 0;
      return { "to-check": of("to-check"), fine: of("fine"), redone: of("redone"), waived: of("waived") };
    },
    decide: (incident: number, outputs: readonly ExposedOutput[], decision: ReworkDecision): void => {
      const { state, who, at, note } = decision;
      for (const each of outputs) put.run({ ...each, incident, state, who, decidedAt: at, note });
    },
    /** The same of all that are still to be checked; returns how many those were. */
    decideRest: (
      incident: number,
      span: ExposedSpan | null,
      { state, who, at, note }: ReworkDecision,
    ): number => {
      const decision = { state, who, decidedAt: at, note };
      const kept = decideKept.run({ incident, ...decision }).changes;
      return kept + decideJoining.run({ ...parametersOf(incident, span), ...decision }).changes;
    },
    /** Makes rows of the whole list, as it stands when the incident ends. */
    keep: (incident: number, span: ExposedSpan): void => void keep.run(parametersOf(incident, span)),
    /** Incidents that have ended and whose outputs are still to be checked, the newest first. */
    owing: () => owing.all(mostOwing),
  };
}

function parametersOf(incident: number, span: ExposedSpan | null): Parameters {
  return {
    incident,
    automation: span?.automation ?? null,
    checks: JSON.stringify(span?.checks ?? []),
    since: span?.since ?? null,
    until: span?.until ?? null,
  };
}
