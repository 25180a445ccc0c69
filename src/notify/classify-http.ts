import { KnownError, messageOf } from "../domain/errors.js";
import type { HttpResponse } from "../domain/ports.js";
import { parseRetryAfter } from "../text/retry-after.js";
import type { Delivery } from "./channel-type.js";

/** Time-out of one try at any HTTP channel (RELIABILITY 2.3, fault 36). */
export const sendTimeoutMs = 10_000;

/** Largest answer read. */
export const answerMaxBytes = 1_048_576;

/** What an answer that is no success means for the next try. */
export function classifyStatus(response: HttpResponse, now: number): Delivery {
  const { status, headers } = response;
  const afterMs = parseRetryAfter(headers["retry-after"], now);
  const reason = `answered ${status}`;
  if (status === 429 || status === 408 || status >= 500) return { status: "retry", reason, afterMs };
  if (status >= 300 && status < 400) {
    return { status: "refused", reason: `${reason}, a redirect; write the address it leads to` };
  }
  return { status: "refused", reason };
}

/** What a request that brought no answer means: refused before it was written, or lost after. */
export function classifyFailure(thrown: unknown): Delivery {
  const reason = messageOf(thrown);
  const code = thrown instanceof KnownError ? thrown.code : "";
  switch (code) {
    case "http-refused":
      // An untrusted certificate is refused for good, a closed port may open again.
      return isRetryable(thrown) ? { status: "retry", reason, afterMs: null } : { status: "refused", reason };
    case "http-blocked":
    case "http-redirect":
      return { status: "refused", reason };
    default:
      return { status: "ambiguous", reason };
  }
}

function isRetryable(thrown: unknown): boolean {
  return thrown instanceof KnownError && thrown.retryable;
}
