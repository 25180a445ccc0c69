/**
 * Outputs that may be picked for people to look at: of the source, with their text, not picked or judged before. In: an
 * automation and a span. Out: keys and counts; never a text, so that a busy week costs no memory.
 */
import type Database from "better-sqlite3";
import type { Span } from "./spot-check.js";

/** An output on which checks disagree, or one that passed by little. */
interface Disputed {
  readonly output: number;
  readonly failed: string | null;
  readonly passed: string;
}

/** How often something was seen. */
interface Kind {
  readonly name: string;
  readonly outputs: number;
}

type Of = Span & { automation: string };

const free = `o.automation = @automation AND o.at >= @fromAt AND o.at < @untilAt AND o.origin = 'source'
  AND +o.body_gone_at IS NULL AND NOT EXISTS (SELECT 1 FROM spot_check s WHERE s.output = o.id)
  AND NOT EXISTS (SELECT 1 FROM judgement j WHERE j.output = o.id AND j.replaced_at IS NULL)`;

const byTime = "output o INDEXED BY output_by_time";

/** The statements of picking. */
export function spotCandidateTable(db: Database.Database) {
  const size = db.prepare<Of, { outputs: number }>(`SELECT count(*) AS outputs FROM ${byTime} WHERE ${free}`);
  const nth = db.prepare<Of & { offset: number }, { output: number }>(
    `SELECT o.id AS output FROM ${byTime} WHERE ${free} ORDER BY o.at, o.id LIMIT 1 OFFSET @offset`,
  );
  const disagreeing = db.prepare<Of & { limit: number }, Disputed>(
    `SELECT o.id AS output, f.check_id AS failed, min(p.check_id) AS passed FROM ${byTime}
     JOIN verdict f ON f.output = o.id AND f.status = 'fail' JOIN verdict p ON p.output = o.id AND p.status = 'pass'
     WHERE ${free} GROUP BY o.id ORDER BY o.at DESC, o.id DESC LIMIT @limit`,
  );
  const narrow = db.prepare<Of & { limit: number }, Disputed & { score: number }>(
    `SELECT o.id AS output, NULL AS failed, v.check_id AS passed, v.score FROM ${byTime}
     JOIN verdict v ON v.output = o.id AND v.status = 'pass' AND v.score < 1
     WHERE ${free} ORDER BY v.score, o.id DESC LIMIT @limit`,
  );
  const segments = db.prepare<Of, Kind>(
    `SELECT o.segment AS name, count(*) AS outputs FROM ${byTime} WHERE ${free} AND o.segment IS NOT NULL
     GROUP BY o.segment ORDER BY outputs, name LIMIT 100`,
  );
  const models = db.prepare<Of, Kind>(
    `SELECT o.model AS name, count(*) AS outputs FROM ${byTime} WHERE ${free} AND o.model IS NOT NULL
     GROUP BY o.model ORDER BY outputs, name LIMIT 100`,
  );
  const ofSegment = db.prepare<Of & { name: string; offset: number }, { output: number }>(
    `SELECT o.id AS output FROM ${byTime} WHERE ${free} AND o.segment = @name ORDER BY o.at, o.id LIMIT 1 OFFSET @offset`,
  );
  const ofModel = db.prepare<Of & { name: string; offset: number }, { output: number }>(
    `SELECT o.id AS output FROM ${byTime} WHERE ${free} AND o.model = @name ORDER BY o.at, o.id LIMIT 1 OFFSET @offset`,
  );
  return {
    /** How many outputs may be picked. */
    size: (of: Of): number => size.get(of)?.outputs ?? 0,
    /** The one at a place in order of time; null beyond the last. */
    at: (of: Of, offset: number): number | null => nth.get({ ...of, offset })?.output ?? null,
    /** Outputs that one check failed and another passed, the newest first. */
    disagreeing: (of: Of, limit: number): readonly Disputed[] => disagreeing.all({ ...of, limit }),
    /** Outputs that passed with the lowest scores. */
    narrow: (of: Of, limit: number): readonly Disputed[] => narrow.all({ ...of, limit }),
    /** Segments, the rarest first. */
    segments: (of: Of): readonly Kind[] => segments.all(of),
    /** Models, the rarest first. */
    models: (of: Of): readonly Kind[] => models.all(of),
    /** One of a segment, by its place in order of time. */
    ofSegment: (of: Of, name: string, offset: number): number | null =>
      ofSegment.get({ ...of, name, offset })?.output ?? null,
    /** One of a model, by its place in order of time. */
    ofModel: (of: Of, name: string, offset: number): number | null =>
      ofModel.get({ ...of, name, offset })?.output ?? null,
  };
}
