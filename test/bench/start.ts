/**
 * How long the daemon takes to start with an existing database, and what it holds when idle: the built command on a
 * copy of the example, as a process of its own. Prints target and measured; exit 1 when a target is missed.
 */
import { type ChildProcess, spawn } from "node:child_process";
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { setTimeout } from "node:timers/promises";
import { z } from "zod";

const targets = { startMs: 1_000, idleMb: 90, historyMs: 15_000 };
const starts = 5;
/** The engine gives memory back some time after the last work. */
const idleAfterMs = 30_000;

const root = resolve(import.meta.dirname, "../../../..");
const place = mkdtempSync(join(tmpdir(), "evenkeel-start-"));
for (const part of ["checks", "fixtures", "config.example.json"])
  cpSync(join(root, part), join(place, part), { recursive: true });
let missed = 0;

const healthSchema = z.object({ ready: z.boolean() });

interface Started {
  readonly child: ChildProcess;
  readonly answeredMs: number;
  readonly readyMs: number;
}

/** Starts it; waits until /healthz answers and until every history has been read. */
async function start(): Promise<Started> {
  const note = join(place, "data/daemon.json");
  rmSync(note, { force: true });
  const beganAt = performance.now();
  const args = [join(root, "dist/cli/main.js"), "start", "--config", "config.example.json", "--port", "0"];
  const child = spawn(process.execPath, args, { cwd: place, stdio: "ignore" });
  let answeredMs = 0;
  for (;;) {
    await setTimeout(5);
    const health = await healthOf(note);
    if (health !== null && answeredMs === 0) answeredMs = performance.now() - beganAt;
    if (health?.ready === true) return { child, answeredMs, readyMs: performance.now() - beganAt };
    if (performance.now() - beganAt > 120_000) throw new Error("it did not become ready within 120 s");
  }
}

async function healthOf(note: string): Promise<{ readonly ready: boolean } | null> {
  if (!existsSync(note)) return null;
  try {
    const { url } = JSON.parse(readFileSync(note, "utf8"));
    return healthSchema.parse(await (await fetch(new URL("/healthz", url))).json());
  } catch {
    // the note is half written, or nobody listens yet
    return null;
  }
}

async function stop(child: ChildProcess): Promise<void> {
  const ended = new Promise((done) => child.once("exit", done));
  child.kill("SIGINT");
  await ended;
}

/** Resident memory in MB, of which so much is shared with other processes (the program's own file). */
function memoryOf(child: ChildProcess): { readonly resident: number; readonly own: number } | null {
  const path = `/proc/${child.pid}/status`;
  if (!existsSync(path)) return null;
  const status = readFileSync(path, "utf8");
  const of = (name: string) =>
    Number(new RegExp(`${name}:\\s+(\\d+)`).exec(status)?.[1] ?? Number.NaN) / 1024;
  return { resident: of("VmRSS"), own: of("RssAnon") };
}

function target(what: string, measured: number, most: number, unit: string): void {
  const holds = measured <= most;
  if (!holds) missed += 1;
  console.log(`${holds ? "met   " : "MISSED"}  ${what}: ${measured.toFixed(0)} ${unit} (at most ${most})`);
}

function showMemory(what: string, child: ChildProcess): number | null {
  const memory = memoryOf(child);
  if (memory === null) console.log(`        ${what}: this system has no /proc, not measured`);
  else
    console.log(
      `        ${what}: ${memory.resident.toFixed(0)} MB resident, ${memory.own.toFixed(0)} MB of it its own`,
    );
  return memory?.resident ?? null;
}

try {
  const first = await start();
  target("first start, four histories read", first.readyMs, targets.historyMs, "ms");
  await setTimeout(idleAfterMs);
  showMemory("idle after the first start", first.child);
  await stop(first.child);
  const times: number[] = [];
  for (let index = 0; index < starts; index += 1) {
    const again = await start();
    times.push(again.answeredMs);
    await stop(again.child);
  }
  times.sort((left, right) => left - right);
  console.log(`        start with an existing database: ${times.map((ms) => ms.toFixed(0)).join(", ")} ms`);
  target(
    "start with an existing database, median",
    times[Math.floor(starts / 2)] ?? Number.NaN,
    targets.startMs,
    "ms",
  );
  const idle = await start();
  await setTimeout(idleAfterMs);
  const resident = showMemory("idle with an existing database", idle.child);
  if (resident !== null) target("idle memory", resident, targets.idleMb, "MB");
  await stop(idle.child);
} finally {
  rmSync(place, { recursive: true, force: true });
}
process.exitCode = missed === 0 ? 0 : 1;
