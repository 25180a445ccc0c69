import { SourceError } from "../domain/errors.js";
import type { HttpRequest, HttpResponse } from "../domain/ports.js";
import { parseRetryAfter } from "../text/retry-after.js";
import type { ModelPorts } from "./model.js";

/** Pauses before the second and the third try. */
const delaysMs = [1_000, 4_000] as const;
/** Nobody is waited for longer between two tries, whatever Retry-After says. */
const longestPauseMs = 30_000;

/** A request with its signal. */
export type PatientRequest = HttpRequest & { readonly signal: AbortSignal };

/**
 * Sends a question whose repetition does no harm: what passes (408, 429, any 5xx, no answer in time, a broken
 * connection) is tried again, three times in all. Any other status is an answer. Rejects with SourceError.
 */
export async function patientRequest(
  { http, clock, pause }: Pick<ModelPorts, "http" | "clock" | "pause">,
  request: PatientRequest,
): Promise<HttpResponse> {
  for (const delayMs of delaysMs) {
    const outcome = await http.request(request).catch(passing);
    if (request.signal.aborted) return answerOf(outcome);
    if (outcome instanceof SourceError) {
      await pause(delayMs, request.signal);
      continue;
    }
    if (!isPassing(outcome.status)) return outcome;
    const asked = parseRetryAfter(outcome.headers["retry-after"], clock.now());
    await pause(Math.min(asked ?? delayMs, longestPauseMs), request.signal);
  }
  return http.request(request);
}

/** True for an answer that may be another one later. */
export function isPassing(status: number): boolean {
  return status === 408 || status === 429 || status >= 500;
}

function passing(thrown: unknown): SourceError {
  if (thrown instanceof SourceError && thrown.retryable) return thrown;
  throw thrown;
}

function answerOf(outcome: HttpResponse | SourceError): HttpResponse {
  if (outcome instanceof SourceError) throw outcome;
  return outcome;
}
