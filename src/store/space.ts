/**
 * Room on the disk of the data folder: how much there is, what may still be stored, and a ballast that is given up when
 * there is none. In: a folder. Out: a level. RELIABILITY 3.6; a DELETE needs room too, hence the ballast.
 */
import { existsSync, rmSync, statfsSync } from "node:fs";
import { open } from "node:fs/promises";
import { join } from "node:path";

/** What the room allows: everything; everything, but someone should act; verdicts without texts; no intake at all. */
export type RoomLevel = "ample" | "scarce" | "low" | "full";

/** A volume and what is free on it, in bytes. */
export interface Room {
  readonly freeBytes: number;
  readonly totalBytes: number;
}

const megabyte = 1024 ** 2;

/** Below so many bytes, or so much of a small volume, the level is reached. */
const limits = {
  scarce: { bytes: 1024 * megabyte, share: 0.1 },
  low: { bytes: 200 * megabyte, share: 0.05 },
  full: { bytes: 50 * megabyte, share: 0.03 },
} as const;
const ballastSize = { bytes: 64 * megabyte, share: 0.05 } as const;
/** The ballast is laid down only where so many of its size are free above the first warning. */
const ballastRoom = 2;

function bytesOf({ bytes, share }: { bytes: number; share: number }, totalBytes: number): number {
  return Math.min(bytes, Math.floor(totalBytes * share));
}

/** The room on the volume of a folder. */
export function roomOf(folder: string): Room {
  const { bavail, blocks, bsize } = statfsSync(folder);
  return { freeBytes: bavail * bsize, totalBytes: blocks * bsize };
}

/** What that room allows. */
export function levelOf({ freeBytes, totalBytes }: Room): RoomLevel {
  for (const level of ["full", "low", "scarce"] as const)
    if (freeBytes < bytesOf(limits[level], totalBytes)) return level;
  return "ample";
}

/** "640 MB": as people are told of room. */
export function sayBytes(bytes: number): string {
  const megabytes = bytes / megabyte;
  if (megabytes < 10) return `${megabytes.toFixed(1)} MB`;
  return megabytes < 2048 ? `${Math.round(megabytes)} MB` : `${Math.round(megabytes / 1024)} GB`;
}

/** A file that holds room for the moment in which there is none. */
export interface Ballast {
  /** Lays it down where there is ample room for it; true: it lies there. */
  lay(): Promise<boolean>;
  /** Gives its room up; true: there was some to give. */
  release(): boolean;
}

/** The ballast of a data folder. */
export function ballastOf(folder: string): Ballast {
  const path = join(folder, "ballast");
  return {
    lay: async () => {
      if (existsSync(path)) return true;
      const room = roomOf(folder);
      const bytes = bytesOf(ballastSize, room.totalBytes);
      if (room.freeBytes < bytesOf(limits.scarce, room.totalBytes) + ballastRoom * bytes) return false;
      await writeBallast(path, bytes);
      return true;
    },
    release: () => {
      const lay = existsSync(path);
      rmSync(path, { force: true });
      return lay;
    },
  };
}

/** In pieces, so that nothing waits for it; of bytes that no file system makes smaller. */
async function writeBallast(path: string, bytes: number): Promise<void> {
  const piece = Buffer.alloc(megabyte);
  let state = 1;
  for (let at = 0; at < piece.length; at += 4) {
    // Marsaglia's xorshift: equal bytes would be stored as a hole by a file system that compresses
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    piece.writeInt32LE(state, at);
  }
  const file = await open(path, "w", 0o600);
  try {
    for (let left = bytes; left > 0; left -= piece.length)
      await file.write(piece, 0, Math.min(piece.length, left));
    await file.sync();
  } finally {
    await file.close();
  }
}
