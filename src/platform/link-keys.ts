/**
 * The keys that links in messages are signed with: a file in the data folder, readable by its owner only.
 * In: the folder, the clock. Out: the key to sign with, and all that are still good. A new key is made every month;
 * the one before it stays good for as long as the longest-lived link. Taking the file away makes every link void at once.
 */
import { existsSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Clock, Random } from "../domain/ports.js";
import { parseJson } from "../text/parse-json.js";
import type { LinkKey } from "../token/action-link.js";
import { judgeLinkLifeMs } from "../token/judge-link.js";

const file = "link-keys.json";
/** A key signs for so long. */
const signsForMs = 30 * 24 * 3_600_000;

/** Keys of links. */
export interface LinkKeys {
  /** The key to sign with now; made where there is none. */
  signing(): LinkKey;
  /** Those whose links may still be good, the newest first. */
  good(): readonly LinkKey[];
}

/** The keys of a data folder; nothing is read or written before one is asked for. */
export function createLinkKeys(
  dataDir: string,
  { clock, random }: { clock: Clock; random: Random },
): LinkKeys {
  const path = join(dataDir, file);
  return {
    signing: () => {
      const now = clock.now();
      const known = readKeys(path);
      const [newest] = known;
      if (newest !== undefined && Math.abs(now - newest.madeAt) < signsForMs) return newest;
      const made = { id: random.hex(4), secret: random.hex(32), madeAt: now };
      writeKeys(path, stillGood([made, ...known], now));
      return made;
    },
    good: () => stillGood(readKeys(path), clock.now()),
  };
}

/** The newest key, and each one whose last link, signed just before the next key was made, has not expired. */
function stillGood(keys: readonly LinkKey[], now: number): readonly LinkKey[] {
  return keys.filter((_, index) => {
    const next = keys[index - 1];
    return next === undefined || now - next.madeAt < judgeLinkLifeMs;
  });
}

/** Newest first; empty where the file is missing or cut off by a crash. */
function readKeys(path: string): readonly LinkKey[] {
  if (!existsSync(path)) return [];
  const read = parseJson(readFileSync(path, "utf8"));
  return read.ok && Array.isArray(read.value) ? read.value.filter(isKey) : [];
}

function isKey(value: unknown): value is LinkKey {
  if (typeof value !== "object" || value === null) return false;
  return (
    "id" in value &&
    typeof value.id === "string" &&
    "secret" in value &&
    typeof value.secret === "string" &&
    /^[0-9a-f]{64}$/.test(value.secret) &&
    "madeAt" in value &&
    typeof value.madeAt === "number"
  );
}

/** In one step, so that a crash leaves the old file or the new one. */
function writeKeys(path: string, keys: readonly LinkKey[]): void {
  writeFileSync(`${path}.new`, `${JSON.stringify(keys)}\n`, { mode: 0o600 });
  renameSync(`${path}.new`, path);
}
