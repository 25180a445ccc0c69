import type Database from "better-sqlite3";
import type { Level } from "../domain/check.js";
import type { Finding, FindingRule, Measured } from "../domain/finding.js";
import type { IncidentStatus } from "../domain/incident.js";

/** A finding in the store: still true until it has ended. */
export interface StoredFinding {
  readonly id: number;
  readonly automation: string;
  readonly incident: number | null;
  readonly key: string;
  readonly finding: Finding;
  /** What changed, without since when: the title of the incident it leads. */
  readonly headline: string;
  readonly timesSeen: number;
  readonly lastSeenAt: number;
  readonly endedAt: number | null;
}

interface Row {
  readonly id: number;
  readonly automation: string;
  readonly incident: number | null;
  readonly key: string;
  readonly rule: FindingRule;
  readonly metric: string | null;
  readonly check: string | null;
  readonly level: Level;
  readonly baselineMeasure: "share" | "median" | null;
  readonly baselineValue: number | null;
  readonly baselineN: number | null;
  readonly currentMeasure: "share" | "median" | null;
  readonly currentValue: number | null;
  readonly currentN: number | null;
  readonly evidence: number | null;
  readonly changedAt: number | null;
  readonly foundAt: number;
  readonly chanceMonths: number | null;
  readonly sentence: string;
  readonly headline: string;
  readonly improvement: number;
  readonly timesSeen: number;
  readonly lastSeenAt: number;
  readonly endedAt: number | null;
}

const columns = `id, automation, incident, key, rule, metric, check_id AS "check", level, baseline_measure AS baselineMeasure,
  baseline_value AS baselineValue, baseline_n AS baselineN, current_measure AS currentMeasure,
  current_value AS currentValue, current_n AS currentN, evidence, changed_at AS changedAt, found_at AS foundAt,
  chance_months AS chanceMonths, sentence, headline, improvement, times_seen AS timesSeen, last_seen_at AS lastSeenAt, ended_at AS endedAt`;

