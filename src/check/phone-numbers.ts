import { isSupportedCountry, parsePhoneNumberFromString } from "libphonenumber-js/min";
import type { Json } from "../domain/json.js";

/** Longer than any number with its extension; libphonenumber itself stops at 250. */
const longestPhone = 60;

/** True for a number that its country's numbering plan knows; whether anyone answers is not asked. */
export function isPhoneNumber(value: Json, region: string | undefined): boolean {
  return parsed(value, region)?.isValid() ?? false;
}

/** The countries that a number with its country code may belong to; +1 alone stands for 25. */
export function countriesOfPhone(value: Json): readonly string[] {
  const number = parsed(value, undefined);
  if (number === undefined) return [];
  return number.country === undefined ? number.getPossibleCountries() : [number.country];
}

function parsed(value: Json, region: string | undefined) {
  if (typeof value !== "string" || value.length > longestPhone) return undefined;
  // `extract` off: the whole text is the number, not a part of it
  const options =
    region !== undefined && isSupportedCountry(region)
      ? { defaultCountry: region, extract: false }
      : { extract: false };
  return parsePhoneNumberFromString(value.trim().replace(/^00(?=[1-9])/, "+"), options);
}
