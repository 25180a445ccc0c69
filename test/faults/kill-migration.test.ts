import { spawnSync } from "node:child_process";
import { readdirSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterEach, beforeAll, describe, expect, it } from "vitest";
import { connect } from "../../src/store/connect.js";
import { root } from "./daemon-process.js";
import { emptyFolder, removeFolders } from "./folder.js";

afterEach(removeFolders);

const sqlite = createRequire(import.meta.url).resolve("better-sqlite3");
/** The store alone, built for a process of its own; it needs the packages above it. */
const built = "dist/bench/store-alone";
const opener = pathToFileURL(join(root, built, "store/open.js"));
const migrations = readdirSync(join(root, "src/store/migrations"))
  .filter((name) => name.endsWith(".sql"))
  .sort();

beforeAll(() => {
  const { status, stderr } = spawnSync(process.execPath, ["bundle.mjs", "store/open.ts", built], {
    cwd: root,
  });
  if (status !== 0) throw new Error(String(stderr));
});

/** Opens the store in a process of its own, which is killed right after the SQL of one step; 0: of none. */
function openKilledAfter(path: string, step: number): NodeJS.Signals | null {
  const program = `
    const Database = require(${JSON.stringify(sqlite)});
    const { exec } = Database.prototype;
    let steps = 0;
    Database.prototype.exec = function (sql) {
      const done = exec.call(this, sql);
      steps += 1;
      if (steps === ${step}) process.kill(process.pid, "SIGKILL");
      return done;
    };
    import(${JSON.stringify(opener.href)}).then(({ openStore }) =>
      openStore({ path: ${JSON.stringify(path)}, newInstanceId: "0".repeat(32) }).close());`;
  return spawnSync(process.execPath, ["-e", program], { stdio: "ignore" }).signal;
}

describe("fault 24: kill -9 in a step of bringing the schema up to date", () => {
  it.each(migrations.map((name, index) => [name, index + 1] as const))(
    "leaves the schema before %s, and the next start completes it",
    (_, step) => {
      const path = join(emptyFolder(), "evenkeel.db");
      expect(openKilledAfter(path, step)).toBe("SIGKILL");
      const between = connect(path);
      const before = migrations[step - 2];
      expect(between.pragma("user_version", { simple: true })).toBe(
        before === undefined ? 0 : Number(before.slice(0, 4)),
      );
      between.close();
      expect(openKilledAfter(path, 0)).toBeNull();
      const after = connect(path, { readonly: true });
      expect(after.pragma("user_version", { simple: true })).toBe(Number(migrations.at(-1)?.slice(0, 4)));
      expect(after.pragma("integrity_check", { simple: true })).toBe("ok");
      after.close();
    },
  );
});
