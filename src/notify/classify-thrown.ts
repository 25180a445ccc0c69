import { KnownError, messageOf } from "../domain/errors.js";
import type { Delivery } from "./channel-type.js";

/**
 * What anything thrown by a channel means for the next try, the same on every channel. What says of itself that it
 * may pass is waited for: a secret whose file is just being replaced, or whose variable comes with the next start.
 * All else is refused: trying again would throw again.
 */
export function classifyThrown(thrown: unknown): Delivery {
  const reason = messageOf(thrown);
  return thrown instanceof KnownError && thrown.retryable
    ? { status: "retry", reason, afterMs: null }
    : { status: "refused", reason };
}
