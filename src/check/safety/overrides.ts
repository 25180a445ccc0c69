import { shown } from "../../text/shown.js";
import { overrideRequests } from "./override-phrases.js";
import { type PlainText, plainText, withoutGaps, withoutLeet } from "./plain-text.js";
import { findRequests, maxAsked, type Request } from "./requests.js";
import { type Sighting, Unsure } from "./sighting.js";

/** A text in each of the ways it may be meant to be read. */
export function readings(text: string): readonly PlainText[] {
  const plain = plainText(text);
  return [plain, withoutLeet(plain), withoutGaps(plain)].filter((one) => one !== null);
}

/** Looks for phrases that tell a model not to heed its instructions. */
export function findOverrides(text: string): readonly Sighting[] {
  return findAsked(text, overrideRequests, () => "words that override instructions");
}

/**
 * Looks for requests in every reading of a text; the first reading that shows any counts. Throws Unsure where none does
 * and not all was looked at.
 */
export function findAsked(
  text: string,
  requests: readonly Request[],
  nameOf: (kind: string) => string,
): readonly Sighting[] {
  let unsure = false;
  for (const plain of readings(text)) {
    const { found, whole } = findRequests(plain.text, requests);
    unsure ||= !whole;
    if (found.length === 0) continue;
    return found.map(({ kind, start, end }) => ({
      kind,
      start: plain.at(start),
      end: Math.max(plain.at(start) + 1, plain.at(end)),
      says: `${nameOf(kind)} ("${shown(plain.text.slice(start, end), 80)}")`,
    }));
  }
  if (unsure) throw new Unsure(`there are more than ${maxAsked} words that ask for something of one kind`);
  return [];
}
