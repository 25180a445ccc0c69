/**
 * A register of automations and ten weeks of their past, as runs, people and days have left it: outputs with
 * verdicts and counts by the hour, states of every metric, incidents, findings, changes, decisions, spot checks and what
 * people said of them. In: a folder. Out: a configuration and a database in it.
 */
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import Database from "better-sqlite3";
import { readConfiguration, registerOf } from "../../src/daemon.js";
import type { Watched } from "../../src/flow/ground.js";
import { createLogger } from "../../src/platform/logger.js";
import { realClock } from "../../src/platform/real-clock.js";
import { realRandom } from "../../src/platform/real-random.js";
import { openStore } from "../../src/store/open.js";

/** How much there is. */
export interface HistorySize {
  readonly automations: number;
  readonly outputsEach: number;
}

const weeks = 10;
const hourMs = 3_600_000;
const weekMs = 7 * 24 * hourMs;
/** Mon 23 Nov 2026, 08:00 in UTC. */
export const dueAt = Date.UTC(2026, 10, 23, 8);
/** The Monday that ended the last whole week. */
export const mondayAt = dueAt - 8 * hourMs;
/** Who reads it all. */
export const reader = "Ines Calder";
/** Outputs picked of each automation in a week. */
export const perWeek = 5;

/** The database of a folder. */
export function databaseIn(folder: string): string {
  return join(folder, "evenkeel.db");
}

/** The register of a folder's configuration, on a clock that stands. */
export async function benchRegister(folder: string, now: () => number) {
  const clock = { now, monotonic: realClock.monotonic };
  const outside = {
    clock,
    random: realRandom,
    logger: createLogger("silent"),
    environment: { PUSH_TOKEN: "a-token-of-the-sender" },
    write: () => undefined,
    pid: process.pid,
  };
  const config = await readConfiguration(join(folder, "config.json"), outside.environment);
  return { register: registerOf(config, outside), clock };
}

/** Writes the configuration and fills the database. */
export async function fillHistory(folder: string, size: HistorySize): Promise<void> {
  writeFileSync(join(folder, "config.json"), configText(size.automations));
  mkdirSync(join(folder, "data"), { recursive: true });
  openStore({ path: databaseIn(folder), newInstanceId: "0".repeat(32) }).close();
  const { register } = await benchRegister(folder, () => dueAt);
  const db = new Database(databaseIn(folder));
  db.pragma("synchronous = OFF");
  db.transaction(() => {
    for (const watched of register.automations) fillAutomation(db, watched, size.outputsEach);
    db.prepare("INSERT INTO digest_reader (reader, since_at) VALUES (?, ?)").run(reader, dueAt - 52 * weekMs);
  })();
  fillCounts(db);
  fillPeople(db, size.outputsEach);
  fillEvents(db);
  db.exec("ANALYZE");
  db.pragma("wal_checkpoint(TRUNCATE)");
  db.close();
}

/** Takes back what a run of the benchmark has written. */
export function forgetDigest(folder: string): void {
  const db = new Database(databaseIn(folder));
  db.exec("DELETE FROM digest; DELETE FROM outbox;");
  db.prepare("DELETE FROM spot_check WHERE until_at = ?").run(mondayAt);
  db.pragma("wal_checkpoint(TRUNCATE)");
  db.close();
}

