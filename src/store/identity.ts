import { closeSync, existsSync, openSync, readFileSync, readSync, statSync, writeFileSync } from "node:fs";
import { StoreError } from "../domain/errors.js";
import type { StorePlace } from "./backup-files.js";
import { damaged, wayBack } from "./damage.js";

const sqliteHeader = "SQLite format 3\0";

/** The file beside the database that tells "new" from "vanished". */
function markerPath(databasePath: string): string {
  return `${databasePath}.instance`;
}

/** Refuses a file that is no database, or one that is gone or emptied though it was there before. */
export function checkBeforeOpening(place: StorePlace, readOnly: boolean): void {
  const { path } = place;
  const known = existsSync(markerPath(path));
  if (!existsSync(path)) {
    if (known) throw vanished(place, "is gone");
    if (readOnly)
      throw new StoreError("store-missing", `${path}: no database yet; "evenkeel start" makes it`);
    return;
  }
  const size = statSync(path).size;
  if (size === 0) {
    // a first start that was killed before its first write leaves an empty file and no marker
    if (known) throw vanished(place, "is empty");
    if (readOnly)
      throw new StoreError("store-missing", `${path}: no database yet; "evenkeel start" makes it`);
    return;
  }
  if (beginningOf(path, sqliteHeader.length) !== sqliteHeader) {
    throw damaged(place, "it is not a SQLite database");
  }
}

/** The first bytes of a file, however large it is, as Latin-1. */
function beginningOf(path: string, bytes: number): string {
  const file = openSync(path, "r");
  try {
    const beginning = Buffer.alloc(bytes);
    return beginning.toString("latin1", 0, readSync(file, beginning, 0, bytes, 0));
  } finally {
    closeSync(file);
  }
}

function vanished(place: StorePlace, what: string): StoreError {
  const { path } = place;
  return new StoreError(
    "store-vanished",
    `${path}: ${what}, but ${markerPath(path)} says that it held data; ${wayBack(place)}, or delete the marker to begin anew`,
  );
}

/** Writes the marker of a new database; a marker of another instance is left for a person to look at. */
export function ensureMarker(path: string, instanceId: string): void {
  const marker = markerPath(path);
  if (!existsSync(marker)) {
    writeFileSync(marker, `${instanceId}\n`, { mode: 0o600 });
    return;
  }
  const found = readFileSync(marker, "utf8").trim();
  if (found !== instanceId) {
    throw new StoreError(
      "store-other-instance",
      `${path}: belongs to instance ${instanceId}, but ${marker} names ${found}; if the database was restored on purpose, delete the marker`,
    );
  }
}
