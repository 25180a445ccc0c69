import { mkdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, it } from "vitest";
import { noteBackupTrouble } from "../../src/flow/make-backup.js";
import { lockFolder } from "../../src/store/lock.js";
import { openStore } from "../../src/store/open.js";
import { inCompanyFolder } from "./company.js";
import { evenkeel, wednesday } from "./fake-terminal.js";

const company = inCompanyFolder();

/** A company with a database, and a backup of it. */
async function backedUp(): Promise<string> {
  company.found();
  await evenkeel(["run", "order-reading"]);
  const done = await evenkeel(["backup", "away/one.db"]);
  expect([done.exitCode, done.text]).toEqual([0, expect.stringContaining("restore --drill")]);
  return join(company.folder(), "away", "one.db");
}

describe("evenkeel backup", () => {
  it.each(["data/evenkeel.db", "notes.txt"])("leaves a file alone that is there: %s", async (file) => {
    await backedUp();
    company.write("notes.txt", "not a database");
    const before = readFileSync(file);
    const done = await evenkeel(["backup", file]);
    expect(done.exitCode).toBe(2);
    const named = join(company.folder(), dirname(file), "evenkeel-20261118T061000Z.db");
    expect(done.err).toContain(
      `a file of this name is there already; name another one: evenkeel backup ${named}`,
    );
    expect(readFileSync(file).equals(before)).toBe(true);
  });
});

describe("a backup outside the backup folder", () => {
  it("says that it is not counted and stays when something is forgotten; one in the folder does not", async () => {
    company.found();
    await evenkeel(["run", "order-reading"]);
    const away = await evenkeel(["backup", "away/one.db"]);
    expect(away.text).toContain("It lies outside");
    expect(away.text).toMatch(/data\/backups\b/);
    expect(away.text).toContain("evenkeel doctor does not count it");
    expect((await evenkeel(["doctor"])).out).toMatch(/^fine +backup +none yet/m);
    const inside = await evenkeel(["backup"]);
    expect(inside.text).not.toContain("It lies outside");
    expect((await evenkeel(["doctor"])).out).toMatch(/^fine +backup +1 backup/m);
    const named = await evenkeel(["backup", "data/backups/mine.db"]);
    expect(named.text).toContain("The name is not one that Evenkeel gives");
  });
});

describe("evenkeel forget", () => {
  it("names every backup, and what a restore moved aside, without reading them", async () => {
    const backup = await backedUp();
    await evenkeel(["restore", backup]);
    await evenkeel(["backup"]);
    const said = await evenkeel(["forget", "person", "Customer 3", "--why", "asked"]);
    expect(said.out).toContain("Backups, and databases that a restore moved aside, were not looked through:");
    expect(said.out).toMatch(
      /^ {2}\S+\/data\/backups\/evenkeel-20261118T061000Z\.db, of 2026-11-18T06:10:00/m,
    );
    expect(said.out).toMatch(/^ {2}\S+\/data\/replaced-20261118T061000Z, of 2026-11-18T06:10:00/m);
  });
});

describe("evenkeel doctor", () => {
  it("no longer speaks of a failed backup once a later one was made by hand", async () => {
    await backedUp();
    const store = openStore({ path: "data/evenkeel.db", newInstanceId: "0".repeat(32) });
    store.transaction(() =>
      noteBackupTrouble(store, "the nightly backup failed: no room", wednesday - 60_000),
    );
    store.close();
    expect((await evenkeel(["doctor"])).out).toMatch(/^broken +backup +the nightly backup failed: no room/m);
    expect((await evenkeel(["backup"])).exitCode).toBe(0);
    expect((await evenkeel(["doctor"])).out).toMatch(/^fine +backup +1 backup, the newest of 07:10/m);
  });
});

describe("evenkeel restore", () => {
  it("makes the data folder where there is none", async () => {
    const backup = await backedUp();
    company.found((config) => ({ ...config, dataDir: "new/data" }));
    const done = await evenkeel(["restore", backup]);
    expect([done.exitCode, done.out]).toEqual([0, expect.stringContaining("There was no database")]);
    expect((await evenkeel(["restore", backup, "--to", "other/data"])).exitCode).toBe(0);
  });

  it.each([[[]], [["--to", "elsewhere"]]])("leaves a folder alone that a daemon holds: %j", async (to) => {
    const backup = await backedUp();
    mkdirSync("elsewhere");
    const held = join(company.folder(), to[1] ?? "data", "lock.db");
    const lock = lockFolder(held, { pid: 1, since: "2026-11-18T06:00:00Z" });
    const done = await evenkeel(["restore", backup, ...to]);
    lock.release();
    expect([done.exitCode, done.err]).toEqual([2, expect.stringContaining("owns this data folder")]);
  });
});
