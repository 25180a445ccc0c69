import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { connect } from "../../src/store/connect.js";
import { damageOf } from "../../src/store/damage.js";
import { lockFolder } from "../../src/store/lock.js";
import { openStore } from "../../src/store/open.js";

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "evenkeel-store-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const instance = "0123456789abcdef0123456789abcdef";
const path = () => join(folder, "evenkeel.db");
const open = () => openStore({ path: path(), newInstanceId: instance });

/** What reading comes to when the file is damaged. */
function damageFrom(read: () => void) {
  try {
    read();
    return null;
  } catch (thrown) {
    return damageOf(thrown);
  }
}

describe("the database", () => {
  it("keeps its instance over restarts, with full durability", () => {
    open().close();
    const again = openStore({ path: path(), newInstanceId: "another" });
    expect(again.meta.get("instance_id")).toBe(instance);
    again.close();
  });

  it("uses STRICT tables only, write-ahead logging and our application id", () => {
    const store = open();
    const db = connect(path(), { readonly: true });
    const loose = db
      .prepare(
        "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND strict = 0 AND name NOT LIKE 'sqlite_%'",
      )
      .pluck()
      .all();
    expect(loose).toEqual([]);
    expect(db.pragma("journal_mode", { simple: true })).toBe("wal");
    expect(db.pragma("application_id", { simple: true })).toBe(0x45564b4c);
    db.close();
    store.close();
  });

  it.each([
    [
      "a text file",
      "hello, this is no database at all",
      /it is not a SQLite database\); nothing was written to it.* evenkeel restore FILE/,
    ],
  ])("refuses %s", (_, content, message) => {
    writeFileSync(path(), content);
    expect(open).toThrow(message);
  });

  it("refuses a database that was there and is gone, instead of beginning anew", () => {
    open().close();
    for (const suffix of ["", "-wal", "-shm"]) rmSync(path() + suffix, { force: true });
    expect(open).toThrow(/is gone, but .* says that it held data/);
    expect(existsSync(path())).toBe(false);
  });

  it.each(["removed", "replaced"])("takes nothing more once its file is %s while it is open", (what) => {
    const store = open();
    store.transaction(() => store.meta.set("a", "1"));
    rmSync(path());
    if (what === "replaced") writeFileSync(path(), "another file");
    expect(() => store.transaction(() => store.meta.set("a", "2"))).toThrow(
      /was removed or replaced while Evenkeel was running; stop it, put the file or the newest backup in place/,
    );
    expect(store.meta.get("a")).toBe("1");
    store.close();
  });

  it("says that another program holds it, as something that may pass", () => {
    const store = open();
    const other = connect(path(), {});
    other.exec("BEGIN IMMEDIATE");
    const write = () => store.transaction(() => store.meta.set("a", "1"));
    expect(write).toThrow(expect.objectContaining({ code: "store-busy", retryable: true }));
    other.exec("ROLLBACK");
    other.close();
    write();
    expect(store.meta.get("a")).toBe("1");
    store.close();
  });

  it("fault 20: knows a damaged page for what it is, and says what to do", () => {
    const store = open();
    for (let index = 0; index < 500; index += 1) store.meta.set(`key-${index}`, "x".repeat(100));
    store.close();
    const bytes = readFileSync(path());
    for (let page = 2; page * 4096 < bytes.length; page += 1)
      bytes.fill(0xff, page * 4096, page * 4096 + 4096);
    writeFileSync(path(), bytes);
    expect(open).toThrow(/the database is damaged \(.*\); nothing was written to it\. Stop the daemon/);
    const damage = damageFrom(() => {
      const again = connect(path(), { readonly: true });
      for (let index = 0; index < 500; index += 1) again.prepare("SELECT * FROM meta").all();
    });
    expect(damage?.message).toMatch(/^the database is damaged \(.*the command that goes back to it$/);
    expect(damageOf(new Error("something else"))).toBeNull();
  });

  it.each(["damaged", "gone", "newer"])(
    "faults 20 and 25: names a good backup of the folder of the configuration when it is %s",
    (what) => {
      open().close();
      const backupFolder = `${path()}-backups`;
      mkdirSync(backupFolder);
      const backup = join(backupFolder, what === "newer" ? "pre-1.db" : "evenkeel-20260302T033000Z.db");
      copyFileSync(path(), backup);
      if (what === "gone") rmSync(path());
      else if (what === "damaged") writeFileSync(path(), "not a database");
      else {
        const newer = connect(path(), {});
        newer.pragma("user_version = 9999");
        newer.close();
      }
      const again = () => openStore({ path: path(), backupFolder, newInstanceId: "0".repeat(32) });
      expect(again).toThrow(`evenkeel restore ${backup}`);
    },
  );

  it("fault 21: refuses a database that was emptied", () => {
    open().close();
    for (const suffix of ["-wal", "-shm"]) rmSync(path() + suffix, { force: true });
    writeFileSync(path(), "");
    expect(open).toThrow(/is empty, but/);
  });

  it("fault 25: refuses a newer schema and names both", () => {
    open().close();
    const db = connect(path(), {});
    db.pragma("user_version = 99");
    db.close();
    expect(open).toThrow(/has schema 99, this Evenkeel knows up to \d+/);
  });

  it("refuses the database of another program", () => {
    const db = connect(path(), {});
    db.exec("CREATE TABLE x (y)");
    db.pragma("user_version = 1");
    db.close();
    expect(open).toThrow(/database of another program/);
  });

  it("reads without writing, and says when there is nothing yet", () => {
    const readOnly = () => openStore({ path: path(), newInstanceId: "", readOnly: true });
    expect(readOnly).toThrow(/no database yet; "evenkeel start" makes it/);
    open().close();
    const store = readOnly();
    expect(() => store.meta.set("x", "y")).toThrow(/readonly/);
    store.close();
  });
});

describe("the lock of the data folder", () => {
  it("lets one process in, names the holder to the next, and is free after release", () => {
    const lockPath = join(folder, "lock.db");
    const first = lockFolder(lockPath, { pid: 4711, since: "2026-03-02T08:00:00Z" });
    expect(() => lockFolder(lockPath, { pid: 4712, since: "2026-03-02T08:00:01Z" })).toThrow(
      /another Evenkeel \(pid 4711 on .*, since 2026-03-02T08:00:00Z\) owns this data folder/,
    );
    first.release();
    lockFolder(lockPath, { pid: 4713, since: "2026-03-02T08:00:02Z" }).release();
  });

  it.each([
    ["lies in a folder that is not there", () => join(folder, "gone", "lock.db")],
    [
      "is a file of something else",
      () => {
        writeFileSync(join(folder, "lock.db"), "no database, and not empty either".repeat(40));
        return join(folder, "lock.db");
      },
    ],
  ])("does not blame another process when it %s", (_, lockPath) => {
    expect(() => lockFolder(lockPath(), { pid: 4711, since: "2026-03-02T08:00:00Z" })).toThrow(
      /the data folder cannot be taken \(.*\); see whether it exists and this user may write into it/,
    );
  });
});