function configText(automations: number): string {
  const automation = (index: number) => ({
    id: `a-${index}`,
    title: `Replies of desk ${index}`,
    does: "Drafts replies",
    owner: "Tom Ashby",
    risk: "high",
    schedule: "every 15m",
    budget: { perMonth: 50, currency: "USD" },
    fallback: { by: "Tom Ashby", steps: ["Answer by hand."] },
    source: { type: "push", token: { env: "PUSH_TOKEN" } },
    checks: [
      { id: "no-promise", title: "Promises nothing", type: "not-contains", any: ["tomorrow"] },
      { id: "polite", title: "Begins politely", type: "starts-with", prefix: "Dear" },
      { id: "short", title: "Short enough", type: "length", max: 2_000 },
    ],
  });
  const ids = Array.from({ length: automations }, (_, index) => automation(index));
  return JSON.stringify({
    name: "Harbour & Lane",
    timeZone: "UTC",
    aiOwner: reader,
    publicUrl: "https://evenkeel.example.com",
    people: [
      { name: reader, email: "ines.calder@example.com" },
      { name: "Tom Ashby", email: "tom.ashby@example.com" },
    ],
    digest: { readers: [{ person: reader, automations: ids.map(({ id }) => id) }] },
    channels: [{ id: "mail", type: "email", host: "mail.example.com", from: "evenkeel@example.com" }],
    automations: ids,
  });
}

/** Outputs, runs and metrics of one automation; what differs from output to output follows from its place. */
function fillAutomation(db: Database.Database, { entry, metrics }: Watched, outputsEach: number): void {
  const { id } = entry;
  const stepMs = (weeks * weekMs) / outputsEach;
  db.prepare("INSERT INTO automation (id, first_seen_at, history_read_at) VALUES (?, ?, ?)").run(id, 0, 1);
  db.prepare("INSERT INTO source_state (automation, read_at) VALUES (?, ?)").run(id, dueAt);
  db.prepare(
    `WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?)
     INSERT INTO run (automation, kind, slot_at, state, started_at, finished_at, reason, outputs, drawn)
     SELECT ?, 'sampled', ? - i * 900000, CASE WHEN i BETWEEN 40 AND 60 THEN 'skipped' ELSE 'done' END,
       ? - i * 900000, ? - i * 900000, CASE WHEN i BETWEEN 40 AND 60 THEN 'missed: the machine was off' END, 1, 1 FROM n`,
  ).run((weeks * weekMs) / 900_000, id, dueAt, dueAt, dueAt);
  db.prepare(
    `WITH RECURSIVE n (i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < ? - 1)
     INSERT INTO output (automation, origin, output_id, at, content_hash, text, structured, input, model, latency_ms, cost_micros,
       segment, observed, run, drawn, inclusion)
     SELECT ?, 'source', 'o-' || i, ? - (i + 1) * ?, hex(i), 'Dear customer, ' || hex(i * 7919) || ${quoted(body)}, 0,
       ${quoted(question)} || i, CASE WHEN i % 50 = 0 THEN 'm-2' ELSE 'm-1' END, 900 + i % 400, 300 + i % 100,
       CASE WHEN i % 97 = 0 THEN 'de' WHEN i % 3 = 0 THEN 'fr' ELSE 'en' END, '{"check:polite":true,"number:length":340}',
       (SELECT max(id) FROM run WHERE automation = ?), i % 5 = 0, 0.2 FROM n`,
  ).run(outputsEach, id, mondayAt, Math.floor(stepMs), id);
  const insert = db.prepare(
    `INSERT INTO metric (automation, metric, kind, settings_hash, state, phase, runs, learned_outputs, learned_runs, standing, updated_at)
     VALUES (?, ?, ?, ?, zeroblob(2500), 'watching', 900, 100, 5, ?, ?)`,
  );
  for (const plan of metrics)
    insert.run(
      ...[id, plan.id, plan.settings.kind, plan.settingsHash],
      ...[plan.check === "short" ? "probation" : "active", dueAt],
    );
}

const body =
  " thank you for writing. We have looked at your order and at what the carrier says of it.".repeat(4);
const question = "Where is the parcel that I ordered on Monday? It has not come. Order ";

