import { mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import {
  adminTokenOf,
  announceDaemon,
  announcedDaemon,
  knownAdminToken,
  withdrawDaemon,
} from "../../src/platform/daemon-file.js";

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "evenkeel-daemon-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const random = { next: () => 0.5, hex: (bytes: number) => "ab".repeat(bytes) };

describe("the files beside the database", () => {
  it("keep one token, readable by its owner only", () => {
    expect(knownAdminToken(folder)).toBeNull();
    const token = adminTokenOf(folder, random);
    expect(token).toBe(`ek_admin_${"ab".repeat(32)}`);
    expect(adminTokenOf(folder, { ...random, hex: () => "cd" })).toBe(token);
    expect(knownAdminToken(folder)).toBe(token);
    expect(statSync(join(folder, "admin-token")).mode & 0o777).toBe(0o600);
  });

  it("say where the daemon listens while it runs", () => {
    announceDaemon(folder, { url: "http://127.0.0.1:4310/", pid: 7 });
    expect(announcedDaemon(folder)).toEqual({ url: "http://127.0.0.1:4310/", pid: 7 });
    withdrawDaemon(folder);
    expect(announcedDaemon(folder)).toBeNull();
  });

  it.each(["", "{", "[]", "null", '{"url": 3}'])("say nothing when the note is %j", (text) => {
    writeFileSync(join(folder, "daemon.json"), text);
    expect(announcedDaemon(folder)).toBeNull();
  });
});
