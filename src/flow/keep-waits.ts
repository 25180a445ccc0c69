import { longestRetryAfterMs } from "../text/retry-after.js";
import type { Ground } from "./ground.js";

/**
 * Brings the waits of the outbox in line with a clock that was set back: what was written while it stood ahead would
 * otherwise block its channel until then. Call it at the start too: the clock may be mended while nobody looks.
 */
export function keepWaits({ store, clock }: Ground): void {
  const now = clock.now();
  // no wait is longer than the one a receiver may ask for
  const latest = now + longestRetryAfterMs;
  store.transaction(() => {
    store.outbox.believe(now, latest);
    store.channels.believe(latest);
  });
}
