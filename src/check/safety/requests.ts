/** A way of asking for something: a word that asks, and what must follow it in the same sentence. */
export interface Request {
  readonly kind: string;
  /** Begins the request; with the flags `g` and `u`. */
  readonly asks: RegExp;
  /** Each must stand within the next words. */
  readonly about: readonly RegExp[];
  /** Where one of these stands there too, it is harmless. */
  readonly unless?: RegExp;
}

const aWord = (alternatives: string, flags: string) =>
  new RegExp(`(?<![\\p{L}\\p{N}])(?:${alternatives})(?![\\p{L}\\p{N}])`, flags);

/** Finds each of these words, not in the middle of another, in any script. */
export function words(alternatives: string): RegExp {
  return aWord(alternatives, "gu");
}

/** Tells whether one of these words occurs, not in the middle of another. */
export function word(alternatives: string): RegExp {
  return aWord(alternatives, "u");
}

/** Where a request stands in a plain text. */
export interface FoundRequest {
  readonly kind: string;
  readonly start: number;
  readonly end: number;
}

/** How far behind the asking word the rest is looked for. */
const reach = 110;
/** Requests of one kind looked at in one text; each looks at `reach` characters. */
export const maxAsked = 5_000;

/** What was found in a text, and whether all of it was looked at. */
export interface RequestsFound {
  readonly found: readonly FoundRequest[];
  readonly whole: boolean;
}

/** The first request of each kind in a plain text (lower case, one blank between words). */
export function findRequests(text: string, requests: readonly Request[]): RequestsFound {
  const found: FoundRequest[] = [];
  let whole = true;
  for (const request of requests) {
    if (found.some(({ kind }) => kind === request.kind)) continue;
    const one = findRequest(text, request);
    if (one === "too many") whole = false;
    else if (one !== null) found.push(one);
  }
  return { found, whole };
}

function findRequest(text: string, { kind, asks, about, unless }: Request): FoundRequest | "too many" | null {
  let looked = 0;
  for (const { index, 0: asked } of text.matchAll(asks)) {
    looked += 1;
    if (looked > maxAsked) return "too many";
    const from = index + asked.length;
    const rest = sentence(text.slice(from, from + reach));
    if (unless?.test(rest) === true) continue;
    let end = 0;
    const holds = about.every((pattern) => {
      const hit = pattern.exec(rest);
      if (hit !== null) end = Math.max(end, hit.index + hit[0].length);
      return hit !== null;
    });
    if (holds) return { kind, start: index, end: from + end };
  }
  return null;
}

/** Up to the end of the sentence; a point inside a word or number ends none. */
function sentence(text: string): string {
  const end = /[.!?](?=\s|$)/.exec(text);
  return end === null ? text : text.slice(0, end.index);
}
