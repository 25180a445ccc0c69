import { execFile } from "node:child_process";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { promisify } from "node:util";
import Database from "better-sqlite3";
import { z } from "zod";
import { commandPath, pushToken, type RunningDaemon, start, until } from "../faults/daemon-process.js";
import { count, pushFolder } from "../faults/folder.js";
import { note, quantile, show } from "./reliability-report.js";

const targets = { intakeP99Ms: 25, loopP99Ms: 50 };
const senders = Array.from({ length: 20 }, (_, index) => `sender-${index}`);
const pushed = 1_000;
const dayMs = 86_400_000;

/** In the daemon's process: counts the delay of its loop from one SIGUSR2 to the next, and writes it down. */
const loopMeter = `import { monitorEventLoopDelay } from "node:perf_hooks";
  import { writeFileSync } from "node:fs";
  const delay = monitorEventLoopDelay({ resolution: 1 });
  let counting = false;
  process.on("SIGUSR2", () => {
    if (!counting) { delay.reset(); delay.enable(); counting = true; return; }
    delay.disable();
    writeFileSync("loop.json", JSON.stringify({ p50: delay.percentile(50) / 1e6, p99: delay.percentile(99) / 1e6, max: delay.max / 1e6 }));
  });`;
const loopSchema = z.object({ p50: z.number(), p99: z.number(), max: z.number() });

/** Pushes at a steady pace while the retention sweep lets a history go and backups are made. */
export async function intakeWhileCaredFor(outputs: number): Promise<void> {
  const folder = pushFolder({ automations: senders });
  shortMemory(folder);
  await fill(folder, outputs);
  const daemon = await start(folder, loopMeter);
  daemon.signal("SIGUSR2");
  const backups = backupsUntilSwept(folder);
  const tookMs = await pushUntilSwept(folder, daemon);
  const made = await backups;
  daemon.signal("SIGUSR2");
  const path = join(folder, "loop.json");
  await until("the delay of the loop is written", 10_000, () => existsSync(path));
  await setTimeout(50);
  const loop = loopSchema.parse(JSON.parse(readFileSync(path, "utf8")));
  await daemon.stop();
  show({
    what: `intake while ${outputs} outputs are let go and backups run, p99 of ${tookMs.length} requests`,
    ...{ measured: quantile(tookMs, 0.99), unit: "ms", target: { atMost: targets.intakeP99Ms }, digits: 1 },
  });
  show({
    what: "delay of the event loop meanwhile, p99",
    ...{ measured: loop.p99, unit: "ms", target: { atMost: targets.loopP99Ms }, digits: 1 },
  });
  note(
    `intake p50 ${quantile(tookMs, 0.5).toFixed(1)} ms, longest ${Math.max(...tookMs).toFixed(0)} ms; loop p50 ` +
      `${loop.p50.toFixed(1)} ms, longest ${loop.max.toFixed(0)} ms; ${made} backups made beside the nightly one`,
  );
}

/** Everything older than a day goes, and the day's work is due from midnight on. */
function shortMemory(folder: string): void {
  const path = join(folder, "config.json");
  const config = z.looseObject({}).parse(JSON.parse(readFileSync(path, "utf8")));
  const retention = { bodies: "1d", verdicts: "1d" };
  writeFileSync(path, JSON.stringify({ ...config, retention, backup: { at: "00:00" } }));
}

/** Some outputs through the front door, copied in the database until there are enough; the sweep is a day behind. */
async function fill(folder: string, outputs: number): Promise<void> {
  const daemon = await start(folder);
  const at = new Date(Date.now() - 3 * dayMs).toISOString();
  const text = "The parcel left the harbour on Monday and arrives within two working days. ".repeat(8);
  const perSender = pushed / senders.length;
  for (const sender of senders) {
    const lines = Array.from({ length: perSender }, (_, index) =>
      JSON.stringify({ id: `old-${index}`, at, output: `${text}${index}` }),
    );
    const body = `[${lines.join(",")}]`;
    const answer = await daemon.push(sender, body);
    if (answer.status !== 202) throw new Error(`the push was refused: ${await answer.text()}`);
    await daemon.order({ do: "run", automation: sender });
  }
  await daemon.stop();
  multiply(join(folder, "data/evenkeel.db"), outputs / pushed);
}

function multiply(path: string, times: number): void {
  const db = new Database(path);
  const columns = db
    .prepare<[], string>("SELECT name FROM pragma_table_info('output') WHERE name NOT IN ('id', 'output_id')")
    .pluck()
    .all()
    .map((name) => `"${name}"`)
    .join(", ");
  const most = Number(db.prepare("SELECT max(id) FROM output").pluck().get());
  db.transaction(() => {
    for (let copy = 1; copy < times; copy += 1) {
      const offset = copy * most;
      db.exec(
        `INSERT INTO output (id, output_id, ${columns}) SELECT id + ${offset}, output_id || '-${copy}', ${columns} FROM output WHERE id <= ${most};
         INSERT INTO verdict (output, check_id, status, score, reason, excerpt)
           SELECT output + ${offset}, check_id, status, score, reason, excerpt FROM verdict WHERE output <= ${most};`,
      );
    }
    db.prepare("UPDATE meta SET value = '2026-01-01' WHERE key IN ('retention_on', 'backup_on')").run();
  })();
  db.close();
}

/** Everything old has been let go; that its pages are given back to the disk comes after. */
const swept = (folder: string) =>
  count(folder, "SELECT count(*) FROM output WHERE output_id LIKE 'old%'") === 0;

async function pushUntilSwept(folder: string, daemon: RunningDaemon): Promise<readonly number[]> {
  const tookMs: number[] = [];
  const endAt = performance.now() + 600_000;
  for (let number = 0; number % 50 !== 0 || !swept(folder); number += 1) {
    if (performance.now() > endAt) throw new Error("the sweep has not ended within 600 s");
    const body = JSON.stringify({ id: `new-${number}`, output: `answer ${number}` });
    const beganAt = performance.now();
    const answer = await daemon.push(senders[number % senders.length] ?? "", body);
    await answer.text();
    if (answer.status === 202) tookMs.push(performance.now() - beganAt);
    await setTimeout(10);
  }
  return tookMs;
}

/** Backups by hand, one after the other, while the sweep goes on; how many were made. */
async function backupsUntilSwept(folder: string): Promise<number> {
  let made = 0;
  const env = { PATH: process.env.PATH, PUSH_TOKEN: pushToken, HOOK_SECRET: "a-shared-secret" };
  while (!swept(folder)) {
    const argv = [commandPath, "backup", join(folder, `copy-${made}.db`), "--config", "config.json"];
    await promisify(execFile)(process.execPath, argv, { cwd: folder, env });
    made += 1;
    await setTimeout(1_000);
  }
  return made;
}
