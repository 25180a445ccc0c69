/** Longest wait a receiver may ask of us: an hour (RELIABILITY 3.5). */
export const longestRetryAfterMs = 3_600_000;

/**
 * A `Retry-After` header in ms: seconds or an HTTP date (RFC 9110, 10.2.3), never negative, at
 * most an hour. null when it is missing or nonsense.
 */
export function parseRetryAfter(header: string | undefined, now: number): number | null {
  const text = header?.trim() ?? "";
  const wait = /^\d+$/.test(text) ? Number(text) * 1_000 : httpDate(text) - now;
  return Number.isNaN(wait) ? null : Math.min(Math.max(wait, 0), longestRetryAfterMs);
}

/** An HTTP date as epoch ms, NaN for anything else: Date.parse alone takes "Tuesday 5" for a date. */
function httpDate(text: string): number {
  return /^(mon|tue|wed|thu|fri|sat|sun)[a-z]*,? .*\d{2}:\d{2}:\d{2}( gmt)?( \d{4})?$/i.test(text)
    ? Date.parse(text)
    : Number.NaN;
}
