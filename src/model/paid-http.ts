import { SourceError } from "../domain/errors.js";
import type { HttpClient, HttpResponse } from "../domain/ports.js";
import type { Terms } from "./model.js";

/** What a request may cost, and what an answer did. */
export interface Price {
  readonly mostMicros: number;
  readonly costMicros: (response: HttpResponse) => number;
}

/** Failures that cost nothing: the request never left, or was sent elsewhere. */
const freeFailures = new Set(["http-refused", "http-blocked", "http-redirect"]);

/**
 * An HTTP client whose every request is paid for by itself. One whose answer was lost on its way may have been
 * worked on, so it counts with the most it may cost.
 */
export function paidHttp(http: HttpClient, reserve: Terms["reserve"], price: Price): HttpClient {
  return {
    request: async (request) => {
      const settle = reserve(price.mostMicros);
      const response = await http.request(request).catch((thrown: unknown) => {
        const free = thrown instanceof SourceError && freeFailures.has(thrown.code);
        settle(free ? 0 : price.mostMicros);
        throw thrown;
      });
      settle(price.costMicros(response));
      return response;
    },
  };
}