function quoted(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

/** Verdicts, and the counts by the hour that pages and digests read. */
function fillCounts(db: Database.Database): void {
  db.exec(
    `INSERT INTO verdict (output, check_id, status, score, reason)
       SELECT o.id, c.name, CASE WHEN c.name = 'polite' AND o.id % 33 = 0 THEN 'fail' ELSE 'pass' END,
         CASE WHEN c.name = 'short' THEN 0.5 + (o.id % 50) / 100.0 END,
         CASE WHEN c.name = 'polite' AND o.id % 33 = 0 THEN 'begins with "Hello"' END
       FROM output o, (SELECT 'no-promise' AS name UNION ALL SELECT 'polite' UNION ALL SELECT 'short') c;
     INSERT INTO hourly_outputs (automation, hour_at, outputs, errors, cost_micros, tokens, priced)
       SELECT automation, at - at % ${hourMs}, count(*), 0, sum(cost_micros), 0, count(*) FROM output GROUP BY 1, 2;
     INSERT INTO hourly_verdicts (automation, check_id, hour_at, pass, fail)
       SELECT o.automation, v.check_id, o.at - o.at % ${hourMs}, sum(v.status = 'pass'), sum(v.status = 'fail')
       FROM output o JOIN verdict v ON v.output = o.id GROUP BY 1, 2, 3;`,
  );
}

/** Five picks a week of each automation in the weeks before, judged; some by two people. */
function fillPeople(db: Database.Database, outputsEach: number): void {
  db.exec(
    `WITH RECURSIVE w (week) AS (SELECT 1 UNION ALL SELECT week + 1 FROM w WHERE week < ${weeks - 1}),
       p (pick) AS (VALUES (0), (1), (2), (3), (4))
     INSERT INTO spot_check (automation, output, from_at, until_at, reason, why, inclusion, picked_at)
       SELECT o.automation, o.id, ${mondayAt} - (week + 1) * ${weekMs}, ${mondayAt} - week * ${weekMs},
         CASE pick WHEN 3 THEN 'disputed' WHEN 4 THEN 'rare' ELSE 'random' END, 'by chance',
         CASE WHEN pick < 3 THEN 0.003 END, ${mondayAt} - week * ${weekMs}
       FROM w, p JOIN automation a JOIN output o ON o.automation = a.id AND o.origin = 'source'
         AND o.output_id = 'o-' || (week * ${outputsEach / weeks} + pick * ${Math.floor(outputsEach / 53)} + 7);
     INSERT INTO judgement (automation, output, answer, who, at)
       SELECT automation, output, CASE WHEN id % 9 = 0 THEN 'wrong' ELSE 'right' END, 'Tom Ashby', until_at + ${hourMs}
       FROM spot_check WHERE until_at < ${mondayAt} - ${2 * weekMs} OR id % 2 = 0;
     INSERT INTO judgement (automation, output, answer, who, at)
       SELECT automation, output, 'right', 'Lena Voss', at + ${hourMs} FROM judgement WHERE id % 7 = 0;`,
  );
}

/** Incidents of the past and ten that are open, changes and decisions. */
function fillEvents(db: Database.Database): void {
  db.exec(
    `WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 20)
     INSERT INTO incident (automation, kind, status, title, opened_at, ended_at)
       SELECT a.id, 'outputs', 'resolved', 'polite beginnings fell', ${mondayAt} - i * ${weekMs}, ${mondayAt} - i * ${weekMs} + ${hourMs}
       FROM n, automation a;
     INSERT INTO incident (automation, kind, status, title, opened_at, announced_at, told_status)
       SELECT id, 'outputs', 'open', 'polite beginnings fell from 97% to about 80%', ${mondayAt} - ${hourMs}, ${mondayAt}, 'open'
       FROM automation LIMIT 10;
     WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 30)
     INSERT INTO change_marker (automation, at, noted_at, kind, from_value, to_value, who, retest)
       SELECT a.id, ${dueAt} - i * ${weekMs / 2}, ${dueAt} - i * ${weekMs / 2}, 'model', 'm-' || i, 'm-' || (i + 1), 'evenkeel', 'none'
       FROM n, automation a;
     WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 30)
     INSERT INTO decision (at, who, why, what, automation, subject)
       SELECT ${dueAt} - i * ${weekMs / 2}, 'Tom Ashby', 'a queue was added', 'accept-change', a.id, 'check:polite' FROM n, automation a;`,
  );
}
