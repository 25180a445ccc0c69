/**
 * What a page of an incident shows beside the history that the digest is measured on: the finding that opened it, its
 * timeline, and the outputs of each run. In: a folder that fillHistory has filled. Out: more in its database.
 */
import Database from "better-sqlite3";
import { metricKind } from "../../src/drift/kinds/registry.js";
import { benchRegister, databaseIn, dueAt, mondayAt } from "./digest-history.js";

const dayMs = 24 * 3_600_000;
/** How often the automations run. */
const slotMs = 900_000;

/** Gives each open incident a finding that began two days before, twenty moves, every run its outputs, and every metric a state that can be read. */
export async function fillIncidents(folder: string): Promise<void> {
  const { register } = await benchRegister(folder, () => dueAt);
  const db = new Database(databaseIn(folder));
  db.pragma("synchronous = OFF");
  db.exec(
    `UPDATE output SET run = coalesce((SELECT r.id FROM run r WHERE r.automation = output.automation AND r.kind = 'sampled'
       AND r.part = 0 AND r.slot_at = ${dueAt} - ((${dueAt} - output.at) / ${slotMs}) * ${slotMs}), run);
     UPDATE run SET outputs = (SELECT count(*) FROM output o WHERE o.run = run.id);
     INSERT INTO finding (automation, incident, key, rule, metric, check_id, level, baseline_measure, baseline_value, baseline_n,
       current_measure, current_value, current_n, evidence, changed_at, found_at, chance_months, sentence, headline, last_seen_at)
       SELECT automation, id, 'v1:polite', 'drift', 'check:polite', 'polite', 'page', 'share', 0.97, 900, 'share', 0.8, 120,
         20000, ${mondayAt - 2 * dayMs}, ${mondayAt}, 40, 'Begins politely fell from 97% to about 80%',
         'Begins politely fell from 97% to about 80%', ${dueAt}
       FROM incident WHERE ended_at IS NULL;
     WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 20)
     INSERT INTO incident_move (incident, at, event, from_status, to_status, who, why)
       SELECT incident.id, ${mondayAt} + n.i * 60000, CASE n.i WHEN 1 THEN 'open' ELSE 'also' END, 'open', 'open', 'evenkeel',
         'Begins politely fell from 97% to about 80%'
       FROM incident, n WHERE incident.ended_at IS NULL;`,
  );
  const begin = db.prepare(
    "UPDATE metric SET state = ?, phase = 'learning' WHERE automation = ? AND metric = ?",
  );
  db.transaction(() => {
    for (const { entry, metrics } of register.automations)
      for (const { id, settings } of metrics)
        begin.run(metricKind(settings.kind).begin(settings).encode(), entry.id, id);
  })();
  db.pragma("wal_checkpoint(TRUNCATE)");
  db.close();
}
