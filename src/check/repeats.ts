import { numbered } from "./ngrams.js";

/** The longest sequence that occurs again without overlapping itself. */
export interface Repeat {
  /** Index of its first element. */
  readonly at: number;
  readonly length: number;
  /** How often it occurs, without overlaps. */
  readonly times: number;
}

const base = 1_000_003;
const modulus = 2_147_483_647;

/**
 * Longest repeated sequence by halving its length (if n words repeat, so do n - 1), each length tried with a rolling
 * hash whose hits are compared word by word: about n log n steps. null: nothing occurs twice.
 */
export function longestRepeat(units: readonly string[]): Repeat | null {
  const [numbers = []] = numbered([units]).lists;
  let best: Repeat | null = null;
  let low = 1;
  let high = Math.floor(numbers.length / 2);
  while (low <= high) {
    const length = Math.floor((low + high) / 2);
    const found = repeatOf(numbers, length);
    if (found === null) high = length - 1;
    else {
      best = found;
      low = length + 1;
    }
  }
  return best;
}

function repeatOf(numbers: readonly number[], length: number): Repeat | null {
  const firstAt = new Map<number, number>();
  let power = 1;
  for (let index = 1; index < length; index += 1) power = times(power, base);
  let hash = 0;
  for (let end = 0; end < numbers.length; end += 1) {
    const leaving = end >= length ? times(numbers[end - length] ?? 0, power) : 0;
    hash = (times((hash - leaving + modulus) % modulus, base) + (numbers[end] ?? 0)) % modulus;
    const start = end - length + 1;
    if (start < 0) continue;
    const first = firstAt.get(hash);
    if (first === undefined) firstAt.set(hash, start);
    else if (first + length <= start && same(numbers, first, start, length)) {
      return { at: first, length, times: occurrences(numbers, first, length) };
    }
  }
  return null;
}

/** a * b mod 2^31 - 1 without leaving the numbers that are exact. */
function times(a: number, b: number): number {
  return (((a * (b >>> 16)) % modulus) * 65_536 + a * (b & 65_535)) % modulus;
}

function same(numbers: readonly number[], left: number, right: number, length: number): boolean {
  for (let index = 0; index < length; index += 1) {
    if (numbers[left + index] !== numbers[right + index]) return false;
  }
  return true;
}

function occurrences(numbers: readonly number[], at: number, length: number): number {
  let count = 0;
  for (let index = 0; index + length <= numbers.length; ) {
    if (same(numbers, at, index, length)) {
      count += 1;
      index += length;
    } else index += 1;
  }
  return count;
}

/** The unit that occurs most often, with its count. */
export function mostFrequent(units: readonly string[]): { readonly unit: string; readonly times: number } {
  const counts = new Map<string, number>();
  let best = { unit: "", times: 0 };
  for (const unit of units) {
    const times = (counts.get(unit) ?? 0) + 1;
    counts.set(unit, times);
    if (times > best.times) best = { unit, times };
  }
  return best;
}
