import type Database from "better-sqlite3";

/** How long an incident was open. */
interface OpenSpan {
  readonly id: number;
  readonly openedAt: number;
  /** null: it still is. */
  readonly endedAt: number | null;
}

/** What came, and what it cost. */
interface Usage {
  readonly outputs: number;
  /** Those that say what they cost. */
  readonly priced: number;
  readonly costMicros: number;
}

/** Outputs that people judged. */
interface Judged {
  readonly outputs: number;
  /** Someone calls it wrong and nobody right. */
  readonly wrong: number;
  /** One calls it right, another wrong. */
  readonly disputed: number;
}

/** What a review looks back on, read over a time: incidents, outputs, judgements. */
export function reviewEvidenceTable(db: Database.Database) {
  const incidents = db.prepare<[string, number], OpenSpan>(
    `SELECT id, opened_at AS openedAt, ended_at AS endedAt FROM incident INDEXED BY incident_of
     WHERE automation = ? AND (ended_at IS NULL OR ended_at >= ?) ORDER BY opened_at DESC, id DESC LIMIT 1000`,
  );
  const usage = db.prepare<[string, number, number], Usage>(
    `SELECT coalesce(sum(outputs), 0) AS outputs, coalesce(sum(priced), 0) AS priced,
       coalesce(sum(cost_micros), 0) AS costMicros
     FROM hourly_outputs WHERE automation = ? AND hour_at >= ? AND hour_at <= ?`,
  );
  const judged = db.prepare<[string, number], Judged>(
    `SELECT count(*) AS outputs, coalesce(sum(wrongs > 0 AND rights = 0), 0) AS wrong,
       coalesce(sum(wrongs > 0 AND rights > 0), 0) AS disputed
     FROM (SELECT sum(answer = 'right') AS rights, sum(answer = 'wrong') AS wrongs
       FROM judgement WHERE automation = ? AND at >= ? AND replaced_at IS NULL GROUP BY output)`,
  );
  const none = { outputs: 0, priced: 0, costMicros: 0, wrong: 0, disputed: 0 };
  return {
    /** Incidents that were open at some time since, the newest first. */
    incidentsSince: (automation: string, since: number): readonly OpenSpan[] =>
      incidents.all(automation, since),
    usage: (automation: string, from: number, to: number): Usage => usage.get(automation, from, to) ?? none,
    judgedSince: (automation: string, since: number): Judged => judged.get(automation, since) ?? none,
  };
}
