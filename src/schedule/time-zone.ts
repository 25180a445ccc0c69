import { remembering } from "../domain/remembering.js";

/** True for a time zone that this Node's ICU knows by its IANA name (`Europe/Vienna`, `UTC`). */
export const isTimeZone = remembering((name) => {
  if (!/^[A-Za-z]/.test(name)) return false;
  try {
    new Intl.DateTimeFormat("en", { timeZone: name });
    return true;
  } catch (thrown) {
    if (thrown instanceof RangeError) return false;
    throw thrown;
  }
});

/** The time zone names to choose from. */
export function timeZoneNames(): readonly string[] {
  return ["UTC", ...Intl.supportedValuesOf("timeZone")];
}
