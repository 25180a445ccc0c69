import { error, fail, pass, skipped, type Verdict } from "../../domain/verdict.js";
import { replaceSpans, type Span } from "../../text/span.js";
import type { Subject } from "../check-type.js";
import { type Looked, textsOf, type Where } from "./looked.js";

/** Something that should not be there. */
export interface Sighting extends Span {
  readonly kind: string;
  /** What a reason calls it, article first: `a card number (…1111)`. Never the value itself where that is private. */
  readonly says: string;
}

/** Looks at one text. */
export type Finder = (looked: Looked) => readonly Sighting[] | Promise<readonly Sighting[]>;

/** How a check speaks of what it finds. */
export interface Speech {
  /** What was expected instead: `no personal data`. */
  readonly expected: string;
  /** True: what was found is shown by its kind alone, in the excerpt too. */
  readonly masked: boolean;
}

/** Characters of the surroundings shown on either side. */
const around = 80;

/** Looks through the texts of a subject and says what was found first, where, and how much more there is. */
export async function judgeTexts(
  subject: Subject,
  where: Where,
  find: Finder,
  speech: Speech,
): Promise<Verdict> {
  const texts = textsOf(subject, where);
  if (where.where === "input" && texts.length === 0) return skipped("there is no input to look at");
  const found: { looked: Looked; sightings: readonly Sighting[] }[] = [];
  let unsure: string | null = null;
  for (const looked of texts) {
    try {
      const sightings = await find(looked);
      if (sightings.length > 0) found.push({ looked, sightings });
    } catch (thrown) {
      if (!(thrown instanceof Unsure)) throw thrown;
      unsure ??= thrown.message;
    }
  }
  const first = found[0];
  const sighting = first?.sightings[0];
  if (first === undefined || sighting === undefined) {
    return unsure === null
      ? pass({ reason: `shows ${speech.expected}, expected some` })
      : error(`could not tell: ${unsure}`);
  }
  const kinds = found.flatMap(({ sightings }) => sightings.map(({ kind }) => kind)).slice(1);
  const place = first.looked.place === "" ? "" : ` of ${first.looked.place}`;
  const reason = `shows ${sighting.says} at character ${sighting.start + 1}${place}${andMore(kinds)}, expected ${speech.expected}`;
  return fail(reason, {
    excerpt: surroundings(first.looked.text, sighting, speech.masked ? first.sightings : []),
  });
}

/** A finder that could not look at all of a text; what others found still counts. */
export class Unsure extends Error {}

/** What any of these sees; that one could not look at all of the text counts only where no other found anything. */
export function seenByAny(looks: readonly (() => readonly Sighting[])[]): readonly Sighting[] {
  const found: Sighting[] = [];
  let unsure: Unsure | null = null;
  for (const look of looks) {
    try {
      found.push(...look());
    } catch (thrown) {
      if (!(thrown instanceof Unsure)) throw thrown;
      unsure ??= thrown;
    }
  }
  if (unsure !== null && found.length === 0) throw unsure;
  return found;
}

function andMore(kinds: readonly string[]): string {
  if (kinds.length === 0) return "";
  const named = [...new Set(kinds)].slice(0, 3).join(", ");
  return ` and ${kinds.length} more (${named})`;
}

function surroundings(text: string, sighting: Sighting, masked: readonly Sighting[]): string {
  const from = Math.max(0, sighting.start - around);
  const to = Math.min(text.length, sighting.end + around);
  let piece = text.slice(from, to);
  // from the last to the first, so that the places of the others stay right
  for (const { start, end, kind } of apart(masked).toReversed()) {
    if (end <= from || start >= to) continue;
    const inside = { start: Math.max(0, start - from), end: Math.min(piece.length, end - from) };
    piece = replaceSpans(piece, [inside], `[${kind}]`);
  }
  return piece;
}

/** In order, those that overlap made one of the first one's kind: a key inside of a header is hidden with it. */
function apart(sightings: readonly Sighting[]): readonly Sighting[] {
  const result: Sighting[] = [];
  for (const one of [...sightings].sort((left, right) => left.start - right.start)) {
    const last = result.at(-1);
    if (last === undefined || one.start >= last.end) result.push(one);
    else if (one.end > last.end) result[result.length - 1] = { ...last, end: one.end };
  }
  return result;
}

/** The last two to four characters of a value, which tell its owner which one is meant, and nobody else what it is. */
export function maskedEnd(value: string): string {
  const bare = value.replace(value.includes("@") ? /\s/g : /[\s.()/-]/g, "");
  const kept = bare.length >= 16 ? 4 : bare.length >= 8 ? 2 : 0;
  return kept === 0 ? "…" : `…${bare.slice(-kept)}`;
}
