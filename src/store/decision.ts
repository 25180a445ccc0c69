import type Database from "better-sqlite3";

/** What a named person decided, and why. */
interface Decision {
  readonly at: number;
  readonly who: string;
  readonly why: string;
  readonly what:
    | "enable"
    | "relearn"
    | "accept-change"
    | "accept-golden"
    | "golden-override"
    | "forget"
    | "switch-back"
    | "contradicted"
    | "agrees-again"
    | "promote-golden"
    | "withdraw-golden";
  readonly automation: string;
  /** The check, metric, run or incident it is about. */
  readonly subject: string;
}

/** Decisions are only ever added. */
export function decisionTable(db: Database.Database) {
  const insert = db.prepare<Decision>(
    "INSERT INTO decision (at, who, why, what, automation, subject) VALUES (@at, @who, @why, @what, @automation, @subject)",
  );
  const list = db.prepare<[string, number], Decision>(
    "SELECT at, who, why, what, automation, subject FROM decision WHERE automation = ? ORDER BY id DESC LIMIT ?",
  );
  return {
    record: (decision: Decision): void => void insert.run(decision),
    list: (automation: string, limit: number): readonly Decision[] => list.all(automation, limit),
  };
}
