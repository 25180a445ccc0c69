import { setTimeout } from "node:timers/promises";
import { answering, launch, type Running, until } from "./daemon-process.js";
import { count, look, rows } from "./folder.js";
import { type Acknowledged, nothingAcknowledged, pour } from "./pour.js";
import type { Receiver } from "./receiver.js";

/** What many kills came to. */
export interface KillsResult {
  readonly kills: number;
  readonly acknowledged: Acknowledged;
  readonly lostOutputs: readonly string[];
  /** Messages that were owed and never reached the receiver. */
  readonly lostMessages: readonly string[];
  readonly messages: number;
  /** Kills with a send under way. */
  readonly interrupted: number;
  /** Messages that reached the receiver more than once, per life of the daemon. */
  readonly repeatsPerKill: readonly number[];
  /** What was found wrong in the database while nobody ran it. */
  readonly damages: readonly string[];
  /** From the start of the process until it answers. */
  readonly recoveriesMs: readonly number[];
}

/** How it is done. */
export interface KillsPlan {
  readonly folder: string;
  readonly automations: readonly string[];
  readonly receiver: Receiver;
  readonly kills: number;
  readonly chance: () => number;
  readonly onKill?: (kill: number) => void;
}

/** Under load at most so long, or before it answers every so many kills. */
const load = { atMostMs: 1_200, earlyEvery: 5, earlyWithinMs: 1_200 } as const;

/** Starts, loads and kills a daemon again and again on one folder, then lets it deliver what it owes. */
export async function killAtRandom(plan: KillsPlan): Promise<KillsResult> {
  const { folder, receiver, kills } = plan;
  const acknowledged = nothingAcknowledged();
  const recoveriesMs: number[] = [];
  const lives: number[] = [];
  const damages: string[] = [];
  let interrupted = 0;
  for (let kill = 0; kill < kills; kill += 1) {
    lives.push(receiver.received.length);
    const took = await oneLife(plan, kill, acknowledged);
    if (took !== null) recoveriesMs.push(took);
    if (count(folder, "SELECT count(*) FROM outbox WHERE state = 'sending'") > 0) interrupted += 1;
    damages.push(...damagesOf(folder).map((damage) => `after kill ${kill + 1}: ${damage}`));
    plan.onKill?.(kill + 1);
  }
  lives.push(receiver.received.length);
  await settle(plan);
  return {
    ...{ kills, acknowledged, interrupted, damages, recoveriesMs },
    lostOutputs: lostOutputs(folder, acknowledged),
    lostMessages: lostMessages(folder, receiver, acknowledged),
    messages: new Set(receiver.received.map(({ delivery }) => delivery)).size,
    repeatsPerKill: repeats(receiver, lives),
  };
}

/** One life, from start to kill; how long it took to answer, null where it was killed before. */
async function oneLife(plan: KillsPlan, kill: number, acknowledged: Acknowledged): Promise<number | null> {
  const { folder, automations, chance } = plan;
  const startedAt = performance.now();
  const launched = launch(folder);
  if (kill % load.earlyEvery === load.earlyEvery - 1) {
    await setTimeout(chance() * load.earlyWithinMs);
    await dead(launched);
    return null;
  }
  const daemon = await answering(folder, launched);
  const took = performance.now() - startedAt;
  let over = false;
  const poured = pour(daemon, automations, { chance, acknowledged, over: () => over });
  await setTimeout(chance() * load.atMostMs);
  await dead(launched);
  over = true;
  await poured;
  return took;
}

async function dead(launched: Running): Promise<void> {
  if (launched.hasEnded()) throw new Error(`it ended by itself:\n${launched.stderr()}`);
  launched.signal("SIGKILL");
  await launched.ended;
}

/** Lets the last daemon run what waits and send what it owes. */
async function settle({ folder, automations }: KillsPlan): Promise<void> {
  const daemon = await answering(folder, launch(folder));
  for (const automation of automations) {
    const answer = await daemon.order({ do: "run", automation });
    if (!answer.ok) throw new Error(`the run was refused: ${await answer.text()}`);
  }
  const owed = "SELECT count(*) FROM outbox WHERE state IN ('pending', 'sending', 'ambiguous')";
  await until("all owed messages are settled", 120_000, () => count(folder, owed) === 0);
  await daemon.stop();
}

