import { messageOf, SourceError } from "../domain/errors.js";
import type { Json } from "../domain/json.js";
import type { SourceRead } from "../sample/source.js";
import type { Ground, Watched } from "./ground.js";

/** Waits between tries of one read (RELIABILITY 3.3). */
const waitsMs = [2_000, 8_000, 30_000] as const;
/** Outputs asked for at once. */
const pageSize = 1_000;

/** A page of outputs, or why there is none. */
export type ReadResult =
  | { readonly ok: true; readonly read: SourceRead }
  | { readonly ok: false; readonly reason: string };

/** Reads one page after the cursor; tries again where that can help. Never throws: an unreadable source is a result. */
export async function readSource(
  ground: Ground,
  watched: Watched,
  cursor: Json | null,
  options: { signal: AbortSignal; patient: boolean },
): Promise<ReadResult> {
  const { source } = watched;
  if (source === null) return { ok: false, reason: "no source is configured" };
  const waits = options.patient ? waitsMs : [];
  for (let attempt = 0; ; attempt += 1) {
    try {
      const { signal } = options;
      const page = () => source.read({ cursor, limit: pageSize, now: ground.clock.now(), signal });
      return { ok: true, read: await ground.inFlight.readTurn(watched.sourceHost, page) };
    } catch (thrown) {
      const wait = waits[attempt];
      const mayHelp = thrown instanceof SourceError && thrown.retryable;
      if (!mayHelp || wait === undefined || options.signal.aborted)
        return { ok: false, reason: messageOf(thrown) };
      await ground.pause(wait, options.signal);
    }
  }
}
