import { execFileSync, spawn } from "node:child_process";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { monitorEventLoopDelay } from "node:perf_hooks";
import { setTimeout } from "node:timers/promises";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { makeBackup } from "../../src/flow/make-backup.js";
import { receiveOutputs } from "../../src/flow/receive-outputs.js";
import { createUpkeep } from "../../src/flow/upkeep.js";
import { createCommandRunner } from "../../src/platform/command-runner.js";
import { pause } from "../../src/platform/pause.js";
import { connect } from "../../src/store/connect.js";
import { examineFile } from "../../src/store/examine-file.js";
import { openStore } from "../../src/store/open.js";
import { restoreInto } from "../../src/store/restore.js";
import { ballastOf, levelOf } from "../../src/store/space.js";
import { benchGround, draft, hour, monday } from "./bench-ground.js";

const day = 24 * hour;
const command = createCommandRunner({ PATH: process.env.PATH ?? "" });
const { signal } = new AbortController();
let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "evenkeel-upkeep-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));
const path = () => join(folder, "evenkeel.db");
const backups = () => join(folder, "backups");
const open = () => openStore({ path: path(), newInstanceId: "0".repeat(32) });
const detailed = { user: "u-1", link: "https://example.com/a", error: "no reply to Zoë" };
const ample = { freeBytes: 100 * 1024 ** 3, totalBytes: 200 * 1024 ** 3 };

/** A bench over a database in a file, with the care of it and a room under the test's hand. */
function cared() {
  const bench = benchGround();
  const store = open();
  const said: string[] = [];
  const note = (message: string) => void said.push(message);
  const ground = { ...bench.ground, store, logger: { ...bench.ground.logger, warn: note, error: note } };
  const kept = { bodiesMs: 100 * day, verdictsMs: 400 * day };
  const settings = {
    timeZone: "UTC",
    backup: { atMinute: 210, folder: backups(), keep: { daily: 7, weekly: 4, timeZone: "UTC" } },
    retention: { ...kept, messagesMs: 90 * day, of: () => kept },
  };
  const state = { room: ample };
  const upkeep = createUpkeep(() => ({ ground, settings }), {
    databasePath: path(),
    command,
    pid: process.pid,
    signal,
    room: () => state.room,
  });
  const at = async (to: number) => {
    bench.clock.set(to);
    await upkeep();
  };
  const push = (id: string, text = `ok ${id}`) =>
    receiveOutputs({ ...ground, pause }, bench.watched, {
      outputs: [draft(id, bench.clock.now(), text, text.startsWith("ok") ? {} : detailed)],
      asides: [],
    });
  const own = () => store.incidents.open().map(({ title }) => title);
  return { ...bench, ground, store, own, said, state, at, push, troubles: () => store.state.troubles.list() };
}

describe("the nightly backup", () => {
  it("is made once a night, complete and sound, and what is written meanwhile does not disturb it", async () => {
    const { at, store } = cared();
    await at(monday + hour);
    expect(existsSync(backups())).toBe(false);
    await at(monday + day + 3 * hour);
    expect(existsSync(backups())).toBe(false);
    const made = at(monday + day + 4 * hour);
    for (let index = 0; index < 200; index += 1) {
      store.transaction(() => store.meta.set(`key-${index}`, "x"));
      if (index % 20 === 0) await setTimeout(5);
    }
    await made;
    const [file = ""] = readdirSync(backups());
    expect(file).toBe("evenkeel-20260303T040000Z.db");
    expect(examineFile(join(backups(), file))).toMatchObject({ ok: true, instance: "0".repeat(32) });
    await at(monday + day + 5 * hour);
    expect(readdirSync(backups())).toHaveLength(1);
    store.close();
  });

  it("fault 27: that fails is told of, and the older ones are kept", async () => {
    const { at, store, troubles, said, own } = cared();
    await at(monday);
    await at(monday + day + 4 * hour);
    // a folder that cannot be made: a file lies in its place
    rmSync(backups(), { recursive: true });
    writeFileSync(backups(), "in the way");
    await at(monday + 2 * day + 4 * hour);
    expect(troubles()).toMatchObject([
      { about: "backup", level: "broken", fix: "evenkeel backup tries again" },
    ]);
    expect(said.join("\n")).toContain("the nightly backup failed");
    expect(own()).toEqual(["Evenkeel cannot rely on its backup"]);
    rmSync(backups());
    await at(monday + 2 * day + 6 * hour);
    expect(troubles()).toEqual([]);
    expect(own()).toEqual([]);
    expect(readdirSync(backups())).toHaveLength(1);
    store.close();
  });

  it("fault 27: whose bytes were flipped is refused, and what is in place stays", async () => {
    const store = open();
    for (let index = 0; index < 500; index += 1) store.meta.set(`key-${index}`, "x".repeat(100));
    const clock = { now: () => monday, monotonic: () => 0 };
    const done = await makeBackup({ clock, command }, { database: path(), folder: backups() });
    store.close();
    expect(done.ok).toBe(true);
    const bytes = readFileSync(done.path);
    bytes.fill(0xff, 4096 * 6, 4096 * 20);
    writeFileSync(done.path, bytes);
    expect(() => restoreInto(done.path, path(), monday)).toThrow(
      /cannot be restored: it (is damaged|cannot be read)/,
    );
    expect(examineFile(path()).ok).toBe(true);
  });

  it("restored brings everything back, and moves what was there aside", async () => {
    const store = open();
    store.meta.set("kept", "yes");
    const clock = { now: () => monday, monotonic: () => 0 };
    const done = await makeBackup({ clock, command }, { database: path(), folder: backups() });
    store.meta.set("kept", "changed");
    store.close();
    const aside = restoreInto(done.path, path(), monday);
    const again = open();
    expect(again.meta.get("kept")).toBe("yes");
    again.close();
    const before = openStore({ path: join(aside ?? "", "evenkeel.db"), newInstanceId: "x", readOnly: true });
    expect(before.meta.get("kept")).toBe("changed");
    before.close();
  });
});

