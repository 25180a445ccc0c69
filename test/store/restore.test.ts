import { copyFileSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { openStore } from "../../src/store/open.js";
import { restoreInto } from "../../src/store/restore.js";

const monday = Date.UTC(2026, 2, 2);
let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "evenkeel-restore-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));
const open = (path: string) => openStore({ path, newInstanceId: "0".repeat(32) });

describe("a backup that is a copy of a database in use", () => {
  it("is restored with the commits that still lie in the log beside it", () => {
    const used = join(folder, "used.db");
    const store = open(used);
    store.meta.set("kept", "in the log");
    for (const part of ["", "-wal"]) copyFileSync(`${used}${part}`, join(folder, `copy.db${part}`));
    store.close();
    const path = join(folder, "data", "evenkeel.db");
    restoreInto(join(folder, "copy.db"), path, monday);
    expect(readdirSync(join(folder, "data")).sort()).toEqual(["evenkeel.db", "evenkeel.db.instance"]);
    const restored = open(path);
    expect(restored.meta.get("kept")).toBe("in the log");
    restored.close();
  });

  it("leaves no other file beside the restored one, though it has no log", () => {
    const used = join(folder, "used.db");
    const store = open(used);
    store.meta.set("kept", "yes");
    store.close();
    const path = join(folder, "data", "evenkeel.db");
    restoreInto(used, path, monday);
    expect(readdirSync(join(folder, "data")).sort()).toEqual(["evenkeel.db", "evenkeel.db.instance"]);
    const restored = open(path);
    expect(restored.meta.get("kept")).toBe("yes");
    restored.close();
  });
});
