/**
 * Which outputs best show a finding. In: the outputs that could, newest first. Out: those to be shown, the clearest
 * first. Reads nothing, knows no check and no metric.
 */
import type { Output } from "../domain/output.js";
import { wordsIn } from "../text/words.js";

/** Words of an input that are compared; what an output is about stands near its beginning. */
const comparedWords = 400;

/**
 * Outputs of the commonest reason first, then one of each further reason that is no single case, then more of the
 * commonest. Reasons that differ in figures and quotations alone are one reason; the same answer to the same
 * input shows nothing more.
 */
export function commonestFirst<
  Failing extends { readonly reason: string; readonly output: Pick<Output, "input" | "text"> },
>(failing: readonly Failing[], most: number): readonly Failing[] {
  const groups = new Map<string, Failing[]>();
  for (const each of failing) {
    const kind = kindOf(each.reason);
    groups.set(kind, [...(groups.get(kind) ?? []), each]);
  }
  const bySize = [...groups.values()].sort((left, right) => right.length - left.length);
  const first = bySize.flatMap((group, index) => (index === 0 || group.length > 1 ? group.slice(0, 1) : []));
  const rest = bySize.flat().filter((each) => !first.includes(each));
  const seen = new Set<string>();
  const told = [...first, ...rest].filter(({ output }) => {
    const shown = JSON.stringify([output.input, output.text.trim()]);
    const isNew = !seen.has(shown);
    seen.add(shown);
    return isNew;
  });
  return told.slice(0, most);
}

function kindOf(reason: string): string {
  return reason
    .replace(/“[^”]*”|"[^"]*"/gu, "“”")
    .replace(/\d+(?:[.,]\d+)*/gu, "0")
    .toLowerCase();
}

/** The ones nearest to the middle of them all: the furthest ones are accidents more often than examples. */
export function mostTypical<Numbered extends { readonly value: number }>(
  numbered: readonly Numbered[],
  most: number,
): readonly Numbered[] {
  const sorted = [...numbered].sort((left, right) => left.value - right.value);
  const middle = sorted[Math.floor(sorted.length / 2)]?.value ?? 0;
  return [...numbered]
    .sort((left, right) => Math.abs(left.value - middle) - Math.abs(right.value - middle))
    .slice(0, most);
}

/**
 * The output for the same kind of input: of the same segment where there is one, then the one whose input shares
 * the most words with it, in proportion to all words of both (P. Jaccard, 1912, "The distribution of the flora in
 * the alpine zone"): by number alone the longest input would always be the nearest. The newest of equals; null of
 * none.
 */
export function nearestInput<Kept extends { readonly output: Output }>(
  kept: readonly Kept[],
  like: Output | null,
): Kept | null {
  const [first] = kept;
  if (first === undefined || like === null) return first ?? null;
  const same = kept.filter((each) => each.output.segment === like.segment);
  const words = inputWords(like);
  let best = { of: same[0] ?? first, likeness: 0 };
  for (const each of same.length > 0 ? same : kept) {
    const found = likeness(words, inputWords(each.output));
    if (found > best.likeness) best = { of: each, likeness: found };
  }
  return best.of;
}

function inputWords({ input }: Output): ReadonlySet<string> {
  return new Set(
    wordsIn(input ?? "")
      .slice(0, comparedWords)
      .map((word) => word.toLowerCase()),
  );
}

function likeness(left: ReadonlySet<string>, right: ReadonlySet<string>): number {
  const common = [...left].filter((word) => right.has(word)).length;
  return common === 0 ? 0 : common / (left.size + right.size - common);
}
