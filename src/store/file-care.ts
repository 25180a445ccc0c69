import { statSync } from "node:fs";
import type Database from "better-sqlite3";
import { damageIn } from "./quick-check.js";
import { fileId } from "./transaction.js";

/** Pages given back in one step; a step of so many takes a few milliseconds. */
const pagesAtOnce = 64;

/** Care for the file itself: its log, its unused pages, its soundness. */
export function fileCare(db: Database.Database, path: string | null) {
  const free = db.prepare("PRAGMA freelist_count").pluck();
  const pages = db.prepare("PRAGMA page_count").pluck();
  const passive = db.prepare("PRAGMA wal_checkpoint(PASSIVE)");
  const truncate = db.prepare<[], { busy: number }>("PRAGMA wal_checkpoint(TRUNCATE)");
  const opened = path === null ? null : fileId(path);
  return {
    /** Size of the write-ahead log. */
    walBytes: (): number =>
      path === null ? 0 : (statSync(`${path}-wal`, { throwIfNoEntry: false })?.size ?? 0),
    /** True once another file, or none, lies where it lay when it was opened. */
    isGone: (): boolean => path !== null && fileId(path) !== opened,
    /** Brings the log into the database and empties it; false: a reader still needs it. */
    emptyLog: (): boolean => {
      passive.all();
      return truncate.get()?.busy === 0;
    },
    /** How much of the file is unused: pages, of pages. */
    unused: () => ({ free: Number(free.get()), pages: Number(pages.get()) }),
    /** Gives a few unused pages back to the disk. */
    giveBack: (): void => {
      // a prepared one is stepped once, and gives back one page or throws for want of columns
      db.exec(`PRAGMA incremental_vacuum(${pagesAtOnce})`);
    },
    /** What is wrong with the file; null: nothing. Reads all of it, and keeps none of what it has read. */
    damage: (): string | null => damageIn(db),
  };
}
