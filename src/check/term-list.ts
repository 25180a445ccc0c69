/** A term and where it was declared. */
export interface Term {
  readonly term: string;
  /** Such as "line 3 of terms.txt". */
  readonly from: string;
}

/** Where a term occurs. */
export interface TermHit extends Term {
  /** As the text writes it. */
  readonly seen: string;
  /** Index of its first and behind its last character. */
  readonly start: number;
  readonly end: number;
}

/** Endings of English and German that leave the word what it is; longest first. */
const endings = ["’s", "'s", "ing", "ern", "em", "en", "er", "es", "ed", "s", "e", "n", "d"];
/** Shorter stems would make every "a" and "be" of them. */
const shortestStem = 4;
const words = /[\p{L}\p{M}\p{N}\u00ad\u200b-\u200d\u2060]+(?:['’]s(?![\p{L}\p{N}]))?/gu;
const unseen = /[\u00ad\u200b-\u200d\u2060]/g;
/** What may stand between the words of one term: no sentence ends there. */
const joint = /^[\s\-\u2010-\u2015_*'’"/]{1,5}$/u;

interface Word {
  readonly plain: string;
  readonly start: number;
  readonly end: number;
}

interface Entry extends Term {
  readonly words: readonly string[];
}

/**
 * Finds terms as whole words: case folded, ligatures and widths made plain (NFKC), soft hyphens and zero-width
 * characters dropped, `ss` for `ß`. With `inflect`, English and German endings may differ. Time grows with the
 * text, not with the list. It does not see misspellings, synonyms, look-alike letters, spaced-out letters
 * (g u a r), umlauting plurals, or a term inside a compound.
 */
export function compileTerms(terms: readonly Term[], inflect: boolean): (text: string) => readonly TermHit[] {
  const byFirst = new Map<string, Entry[]>();
  const signs: Term[] = [];
  for (const one of terms) {
    const entry = { ...one, words: wordsOf(one.term).map((word) => keyOf(word.plain, inflect)) };
    const first = entry.words[0];
    if (first === undefined || /[^\p{L}\p{M}\p{N}\s\-\u2010-\u2015_'’\u00ad]/u.test(one.term))
      signs.push(one);
    else byFirst.set(first, [...(byFirst.get(first) ?? []), entry]);
  }
  return (text) => {
    const list =
      byFirst.size === 0 ? [] : wordsOf(text).map((word) => ({ ...word, key: keyOf(word.plain, inflect) }));
    const hits = list.flatMap((word, at) => {
      const entry = byFirst.get(word.key)?.find((one) => follows(text, list, at, one.words));
      const last = list[at + (entry?.words.length ?? 1) - 1];
      return entry === undefined || last === undefined ? [] : [hit(text, entry, word.start, last.end)];
    });
    return [...hits, ...signs.flatMap((one) => signHits(text, one))].sort((a, b) => a.start - b.start);
  };
}

function wordsOf(text: string): readonly Word[] {
  return [...text.matchAll(words)].flatMap((found) => {
    const plain = found[0].replace(unseen, "").normalize("NFKC").toLowerCase().replaceAll("ß", "ss");
    return plain === "" ? [] : [{ plain, start: found.index, end: found.index + found[0].length }];
  });
}

/** The stem that all forms of a word share as far as endings go. */
function keyOf(word: string, inflect: boolean): string {
  if (!inflect) return word;
  const ending = endings.find((one) => word.endsWith(one) && word.length - one.length >= shortestStem);
  return ending === undefined ? word : word.slice(0, -ending.length);
}

function follows(
  text: string,
  list: readonly (Word & { readonly key: string })[],
  at: number,
  wanted: readonly string[],
): boolean {
  return wanted.every((key, index) => {
    const [before, word] = [list[at + index - 1], list[at + index]];
    if (word?.key !== key) return false;
    return index === 0 || before === undefined || joint.test(text.slice(before.end, word.start));
  });
}

/** Terms with signs of their own (`C++`, `§ 5`) are compared as they are, in any case. */
function signHits(text: string, one: Term): readonly TermHit[] {
  const [plain, term] = [text.toLowerCase(), one.term.toLowerCase()];
  if (plain.length !== text.length) return [];
  const hits: TermHit[] = [];
  for (let at = plain.indexOf(term); at >= 0; at = plain.indexOf(term, at + term.length)) {
    const beside = /^[\p{L}\p{N}]/u.test(term) && /[\p{L}\p{N}]$/u.test(plain.slice(Math.max(0, at - 2), at));
    const behind = plain.slice(at + term.length, at + term.length + 2);
    if (beside || (/[\p{L}\p{N}]$/u.test(term) && /^[\p{L}\p{N}]/u.test(behind))) continue;
    hits.push(hit(text, one, at, at + term.length));
    if (hits.length === 100) break;
  }
  return hits;
}

function hit(text: string, { term, from }: Term, start: number, end: number): TermHit {
  return { term, from, seen: text.slice(start, end), start, end };
}
