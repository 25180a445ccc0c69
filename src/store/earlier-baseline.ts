import type Database from "better-sqlite3";

/** What a metric held to be usual before it began anew. */
export interface EarlierBaseline {
  readonly automation: string;
  readonly metric: string;
  readonly title: string;
  readonly endedAt: number;
  /** Why it began anew. */
  readonly why: string;
  /** Runs it had followed, and outputs its usual level was learned from. */
  readonly runs: number;
  readonly outputs: number;
  /** Of a pass share: how many of how many passed; null of anything else. */
  readonly hits: number | null;
  readonly n: number | null;
}

/** Earlier baselines are only ever added. */
export function earlierBaselineTable(db: Database.Database) {
  const insert = db.prepare<EarlierBaseline>(
    `INSERT INTO earlier_baseline (automation, metric, title, ended_at, why, runs, outputs, hits, n)
     VALUES (@automation, @metric, @title, @endedAt, @why, @runs, @outputs, @hits, @n)`,
  );
  const list = db.prepare<[string, number], EarlierBaseline>(
    `SELECT automation, metric, title, ended_at AS endedAt, why, runs, outputs, hits, n FROM earlier_baseline
     WHERE automation = ? ORDER BY id DESC LIMIT ?`,
  );
  return {
    add: (baseline: EarlierBaseline): void => void insert.run(baseline),
    /** The newest first. */
    list: (automation: string, limit: number): readonly EarlierBaseline[] => list.all(automation, limit),
  };
}
