/**
 * What the process of the storm does: 10,000 automations with one problem each, taken in, run and delivered through the ordinary
 * journeys into a database on disk; beside it a bare loop of the same POST and one FULL commit. In: folder, count and
 * the receiver's address. Out: one line of JSON. A process of its own, so that its memory is its own.
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import Database from "better-sqlite3";
import { Agent, request } from "undici";
import { readConfiguration, registerOf } from "../../src/daemon.js";
import { noDetails } from "../../src/domain/output.js";
import { alarmLevels } from "../../src/flow/alarm-levels.js";
import { deliverDue } from "../../src/flow/deliver.js";
import type { Ground, Watched } from "../../src/flow/ground.js";
import { nothingInFlight } from "../../src/flow/in-flight.js";
import { receiveOutputs } from "../../src/flow/receive-outputs.js";
import { runSlots } from "../../src/flow/run.js";
import { tuneEngine } from "../../src/platform/engine.js";
import { createLogger } from "../../src/platform/logger.js";
import { pause } from "../../src/platform/pause.js";
import { realClock } from "../../src/platform/real-clock.js";
import { realRandom } from "../../src/platform/real-random.js";
import { openStore } from "../../src/store/open.js";

const [folder = "", howMany = "", url = ""] = process.argv.slice(2);
const automations = Number(howMany);
/** As many requests as a server has open at once. */
const senders = 64;
const outside = {
  clock: realClock,
  random: realRandom,
  logger: createLogger("silent"),
  environment: { PUSH_TOKEN: "a-token-of-the-sender", HOOK_SECRET: "a-shared-secret" },
  write: () => undefined,
  pid: process.pid,
};

/** The ground of the journeys; its automations differ in id and title, and share what the configuration made of one. */
async function groundOf(): Promise<Ground> {
  const config = await readConfiguration(join(folder, "config.json"), outside.environment);
  const register = registerOf(config, outside);
  const [one] = register.automations;
  if (one === undefined) throw new Error("the configuration declares no automation");
  const all = Array.from({ length: automations }, (_, index): Watched => {
    const id = `automation-${index}`;
    return { ...one, entry: { ...one.entry, id, title: `Replies ${index}` } };
  });
  const store = openStore({ path: join(folder, "storm.db"), newInstanceId: outside.random.hex(16) });
  const ground: Ground = {
    ...{ ...outside, store, pause, atWork: new Set(), inFlight: nothingInFlight() },
    register: { ...register, automations: all },
  };
  return { ...ground, levels: alarmLevels(ground) };
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const beganAt = performance.now();
  await work();
  return performance.now() - beganAt;
}

/** Does it for every automation, so many at once. */
async function forEach(
  ground: Ground,
  atOnce: number,
  work: (watched: Watched) => Promise<unknown>,
): Promise<void> {
  const left = ground.register.automations.values();
  await Promise.all(
    Array.from({ length: atOnce }, async () => {
      for (const watched of left) await work(watched);
    }),
  );
}

const bad = { ...noDetails, id: "bad", at: null, text: "<script>alert(1)</script>", fields: undefined };

/** The same bytes to the same address, then one commit that is on the disk: what cannot be left out. */
function bareLoop(bodies: readonly string[]): {
  run: (messages: number) => Promise<number>;
  close: () => void;
} {
  const db = new Database(join(folder, "bare.db"));
  db.pragma("journal_mode = WAL");
  db.pragma("synchronous = FULL");
  db.exec("CREATE TABLE sent (seq INTEGER PRIMARY KEY, at INTEGER) STRICT");
  const mark = db.prepare("INSERT INTO sent (at) VALUES (?)");
  const dispatcher = new Agent({ connections: 1 });
  const headers = { "content-type": "application/json" };
  const run = (messages: number) =>
    timed(async () => {
      for (let sent = 0; sent < messages; sent += 1) {
        const body = bodies[sent % bodies.length] ?? "";
        const answer = await request(url, { method: "POST", headers, body, dispatcher });
        await answer.body.text();
        mark.run(Date.now());
      }
    });
  return { run, close: () => void db.close() };
}

function residentMb(): number {
  return Number(/VmRSS:\s+(\d+)/.exec(readFileSync("/proc/self/status", "utf8"))?.[1] ?? Number.NaN) / 1_024;
}

const ground = await groundOf();
// as a daemon with nothing to read back
tuneEngine("resting");
const { signal } = new AbortController();
const options = { signal, levels: alarmLevels(ground), patient: false };
const acceptedMs = await timed(() =>
  forEach(ground, senders, (watched) => receiveOutputs(ground, watched, { outputs: [bad], asides: [] })),
);
const runMs = await timed(() =>
  forEach(ground, 8, (watched) => runSlots(ground, watched, [ground.clock.now()], options)),
);
const waiting = new Database(join(folder, "storm.db"), { readonly: true });
const owed = () => Number(waiting.prepare("SELECT count(*) FROM outbox WHERE state <> 'sent'").pluck().get());
const owedMessages = owed();
const bodies = waiting.prepare<[], string>("SELECT payload ->> '$.body' FROM outbox LIMIT 100").pluck().all();
// half of the bare loop before and half after: what else the machine does then weighs on both
const bare = bareLoop(bodies);
await bare.run(200);
let bareMs = await bare.run(owedMessages / 4);
const busy = new Set<string>();
const deliveredMs = await timed(async () => {
  while ((await deliverDue(ground, busy, signal)) > 0);
});
const rssMb = residentMb();
bareMs += await bare.run(owedMessages / 4);
bare.close();
const unsent = owed();
waiting.close();
ground.store.close();
const bareMessages = Math.ceil(owedMessages / 4) * 2;
const result = { acceptedMs, runMs, owedMessages, deliveredMs, unsent, bareMs, bareMessages, rssMb };
process.stdout.write(`${JSON.stringify(result)}\n`);
process.exit(0);