describe("fault 17: a disk that fills", () => {
  it.each([
    [200 * 1024 ** 3, [2000, 900, 150, 40]],
    [12 * 1024 ** 2, [5, 1, 0.5, 0.2]],
  ])("has its levels, scaled to the volume: %s bytes", (totalBytes, free) => {
    const levels = free.map((megabytes) => levelOf({ freeBytes: megabytes * 1024 ** 2, totalBytes }));
    expect(levels).toEqual(["ample", "scarce", "low", "full"]);
  });

  it("first keeps no texts, then takes nothing in, and takes in again once there is room", async () => {
    const { at, push, state, store, troubles, own } = cared();
    await at(monday);
    state.room = { ...ample, freeBytes: 100 * 1024 ** 2 };
    await at(monday + hour);
    expect(await push("a")).toMatchObject({ stored: 1 });
    await push("bad", "bad answer to Zoë");
    const kept = store.outputs.between("invoices", 0, monday + day, 9);
    expect(kept).toMatchObject([
      { output: { text: "", user: null, link: null, error: "" } },
      { output: { text: "", error: null } },
    ]);
    expect(kept.flatMap(({ key }) => store.forgetting.said(key))).toEqual([
      { reason: null, excerpt: null },
      { reason: null, excerpt: null },
    ]);
    expect(store.outputs.checkTotals("invoices", "ok")).toEqual({ pass: 1, judged: 2 });
    state.room = { ...ample, freeBytes: 10 * 1024 ** 2 };
    await at(monday + 2 * hour);
    await expect(push("b")).rejects.toMatchObject({ code: "store-full", retryable: true });
    expect(troubles()).toMatchObject([{ about: "disk", level: "broken" }]);
    expect(own()).toEqual(["Evenkeel cannot rely on its disk"]);
    state.room = ample;
    await at(monday + 3 * hour);
    expect(await push("b")).toMatchObject({ stored: 1 });
    expect(troubles()).toEqual([]);
    expect(own()).toEqual([]);
    store.close();
  });
});

/** A volume of 12 MB; null where this user may not mount one. */
function smallVolume(): string | null {
  const at = join(folder, "small");
  mkdirSync(at);
  try {
    execFileSync("mount", ["-t", "tmpfs", "-o", "size=12m", "tmpfs", at], { stdio: "ignore" });
    return at;
  } catch {
    return null;
  }
}

describe("faults 17 and 18: a disk that is full in the middle of it", () => {
  it("gives up the ballast, so that the old can go and new can come, and the database stays sound", async (context) => {
    const volume = smallVolume();
    if (volume === null) return context.skip("needs the right to mount a volume of 12 MB");
    const store = openStore({ path: join(volume, "evenkeel.db"), newInstanceId: "0".repeat(32) });
    try {
      expect(await ballastOf(volume).lay()).toBe(true);
      const fill = (from: number) => {
        for (let index = from; index < from + 100_000; index += 1)
          store.transaction(() => store.meta.set(`key-${index}`, "x".repeat(4000)));
      };
      expect(() => fill(0)).toThrow(expect.objectContaining({ code: "store-full", retryable: true }));
      expect(existsSync(join(volume, "ballast"))).toBe(false);
      expect(store.state.room()).toBe("low");
      for (let index = 0; index < 100; index += 1) store.transaction(() => store.meta.remove(`key-${index}`));
      store.transaction(() => store.meta.set("after", "yes"));
      store.file.emptyLog();
      expect(store.file.damage()).toBeNull();
    } finally {
      store.close();
      execFileSync("umount", [volume]);
    }
  });
});

