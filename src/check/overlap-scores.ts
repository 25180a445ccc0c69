import { wordsAndMarksIn, wordsIn } from "../text/words.js";
import { commonSubsequence, countsOf, longer, type Numbered, numbered, sharedCount } from "./ngrams.js";

/** Share of the known answer that is there, share of the text that belongs there, and their harmonic mean. */
export interface Overlap {
  readonly recall: number;
  readonly precision: number;
  readonly f1: number;
}

/**
 * ROUGE-N: word sequences of length n in both texts, by those of the known answer (recall), by those of the text
 * (precision). C.-Y. Lin, "ROUGE: A package for automatic evaluation of summaries", ACL workshop 2004. No stemming,
 * no stop words. 0 where one of the texts is shorter than n words.
 */
export function rouge(n: 1 | 2, seen: string, wanted: string): Overlap {
  const words = numbered([wordsIn(seen), wordsIn(wanted)]);
  const { lists, kinds } = n === 1 ? words : longer(words, words);
  const [of, known] = [lists[0] ?? [], lists[1] ?? []];
  return overlap(sharedCount(countsOf(of, kinds), countsOf(known, kinds)), of.length, known.length);
}

/** ROUGE-L over whole texts: words of the longest common subsequence (Lin, 2004, section 3.1). */
export function rougeL(seen: string, wanted: string): Overlap {
  const { lists } = numbered([wordsIn(seen), wordsIn(wanted)]);
  const [of, known] = [lists[0] ?? [], lists[1] ?? []];
  return overlap(commonSubsequence(of, known), of.length, known.length);
}

function overlap(shared: number, seen: number, wanted: number): Overlap {
  if (shared === 0) return { recall: 0, precision: 0, f1: 0 };
  return { recall: shared / wanted, precision: shared / seen, f1: (2 * shared) / (seen + wanted) };
}

const bleuOrder = 4;

/**
 * BLEU-4 of one text against one or more known answers: geometric mean of the clipped precisions of 1 to 4 words,
 * times the brevity penalty against the answer nearest in length. K. Papineni et al., "BLEU: a method for automatic
 * evaluation of machine translation", ACL 2002. Smoothed as in B. Chen and C. Cherry, "A systematic comparison of
 * smoothing techniques for sentence-level BLEU", WMT 2014, method 3 (the k-th precision without a match becomes
 * 1 / (2^k * sequences)); a text of fewer than 4 words is judged by the lengths it has. Punctuation marks are words.
 */
export function bleu(seen: string, wanted: readonly string[]): number {
  const words = numbered([seen, ...wanted].map(wordsAndMarksIn));
  const [length = 0, ...known] = words.lists.map((list) => list.length);
  let sequences = words;
  let halvings = 0;
  let logarithms = 0;
  let orders = 0;
  for (; orders < Math.min(bleuOrder, length); orders += 1) {
    if (orders > 0) sequences = longer(sequences, words);
    const matched = clipped(sequences);
    if (matched === 0 && orders === 0) return 0;
    if (matched === 0) halvings += 1;
    logarithms += Math.log((matched === 0 ? 2 ** -halvings : matched) / (length - orders));
  }
  return orders === 0 ? 0 : brevity(length, known) * Math.exp(logarithms / orders);
}

/** Sequences of the first list that a list of known ones has, each as often as the one that has it most often. */
function clipped({ lists, kinds }: Numbered): number {
  const [seen = [], ...known] = lists;
  const most = new Int32Array(kinds);
  for (const list of known) {
    for (const [kind, count] of countsOf(list, kinds).entries())
      most[kind] = Math.max(most[kind] ?? 0, count);
  }
  return sharedCount(countsOf(seen, kinds), most);
}

/** Of two known answers equally near, the shorter counts. */
function brevity(length: number, known: readonly number[]): number {
  const distance = (other: number) => Math.abs(other - length);
  const [nearest = length] = [...known].sort((a, b) => distance(a) - distance(b) || a - b);
  return length >= nearest ? 1 : Math.exp(1 - nearest / length);
}

const chrfOrder = 6;

/**
 * chrF: F-score over sequences of 1 to 6 characters without white space, precision and recall averaged over the
 * lengths that both texts have; recall weighs `beta` times as much. M. Popović, "chrF: character n-gram F-score for
 * automatic MT evaluation", WMT 2015; beta 2 as has become usual since.
 */
export function chrf(seen: string, wanted: string, beta: number): number {
  const characters = numbered([seen, wanted].map((text) => [...text.replace(/\s+/gu, "")]));
  const shortest = Math.min(...characters.lists.map((list) => list.length));
  const orders = Math.min(chrfOrder, shortest);
  let sequences = characters;
  let [precision, recall] = [0, 0];
  for (let order = 1; order <= orders; order += 1) {
    if (order > 1) sequences = longer(sequences, characters);
    const [of = [], known = []] = sequences.lists;
    const shared = sharedCount(countsOf(of, sequences.kinds), countsOf(known, sequences.kinds));
    precision += shared / of.length / orders;
    recall += shared / known.length / orders;
  }
  const weight = beta * beta;
  return precision + recall === 0 ? 0 : ((1 + weight) * precision * recall) / (weight * precision + recall);
}
