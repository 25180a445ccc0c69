import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach } from "vitest";
import { isJsonObject, type Json, type JsonObject } from "../../src/domain/json.js";
import { wednesday } from "./fake-terminal.js";

const recordCount = 300;
const everyMs = 72 * 60_000;
/** From this record on most amounts come in a currency that the ledger does not know. */
const wrongFrom = 240;

/** A generator of the same numbers on every machine (mulberry32). */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** Fifteen days of read orders: the currency is right in 97 of 100, and in the last three days in 40 of 100. */
export function orderRecords(): readonly JsonObject[] {
  const next = seeded(20_261_118);
  return Array.from({ length: recordCount }, (_, index) => {
    const right = next() < (index < wrongFrom ? 0.97 : 0.4);
    const total = Math.round(20_000 * next()) / 100;
    return {
      id: `O-${1000 + index}`,
      at: new Date(wednesday - (recordCount - index) * everyMs).toISOString(),
      output: { customer: `Customer ${index % 17}`, total, currency: right ? "EUR" : "EURO" },
      latency_ms: 400 + Math.round(300 * next()),
    };
  });
}

/** The company of the tests: one automation that goes wrong, one that is fine and has nothing new. */
export function companyConfig(): JsonObject {
  return {
    name: "Harbour & Lane",
    timeZone: "Europe/Vienna",
    dataDir: "data",
    listen: { host: "127.0.0.1", port: 0 },
    aiOwner: "Ines Calder",
    people: [
      { name: "Ines Calder", email: "ines.calder@example.com" },
      { name: "Jonas Feld", email: "jonas.feld@example.com" },
      { name: "Marta Quill", email: "marta.quill@example.com" },
      { name: "Priya Raman", email: "priya.raman@example.com" },
    ],
    automations: [orderReading(), meetingNotes()],
  };
}

function orderReading(): JsonObject {
  return {
    id: "order-reading",
    title: "Order reading",
    does: "Reads orders from e-mails",
    processes: ["sales"],
    owner: "Marta Quill",
    deputy: "Priya Raman",
    onCall: "Jonas Feld",
    risk: "high",
    approval: { status: "approved", by: "Ines Calder", on: "2026-03-03" },
    fallback: {
      by: "Priya Raman",
      steps: ["Switch the reader off.", "Type new orders in by hand."],
      minutesPerItem: 4,
    },
    schedule: "every 6h",
    source: { type: "file", path: "orders.jsonl", complete: true },
    checks: [
      {
        id: "currency-known",
        title: "The currency is one the ledger knows",
        type: "one-of",
        on: "currency",
        values: ["EUR", "CHF"],
      },
      { id: "customer-there", title: "A customer is named", type: "required-fields", fields: ["customer"] },
      {
        id: "total-positive",
        title: "The total is above nothing",
        type: "range",
        on: "total",
        min: 0,
        level: "digest",
      },
    ],
  };
}

function meetingNotes(): JsonObject {
  return {
    id: "meeting-notes",
    title: "Meeting notes",
    does: "Writes notes of meetings",
    processes: ["all"],
    owner: "Ines Calder",
    risk: "low",
    approval: { status: "approved", by: "Ines Calder", on: "2026-03-03" },
    schedule: "0 6 * * *",
    source: { type: "file", path: "notes.jsonl" },
    checks: [{ id: "not-empty", title: "There are notes", type: "not-empty" }],
  };
}

/** The configuration with one automation changed. */
export function withAutomation(config: JsonObject, id: string, change: JsonObject): JsonObject {
  const automations = (Array.isArray(config.automations) ? config.automations : []).map((each: Json) =>
    isJsonObject(each) && each.id === id ? { ...each, ...change } : each,
  );
  return { ...config, automations };
}

/** The configuration with one setting of an automation left out. */
export function withoutSetting(config: JsonObject, id: string, name: string): JsonObject {
  const automations = (Array.isArray(config.automations) ? config.automations : []).map((each: Json) =>
    isJsonObject(each) && each.id === id
      ? Object.fromEntries(Object.entries(each).filter(([key]) => key !== name))
      : each,
  );
  return { ...config, automations };
}

/** A folder that is the current one during each test, with a company in it that the test may change. */
export function inCompanyFolder() {
  const home = process.cwd();
  let folder = home;
  beforeEach(() => {
    folder = realpathSync(mkdtempSync(join(tmpdir(), "evenkeel-cli-")));
    process.chdir(folder);
  });
  afterEach(() => {
    process.chdir(home);
    rmSync(folder, { recursive: true, force: true });
  });
  return {
    folder: () => folder,
    write: (name: string, text: string): void => {
      mkdirSync(join(folder, name, ".."), { recursive: true });
      writeFileSync(join(folder, name), text);
    },
    /** Writes the configuration and its records. */
    found: (change: (config: JsonObject) => JsonObject = (config) => config): void => {
      writeFileSync(join(folder, "evenkeel.config.json"), JSON.stringify(change(companyConfig()), null, 2));
      writeFileSync(join(folder, "orders.jsonl"), jsonLines(orderRecords()));
      writeFileSync(join(folder, "notes.jsonl"), "");
    },
  };
}

/** Records as JSONL. */
export function jsonLines(records: readonly Json[]): string {
  return records.map((record) => `${JSON.stringify(record)}\n`).join("");
}
