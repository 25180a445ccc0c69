import { mkdirSync } from "node:fs";
import { messageOf, StoreError } from "../domain/errors.js";

/** Makes the folder of the data, for this user alone; one that is there is left as it is. Throws StoreError. */
export function makeDataFolder(path: string): void {
  try {
    mkdirSync(path, { recursive: true, mode: 0o700 });
  } catch (cause) {
    throw new StoreError(
      "store-folder",
      `${path}: the data folder cannot be made (${messageOf(cause)}); make it for this user, or set dataDir to another one`,
      { cause },
    );
  }
}
