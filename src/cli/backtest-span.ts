import { KnownError } from "../domain/errors.js";
import { instantOf } from "../measure/local-time.js";

/** The instant that `2026-09-19`, `2026-09-19T14:00` (both local) or an instant with its own zone names. */
export function instantIn(text: string, timeZone: string, option: string): number {
  const local = /^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2})?)?$/.test(text);
  const at = local ? Date.parse(`${text.length === 10 ? `${text}T00:00` : text}Z`) : Date.parse(text);
  if (Number.isNaN(at) || !/^\d{4}-\d{2}-\d{2}/.test(text))
    throw new KnownError(
      "usage",
      `${option} ${text}: expected a day such as 2026-09-19, or 2026-09-19T14:00`,
    );
  return local ? instantOf(at, timeZone) : at;
}