/** What SQLite and the counts beside the rows say; empty while there is no database. */
export function damagesOf(folder: string): readonly string[] {
  const found: string[] = [];
  const sound = look(folder, (db) => ({
    integrity: db.pragma("integrity_check", { simple: true }),
    dangling: db.pragma("foreign_key_check"),
    // each output belongs to at most one run, and each run says how many it took
    miscounted: db
      .prepare(
        "SELECT count(*) FROM run r WHERE r.state = 'done' AND r.outputs <> (SELECT count(*) FROM output o WHERE o.run = r.id)",
      )
      .pluck()
      .get(),
  }));
  if (sound === null) return found;
  if (sound.integrity !== "ok") found.push(`integrity_check: ${String(sound.integrity)}`);
  if (Array.isArray(sound.dangling) && sound.dangling.length > 0)
    found.push(`foreign_key_check: ${sound.dangling.length} rows`);
  if (sound.miscounted !== 0) found.push(`${String(sound.miscounted)} runs are miscounted`);
  return found;
}

function lostOutputs(folder: string, { outputs }: Acknowledged): readonly string[] {
  const stored = rows<{ id: string }>(
    folder,
    "SELECT automation || '/' || output_id AS id FROM output WHERE origin = 'source' AND run IS NOT NULL",
  );
  const ids = new Set(stored.map(({ id }) => id));
  return [...outputs].filter((id) => !ids.has(id));
}

function lostMessages(folder: string, receiver: Receiver, acknowledged: Acknowledged): readonly string[] {
  const arrived = new Set(receiver.received.map(({ delivery }) => delivery));
  const owed = rows<{ id: string; kind: string; state: string; incident: number | null }>(
    folder,
    "SELECT id, kind, state, incident FROM outbox",
  );
  const lost = owed
    .filter(({ id, state }) => state !== "superseded" && !arrived.has(id))
    .map(({ id, kind, state }) => `${kind} ${id} (${state})`);
  const tests = owed.filter(({ kind }) => kind === "test").length;
  if (tests < acknowledged.tests) lost.push(`${acknowledged.tests - tests} test messages`);
  lost.push(...untoldFaults(folder, acknowledged, new Set(owed.map(({ incident }) => incident))));
  return lost;
}

/** Every wrong output was found wrong and led to an incident, every incident was told, every ending is on record. */
function untoldFaults(
  folder: string,
  { faulty, ended }: Acknowledged,
  told: ReadonlySet<number | null>,
): readonly string[] {
  const lost: string[] = [];
  const incidents = new Set(
    rows<{ automation: string }>(folder, "SELECT DISTINCT automation FROM incident").map(
      ({ automation }) => automation,
    ),
  );
  const failed = new Set(
    rows<{ id: string }>(
      folder,
      "SELECT o.automation || '/' || o.output_id AS id FROM output o JOIN verdict v ON v.output = o.id WHERE v.status = 'fail'",
    ).map(({ id }) => id),
  );
  for (const [id, automation] of faulty)
    if (!incidents.has(automation) || !failed.has(id)) lost.push(`no incident for ${id}`);
  for (const { id } of rows<{ id: number }>(folder, "SELECT id FROM incident"))
    if (!told.has(id)) lost.push(`no message about incident ${id}`);
  for (const id of ended)
    if (
      count(folder, `SELECT count(*) FROM incident_move WHERE incident = ${id} AND event = 'resolve'`) === 0
    )
      lost.push(`the ending of incident ${id}`);
  return lost;
}

/** How many messages each life sent that an earlier one had sent already; two within one life count too. */
function repeats(receiver: Receiver, lives: readonly number[]): readonly number[] {
  const seen = new Set<string>();
  return lives.map((from, life) => {
    let again = 0;
    for (const { delivery } of receiver.received.slice(from, lives[life + 1])) {
      if (seen.has(delivery)) again += 1;
      seen.add(delivery);
    }
    return again;
  });
}
