import type Database from "better-sqlite3";

/** An automation that is to be looked at once more. */
interface FreshSample {
  readonly automation: string;
  readonly askedAt: number;
  readonly why: string;
}

/** Automations that are looked at once more at once, whatever their schedule says; kept over a restart. */
export function freshSampleTable(db: Database.Database) {
  const ask = db.prepare<FreshSample>(
    "INSERT OR IGNORE INTO fresh_sample (automation, asked_at, why) VALUES (@automation, @askedAt, @why)",
  );
  const owed = db.prepare<[], FreshSample>(
    "SELECT automation, asked_at AS askedAt, why FROM fresh_sample ORDER BY asked_at, automation LIMIT 10000",
  );
  const isOwed = db.prepare<[string], { automation: string }>(
    "SELECT automation FROM fresh_sample WHERE automation = ?",
  );
  const done = db.prepare<[string]>("DELETE FROM fresh_sample WHERE automation = ?");
  return {
    ask: (automation: string, askedAt: number, why: string): void =>
      void ask.run({ automation, askedAt, why }),
    owed: (): readonly FreshSample[] => owed.all(),
    isOwed: (automation: string): boolean => isOwed.get(automation) !== undefined,
    done: (automation: string): void => void done.run(automation),
  };
}
