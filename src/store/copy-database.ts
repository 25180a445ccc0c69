/**
 * A consistent copy of a database that is in use, made and checked in a process of its own: neither reading it nor
 * checking the copy may hold up the daemon. In: a program runner and two paths. Out: the copy, sound and on the disk,
 * or the reason there is none; what failed leaves nothing behind.
 */
import { renameSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname } from "node:path";
import { z } from "zod";
import { messageOf } from "../domain/errors.js";
import type { CommandRunner } from "../domain/ports.js";

/** A copy of a gigabyte takes a few seconds; one that takes longer than this hangs. */
const withinMs = 30 * 60_000;
/** Of what the program says. */
const answerBytes = 64 * 1024;

const sqlite = createRequire(import.meta.url).resolve("better-sqlite3");

const answerSchema = z.discriminatedUnion("ok", [
  z.object({ ok: z.literal(true), bytes: z.number() }),
  z.object({ ok: z.literal(false), reason: z.string() }),
]);

/** What came of a copy or a check. */
export type CopyResult = z.infer<typeof answerSchema>;

/**
 * The snapshot is held by an open read transaction, so that what is written meanwhile neither gets in nor makes the
 * copy begin anew (sqlite.org/backup.html). The copy leaves write-ahead logging: one file, complete in itself. What is
 * opened is kept, for the reason that `connect.ts` gives.
 */
const program = `
const [Database, fs, os, path] = [require(process.argv[1]), require("node:fs"), require("node:os"), require("node:path")];
const [what, from, to] = process.argv.slice(2);
const kept = [];
const keep = (each) => { kept.push(each); return each; };
const say = (answer) => process.stdout.write(JSON.stringify(answer));
const check = (db) => {
  const found = keep(db.prepare("PRAGMA quick_check(1)")).pluck().get();
  if (found !== "ok") throw new Error("damaged: " + String(found).split("\\n").pop().trim());
};
const sync = (name, flag) => { const file = fs.openSync(name, flag); fs.fsyncSync(file); fs.closeSync(file); };
(async () => {
  try { os.setPriority(10); } catch { /* not allowed here: it runs as it is */ }
  const db = keep(new Database(from, { readonly: true, fileMustExist: true, timeout: 5000 }));
  if (what === "check") { check(db); return { ok: true, bytes: fs.statSync(from).size }; }
  fs.closeSync(fs.openSync(to, "w", 0o600));
  db.exec("BEGIN");
  keep(db.prepare("SELECT count(*) FROM sqlite_schema")).get();
  await db.backup(to, { progress: () => 2000 });
  db.close();
  const copy = keep(new Database(to, {}));
  copy.exec("PRAGMA journal_mode = DELETE");
  copy.close();
  sync(to, "r+");
  const again = keep(new Database(to, { readonly: true }));
  check(again);
  again.close();
  return { ok: true, bytes: fs.statSync(to).size };
})().then(say, (error) => say({ ok: false, reason: error.message }));
`;

/** Copies the database at one path to another, which is there only once it is complete and sound. */
export async function copyDatabase(
  command: CommandRunner,
  paths: { readonly from: string; readonly to: string },
  signal?: AbortSignal,
): Promise<CopyResult> {
  const part = `${paths.to}.part`;
  const done = await runProgram(command, ["copy", paths.from, part], dirname(paths.to), signal);
  try {
    if (done.ok) renameSync(part, paths.to);
    else for (const suffix of ["", "-journal", "-wal", "-shm"]) rmSync(`${part}${suffix}`, { force: true });
    return done;
  } catch (thrown) {
    return { ok: false, reason: messageOf(thrown) };
  }
}

/** Reads a database to its end, beside its daemon. */
export function checkDatabase(
  command: CommandRunner,
  path: string,
  signal?: AbortSignal,
): Promise<CopyResult> {
  return runProgram(command, ["check", path], dirname(path), signal);
}

async function runProgram(
  command: CommandRunner,
  words: readonly string[],
  cwd: string,
  signal: AbortSignal | undefined,
): Promise<CopyResult> {
  try {
    const { stdout, stderr } = await command.run({
      argv: [process.execPath, "-e", program, sqlite, ...words],
      cwd,
      timeoutMs: withinMs,
      maxBytes: answerBytes,
      ...(signal === undefined ? {} : { signal }),
    });
    if (stdout === "") return { ok: false, reason: `the copying process broke off: ${stderr.slice(-300)}` };
    return answerSchema.parse(JSON.parse(stdout));
  } catch (thrown) {
    return { ok: false, reason: messageOf(thrown) };
  }
}
