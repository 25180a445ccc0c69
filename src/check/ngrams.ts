/** Lists of words, characters or sequences of them, each kind with a number from 0 to `kinds` - 1. */
export interface Numbered {
  readonly lists: readonly (readonly number[])[];
  readonly kinds: number;
}

/** Gives every distinct unit a number, so that counting needs no texts. */
export function numbered(lists: readonly (readonly string[])[]): Numbered {
  const known = new Map<string, number>();
  return {
    lists: lists.map((units) => units.map((unit) => numberOf(known, unit))),
    kinds: known.size,
  };
}

/** The sequences one unit longer: `sequences` are those of length n over `units`, the result those of length n + 1. */
export function longer(sequences: Numbered, units: Numbered): Numbered {
  const known = new Map<number, number>();
  const lists = sequences.lists.map((list, which) => {
    const all = units.lists[which] ?? [];
    const length = all.length - list.length + 1;
    return list
      .slice(0, -1)
      .map((sequence, at) => numberOf(known, sequence * units.kinds + (all[at + length] ?? 0)));
  });
  return { lists, kinds: known.size };
}

/** How often each kind occurs. */
export function countsOf(list: readonly number[], kinds: number): Int32Array {
  const counts = new Int32Array(kinds);
  for (const kind of list) counts[kind] = (counts[kind] ?? 0) + 1;
  return counts;
}

/** How many occur in both, each as often as in the list that has fewer. */
export function sharedCount(left: Int32Array, right: Int32Array): number {
  let shared = 0;
  for (const [kind, count] of left.entries()) shared += Math.min(count, right[kind] ?? 0);
  return shared;
}

/**
 * Length of the longest common subsequence, 32 units at a time: H. Hyyrö, "Bit-parallel LCS-length computation
 * revisited", AWOCA 2004. A row of bits stands for `left`; a bit that became 0 is a unit of the subsequence.
 */
export function commonSubsequence(left: readonly number[], right: readonly number[]): number {
  const blocks = Math.ceil(left.length / 32);
  const places = new Map<number, Uint32Array>();
  for (const [at, unit] of left.entries()) {
    const mask = places.get(unit) ?? new Uint32Array(blocks);
    mask[at >>> 5] = (mask[at >>> 5] ?? 0) | (1 << (at & 31));
    places.set(unit, mask);
  }
  const row = new Uint32Array(blocks).fill(0xffffffff);
  for (const unit of right) {
    const mask = places.get(unit);
    if (mask !== undefined) advance(row, mask);
  }
  let length = 0;
  for (let at = 0; at < left.length; at += 1) {
    if (((row[at >>> 5] ?? 0) & (1 << (at & 31))) === 0) length += 1;
  }
  return length;
}

/** row = (row + (row & mask)) | (row & ~mask), with the carry going from block to block. */
function advance(row: Uint32Array, mask: Uint32Array): void {
  let carry = 0;
  for (let block = 0; block < row.length; block += 1) {
    const before = row[block] ?? 0;
    const places = mask[block] ?? 0;
    const sum = before + ((before & places) >>> 0) + carry;
    carry = sum > 0xffffffff ? 1 : 0;
    row[block] = sum | (before & ~places);
  }
}

function numberOf<Unit>(known: Map<Unit, number>, unit: Unit): number {
  const number = known.get(unit);
  if (number !== undefined) return number;
  known.set(unit, known.size);
  return known.size - 1;
}
