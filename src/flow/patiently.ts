import { StoreError } from "../domain/errors.js";
import type { Ground } from "./ground.js";

/** Another process that holds the database is waited for so long. */
const withinMs = 15_000;
const everyMs = 100;

/**
 * Stores something as soon as another process lets go of the database: the work waits in line, the event loop does not
 * (RELIABILITY, fault 19). Throws what the store refuses otherwise, and its refusal when it takes too long.
 */
export async function patiently<T>(ground: Ground, store: () => Promise<T>): Promise<T> {
  const { signal } = new AbortController();
  for (let waitedMs = 0; ; waitedMs += everyMs) {
    try {
      return await store();
    } catch (thrown) {
      const busy = thrown instanceof StoreError && thrown.code === "store-busy";
      if (!busy || waitedMs >= withinMs) throw thrown;
    }
    await ground.pause(everyMs, signal);
  }
}
