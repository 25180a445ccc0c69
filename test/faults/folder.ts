import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import Database from "better-sqlite3";
import { connect } from "../../src/store/connect.js";
import { root } from "./daemon-process.js";

const made = new Set<string>();

/** An empty folder that is gone after the test. */
export function emptyFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "evenkeel-faults-"));
  made.add(folder);
  return folder;
}

/** Takes away every folder made. */
export function removeFolders(): void {
  for (const folder of made) rmSync(folder, { recursive: true, force: true });
  made.clear();
}

/** A folder with the example as a newcomer has it. */
export function exampleFolder(): string {
  const folder = emptyFolder();
  for (const part of ["checks", "fixtures"])
    cpSync(join(root, part), join(folder, part), { recursive: true });
  cpSync(join(root, "config.example.json"), join(folder, "config.json"));
  return folder;
}

/** Outputs in the example's files. */
export function exampleOutputs(folder: string): Readonly<Record<string, number>> {
  const ids = ["support-triage", "invoice-extraction", "email-drafting", "lead-enrichment"];
  const lines = (id: string) =>
    readFileSync(join(folder, "fixtures", `${id}.jsonl`), "utf8")
      .split("\n")
      .filter((line) => line.trim() !== "").length;
  return Object.fromEntries(ids.map((id) => [id, lines(id)]));
}

/** What a configuration with pushed outputs may set. */
export interface PushConfig {
  readonly automations: readonly string[];
  /** Where messages are sent; the console when there is none. */
  readonly webhook?: string;
}

/** A folder whose automations wait for pushed outputs; one with markup opens an incident at once. */
export function pushFolder(config: PushConfig): string {
  const folder = emptyFolder();
  writeConfig(folder, config);
  return folder;
}

/** Writes the configuration of such a folder. */
export function writeConfig(folder: string, config: PushConfig): void {
  const automation = (id: string) => ({
    id,
    title: `Replies ${id}`,
    does: "Drafts replies",
    owner: "Tom Ashby",
    risk: "high",
    fallback: { by: "Tom Ashby", steps: ["Answer by hand."] },
    schedule: "0 6 * * *",
    source: { type: "push", token: { env: "PUSH_TOKEN" } },
    checks: [{ id: "no-markup", type: "not-contains", any: ["<script"], rule: "zeroTolerance" }],
  });
  const hook = { id: "hook", type: "webhook", url: config.webhook, secret: { env: "HOOK_SECRET" } };
  const text = JSON.stringify({
    name: "Harbour & Lane",
    timeZone: "Europe/Vienna",
    aiOwner: "Tom Ashby",
    network: { allowPrivate: ["127.0.0.0/8"] },
    people: [{ name: "Tom Ashby", email: "tom.ashby@example.com" }],
    channels: config.webhook === undefined ? [] : [hook],
    automations: config.automations.map(automation),
  });
  writeFileSync(join(folder, "config.json"), text);
}

/** Looks into the database of a folder beside its daemon; null while there is none. */
export function look<T>(folder: string, view: (db: Database.Database) => T): T | null {
  const path = join(folder, "data", "evenkeel.db");
  if (!existsSync(path)) return null;
  let db: Database.Database | undefined;
  try {
    db = connect(path, { readonly: true, timeout: 2_000 });
    return view(db);
  } catch (thrown) {
    // not made yet, or in the middle of being made
    if (thrown instanceof Database.SqliteError) return null;
    throw thrown;
  } finally {
    db?.close();
  }
}

/** One number out of the database; 0 while there is none. */
export function count(folder: string, sql: string): number {
  return look(folder, (db) => Number(db.prepare(sql).pluck().get())) ?? 0;
}

/** Rows of a query; none while there is no database. */
export function rows<Row>(folder: string, sql: string): readonly Row[] {
  return look(folder, (db) => db.prepare<[], Row>(sql).all()) ?? [];
}
