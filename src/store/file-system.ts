import { accessSync, constants, statfsSync } from "node:fs";
import { messageOf, StoreError } from "../domain/errors.js";

/** File systems on which locks and shared memory do not hold (sqlite.org/wal.html), by their magic number (statfs(2)). */
const unreliable: ReadonlyMap<number, string> = new Map([
  [0x6969, "NFS"],
  [0x517b, "SMB"],
  [0xff534d42, "SMB"],
  [0xfe534d42, "SMB"],
  [0x65735546, "FUSE"],
  [0x01021997, "9p, a folder shared with a virtual machine"],
  [0x5346414f, "AFS"],
  [0x00c36400, "Ceph"],
]);

/** What is asked about a folder. */
export interface FolderPorts {
  /** Magic number of its file system. */
  readonly typeOf: (folder: string) => number;
}

const real: FolderPorts = { typeOf: (folder) => statfsSync(folder).type };

/** Refuses a data folder on which a database is not safe, or which cannot be written (RELIABILITY, fault 23). */
export function assertFolderHolds(
  folder: string,
  allowNetworkDisk: boolean,
  { typeOf }: FolderPorts = real,
): void {
  try {
    accessSync(folder, constants.W_OK);
  } catch (cause) {
    throw new StoreError(
      "store-folder",
      `${folder}: this user cannot write into the data folder (${messageOf(cause)}); give it the right to, mount the disk for writing, or set dataDir to another folder`,
      { cause },
    );
  }
  // a negative number is the same one with its sign bit set
  const name = unreliable.get(typeOf(folder) >>> 0);
  if (name === undefined || allowNetworkDisk) return;
  throw new StoreError(
    "store-network-disk",
    `${folder}: lies on ${name}, where SQLite's locks do not hold and a database can be damaged; set dataDir to a local disk, or "allowNetworkDisk": true if you must`,
  );
}
