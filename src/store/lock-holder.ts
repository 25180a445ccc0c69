import { readFileSync, statSync } from "node:fs";

/**
 * The other process that holds a lock on a database for writing, where the kernel says (Linux: `/proc/locks`); null
 * where it does not, or nobody does. With write-ahead logging the lock is on the shared-memory file.
 */
export function lockHolder(databasePath: string, ownPid: number): number | null {
  const file = statSync(`${databasePath}-shm`, { throwIfNoEntry: false });
  if (file === undefined) return null;
  return holderIn(readLocks(), file.ino, ownPid);
}

/** The process of a line such as `3: POSIX  ADVISORY  WRITE 4711 08:01:1835012 120 120`. */
function holderIn(locks: string, inode: number, ownPid: number): number | null {
  for (const line of locks.split("\n")) {
    const found = /\bWRITE (\d+) [\da-f]+:[\da-f]+:(\d+) /.exec(line);
    if (found === null || Number(found[2]) !== inode) continue;
    const pid = Number(found[1]);
    if (pid !== ownPid && pid > 0) return pid;
  }
  return null;
}

function readLocks(): string {
  try {
    return readFileSync("/proc/locks", "utf8");
  } catch {
    // another system than Linux does not tell
    return "";
  }
}