/** Findings, active and past. */
export function findingTable(db: Database.Database) {
  const active = db.prepare<[string], Row>(
    `SELECT ${columns} FROM finding INDEXED BY finding_one_active WHERE automation = ? AND ended_at IS NULL ORDER BY id LIMIT 1000`,
  );
  const automations = db.prepare<[], { automation: string }>(
    "SELECT DISTINCT automation FROM finding INDEXED BY finding_one_active WHERE ended_at IS NULL LIMIT 10000",
  );
  const ofIncident = db.prepare<[number], Row>(
    `SELECT ${columns} FROM finding WHERE incident = ? ORDER BY id LIMIT 1000`,
  );
  const insert = db.prepare<Omit<Row, "id" | "timesSeen" | "lastSeenAt" | "endedAt">>(
    `INSERT INTO finding (automation, incident, key, rule, metric, check_id, level, baseline_measure, baseline_value, baseline_n,
       current_measure, current_value, current_n, evidence, changed_at, found_at, chance_months, sentence, headline, improvement, last_seen_at)
     VALUES (@automation, @incident, @key, @rule, @metric, @check, @level, @baselineMeasure, @baselineValue, @baselineN,
       @currentMeasure, @currentValue, @currentN, @evidence, @changedAt, @foundAt, @chanceMonths, @sentence, @headline, @improvement, @foundAt)`,
  );
  const refresh = db.prepare<
    Omit<Row, "automation" | "incident" | "key" | "timesSeen" | "lastSeenAt" | "endedAt">
  >(
    `UPDATE finding SET times_seen = times_seen + 1, last_seen_at = @foundAt, evidence = @evidence, sentence = @sentence, headline = @headline,
       baseline_measure = @baselineMeasure, baseline_value = @baselineValue, baseline_n = @baselineN,
       current_measure = @currentMeasure, current_value = @currentValue, current_n = @currentN, changed_at = @changedAt
     WHERE id = @id`,
  );
  const attach = db.prepare<[number, number]>("UPDATE finding SET incident = ? WHERE id = ?");
  const setLevel = db.prepare<[string, number]>("UPDATE finding SET level = ? WHERE id = ?");
  const latest = db.prepare<[string, string], { endedAt: number | null; status: IncidentStatus | null }>(
    `SELECT f.ended_at AS endedAt, i.status FROM finding f LEFT JOIN incident i ON i.id = f.incident
     WHERE f.automation = ? AND f.key = ? ORDER BY f.found_at DESC, f.id DESC LIMIT 1`,
  );
  const lastEnded = db.prepare<[number], { at: number | null }>(
    "SELECT max(ended_at) AS at FROM finding WHERE incident = ? AND level = 'page'",
  );
  const timesSeen = db.prepare<[number], { times: number | null; lastAt: number | null }>(
    "SELECT sum(times_seen) AS times, max(last_seen_at) AS lastAt FROM finding WHERE incident = ? AND level = 'page'",
  );
  const hasKey = db.prepare<[number, string, number], { id: number }>(
    "SELECT id FROM finding WHERE incident = ? AND key = ? AND id <> ? LIMIT 1",
  );
  const end = db.prepare<[number, number]>(
    "UPDATE finding SET ended_at = ? WHERE id = ? AND ended_at IS NULL",
  );
  const endedSince = db.prepare<[string, string, number], Row>(
    `SELECT ${columns} FROM finding WHERE automation = ? AND key = ? AND ended_at >= ? ORDER BY ended_at DESC, id DESC LIMIT 1000`,
  );
  const all = db.prepare<[string, number], Row>(
    `SELECT ${columns} FROM finding WHERE automation = ? ORDER BY found_at, id LIMIT ?`,
  );
  return {
    active: (automation: string): readonly StoredFinding[] => active.all(automation).map(fromRow),
    /** Automations of which something is still true. */
    automationsWithActive: (): readonly string[] => automations.all().map((row) => row.automation),
    ofIncident: (incident: number): readonly StoredFinding[] => ofIncident.all(incident).map(fromRow),
    list: (automation: string, limit: number): readonly StoredFinding[] =>
      all.all(automation, limit).map(fromRow),
    /** Findings of one identity that ended since an instant, the oldest first. */
    endedSince: (automation: string, key: string, since: number): readonly StoredFinding[] =>
      endedSince.all(automation, key, since).map(fromRow).reverse(),
    /** When the latest finding of that identity ended, and how its incident stands; null: there was none. */
    latestOf: (automation: string, key: string) => latest.get(automation, key) ?? null,
    /** When the last of an incident's page findings that are over ended; null: none is. */
    lastEndedAt: (incident: number): number | null => lastEnded.get(incident)?.at ?? null,
    /** In how many runs an incident's page findings were seen, and when the last time. */
    timesSeen: (incident: number): { readonly times: number; readonly lastAt: number | null } => {
      const row = timesSeen.get(incident);
      return { times: row?.times ?? 0, lastAt: row?.lastAt ?? null };
    },
    /** True where another finding of the same identity belongs to the incident already. */
    isKnownTo: (incident: number, key: string, otherThan: number): boolean =>
      hasKey.get(incident, key, otherThan) !== undefined,
    /** A problem of its own, until it joins an incident. */
    insert: (automation: string, key: string, found: { finding: Finding; headline: string }): number =>
      Number(
        insert.run({ automation, incident: null, key, ...toRow(found.finding), headline: found.headline })
          .lastInsertRowid,
      ),
    /** The same problem again: counted, its latest figures kept. */
    seenAgain: (id: number, { finding, headline }: { finding: Finding; headline: string }): void => {
      refresh.run({ id, ...toRow(finding), headline });
    },
    attach: (id: number, incident: number): void => void attach.run(incident, id),
    setLevel: (id: number, level: Level): void => void setLevel.run(level, id),
    end: (id: number, at: number): void => void end.run(at, id),
  };
}

function toRow(finding: Finding) {
  const { rule, metric, check, level, evidence, changedAt, foundAt, chanceMonths, sentence } = finding;
  const baseline = split(finding.baseline);
  const current = split(finding.current);
  return {
    rule,
    metric,
    check,
    level,
    evidence,
    changedAt,
    foundAt,
    chanceMonths,
    sentence,
    baselineMeasure: baseline.measure,
    baselineValue: baseline.value,
    baselineN: baseline.n,
    currentMeasure: current.measure,
    currentValue: current.value,
    currentN: current.n,
    improvement: finding.improvement ? 1 : 0,
  };
}

function split(measured: Measured | null): {
  measure: "share" | "median" | null;
  value: number | null;
  n: number | null;
} {
  if (measured === null) return { measure: null, value: null, n: null };
  return "share" in measured
    ? { measure: "share", value: measured.share, n: measured.n }
    : { measure: "median", value: measured.median, n: measured.n };
}

function join(measure: "share" | "median" | null, value: number | null, n: number | null): Measured | null {
  if (measure === null || value === null || n === null) return null;
  return measure === "share" ? { share: value, n } : { median: value, n };
}

function fromRow(row: Row): StoredFinding {
  const { rule, metric, check, level, evidence, changedAt, foundAt, chanceMonths, sentence } = row;
  return {
    id: row.id,
    automation: row.automation,
    incident: row.incident,
    key: row.key,
    headline: row.headline,
    timesSeen: row.timesSeen,
    lastSeenAt: row.lastSeenAt,
    endedAt: row.endedAt,
    finding: {
      rule,
      metric,
      check,
      level,
      evidence,
      changedAt,
      foundAt,
      chanceMonths,
      sentence,
      baseline: join(row.baselineMeasure, row.baselineValue, row.baselineN),
      current: join(row.currentMeasure, row.currentValue, row.currentN),
      improvement: row.improvement === 1,
    },
  };
}
