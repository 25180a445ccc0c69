import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Random } from "../domain/ports.js";
import { parseJson } from "../text/parse-json.js";

/** Where a running daemon can be reached. */
export interface DaemonAddress {
  readonly url: string;
  readonly pid: number;
}

const addressFile = "daemon.json";
const tokenFile = "admin-token";

/** The token that proves access to the data folder; made once, readable by its owner only. */
export function adminTokenOf(dataDir: string, random: Random): string {
  const path = join(dataDir, tokenFile);
  const known = knownAdminToken(dataDir);
  // a crash in the middle of writing leaves an empty file, which is no token
  if (known !== null && known !== "") return known;
  const token = `ek_admin_${random.hex(32)}`;
  writeFileSync(path, `${token}\n`, { mode: 0o600 });
  return token;
}

/** The token of a data folder; null: no daemon has run there. */
export function knownAdminToken(dataDir: string): string | null {
  const path = join(dataDir, tokenFile);
  return existsSync(path) ? readFileSync(path, "utf8").trim() : null;
}

/** Notes where the daemon listens, for commands on this machine. */
export function announceDaemon(dataDir: string, address: DaemonAddress): void {
  writeFileSync(join(dataDir, addressFile), `${JSON.stringify(address)}\n`, { mode: 0o600 });
}

/** Takes the note away. */
export function withdrawDaemon(dataDir: string): void {
  rmSync(join(dataDir, addressFile), { force: true });
}

/** Where the daemon of a data folder was last said to listen; null: nowhere. It may have died since. */
export function announcedDaemon(dataDir: string): DaemonAddress | null {
  const path = join(dataDir, addressFile);
  if (!existsSync(path)) return null;
  // a note cut off by a crash says nothing
  const read = parseJson(readFileSync(path, "utf8"));
  const parsed = read.ok ? read.value : null;
  if (typeof parsed !== "object" || parsed === null || !("url" in parsed) || typeof parsed.url !== "string")
    return null;
  return { url: parsed.url, pid: "pid" in parsed && typeof parsed.pid === "number" ? parsed.pid : 0 };
}