describe("fault 19: a database that another process holds", () => {
  it("holds up no one: what comes waits in line, and whoever holds it is named", async () => {
    const { at, push, store, troubles, clock } = cared();
    await at(monday);
    const sqlite = createRequire(import.meta.url).resolve("better-sqlite3");
    const program = `const db = new (require(${JSON.stringify(sqlite)}))(${JSON.stringify(path())});
      db.exec("BEGIN IMMEDIATE"); console.log("held"); setTimeout(() => { db.exec("ROLLBACK"); db.close(); }, 1500);`;
    const holder = spawn(process.execPath, ["-e", program], { stdio: ["ignore", "pipe", "inherit"] });
    await new Promise((held) => holder.stdout.once("data", held));
    const delay = monitorEventLoopDelay({ resolution: 5 });
    delay.enable();
    const pushed = Promise.all(["a", "b", "c", "d", "e"].map((id) => push(id)));
    await setTimeout(600);
    await at(clock.now() + 1_000);
    await at(clock.now() + 11_000);
    const named = troubles().find(({ about }) => about === "lock");
    expect((await pushed).map(({ stored }) => stored)).toEqual([1, 1, 1, 1, 1]);
    delay.disable();
    expect(delay.max / 1e6).toBeLessThan(300);
    expect(named?.text).toMatch(
      new RegExp(`another program( \\(process ${holder.pid}\\))? has held the database`),
    );
    await at(clock.now() + 1_000);
    expect(troubles()).toEqual([]);
    store.close();
  });
});

describe("fault 20: a damaged page in a database too large to be read to its end before the port opens", () => {
  it("is found by another process at the first look; from then on nothing is written", async () => {
    const filled = open();
    filled.transaction(() => {
      for (let key = 0; key < 200; key += 1) filled.meta.set(`key-${key}`, "x".repeat(100_000));
    });
    filled.close();
    const bytes = readFileSync(path());
    expect(bytes.length).toBeGreaterThan(16 * 1024 ** 2);
    const page = Math.floor((bytes.length * 3) / 4 / 4096);
    bytes.fill(0xff, page * 4096, (page + 1) * 4096);
    writeFileSync(path(), bytes);
    const { at, push, store, troubles } = cared();
    expect(store.checked).toBe(false);
    await at(monday);
    expect(troubles()).toMatchObject([
      { about: "database", level: "broken", text: expect.stringContaining("the database is damaged") },
    ]);
    await expect(push("a")).rejects.toMatchObject({ code: "store-damaged" });
    store.close();
  });

  it("is nothing to tell of where all is well", async () => {
    const filled = open();
    filled.transaction(() => {
      for (let key = 0; key < 200; key += 1) filled.meta.set(`key-${key}`, "x".repeat(100_000));
    });
    filled.close();
    const { at, push, store, troubles } = cared();
    expect(store.checked).toBe(false);
    await at(monday);
    expect(troubles()).toEqual([]);
    expect(await push("a")).toMatchObject({ stored: 1 });
    store.close();
  });
});

describe("fault 22: a database that is deleted while it is in use", () => {
  it("is noticed at the next look, and nothing is written to what nobody could read", async () => {
    const { at, push, store, troubles } = cared();
    await at(monday);
    rmSync(path());
    await at(monday + 60_000);
    expect(troubles()).toMatchObject([{ about: "database", level: "broken" }]);
    await expect(push("a")).rejects.toMatchObject({ code: "store-gone" });
    store.close();
  });
});

describe("fault 26: a log that a reader keeps from shrinking", () => {
  it("is told of above 64 MB, and emptied once the reader is gone", async () => {
    const { at, store, troubles } = cared();
    await at(monday);
    const reader = connect(path(), { readonly: true });
    reader.exec("BEGIN");
    reader.prepare("SELECT count(*) FROM meta").get();
    for (let index = 0; index < 18; index += 1)
      store.transaction(() => {
        for (let key = 0; key < 40; key += 1) store.meta.set(`key-${key}`, String(index).repeat(100_000));
      });
    expect(store.file.walBytes()).toBeGreaterThan(64 * 1024 ** 2);
    await at(monday + hour);
    expect(troubles()).toMatchObject([{ about: "log", level: "at risk" }]);
    reader.exec("ROLLBACK");
    reader.close();
    await at(monday + 2 * hour);
    expect(troubles()).toEqual([]);
    expect(store.file.walBytes()).toBe(0);
    store.close();
  });
});
