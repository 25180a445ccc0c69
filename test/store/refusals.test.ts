import { mkdtempSync, readdirSync, readFileSync, rmSync, truncateSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { applicationId } from "../../src/store/application-id.js";
import { connect } from "../../src/store/connect.js";
import { assertEngineVersion } from "../../src/store/engine-version.js";
import { assertFolderHolds } from "../../src/store/file-system.js";
import { openStore } from "../../src/store/open.js";

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "evenkeel-refusals-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));
const open = () => openStore({ path: join(folder, "evenkeel.db"), newInstanceId: "0".repeat(32) });

describe("fault 23: a data folder on a network", () => {
  it.each([
    [0x6969, "NFS"],
    [0xff534d42 | 0, "SMB"],
    [0x65735546, "FUSE"],
  ])("is refused with the reason, unless someone insists: %s", (type, name) => {
    const ports = { typeOf: () => type };
    expect(() => assertFolderHolds(folder, false, ports)).toThrow(
      new RegExp(`lies on ${name}, where SQLite's locks`),
    );
    expect(() => assertFolderHolds(folder, true, ports)).not.toThrow();
  });

  it("is fine on a disk of its own", () => {
    expect(() => assertFolderHolds(folder, false, { typeOf: () => 0xef53 })).not.toThrow();
  });
});

describe("fault 30: a SQLite that can corrupt its log", () => {
  it.each(["3.51.2", "3.50.9", "2.9.9"])("is refused: %s", (version) => {
    expect(() => assertEngineVersion(version)).toThrow(
      `SQLite ${version} can corrupt a write-ahead log; 3.51.3 or later`,
    );
  });

  it.each(["3.51.3", "3.52.0", "4.0"])("is taken once it is mended: %s", (version) => {
    expect(() => assertEngineVersion(version)).not.toThrow();
  });
});

describe("faults 21 and 25: a file that cannot be relied on", () => {
  it("that was cut off is refused, and the way back is named", () => {
    const store = open();
    for (let index = 0; index < 500; index += 1) store.meta.set(`key-${index}`, "x".repeat(100));
    store.close();
    truncateSync(join(folder, "evenkeel.db"), 4096 * 40);
    expect(open).toThrow(/the database is damaged .*; nothing was written to it\. .*evenkeel restore/);
  });

  it("of an older schema is copied before it is brought up to date, and a newer one names that copy", () => {
    const path = join(folder, "evenkeel.db");
    const older = connect(path, {});
    const migrations = new URL("../../src/store/migrations/", import.meta.url);
    for (const name of readdirSync(migrations).sort())
      if (Number(name.slice(0, 4)) <= 25) older.exec(readFileSync(new URL(name, migrations), "utf8"));
    older.pragma(`application_id = ${applicationId}`);
    older.pragma("user_version = 25");
    older.close();
    open().close();
    const newer = connect(path, {});
    newer.pragma("user_version = 99");
    newer.close();
    expect(open).toThrow(
      /has schema 99, this Evenkeel knows up to \d+; .*evenkeel restore .*backups\/pre-25\.db/,
    );
  });
});
