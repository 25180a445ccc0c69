/** What several votes say together. */
export interface Majority {
  /** null: no verdict has more than half of the votes. */
  readonly passes: boolean | null;
  /** Votes for the most frequent verdict. */
  readonly agreeing: number;
  readonly votes: number;
}

/** The verdict that more than half of the votes give; null is a vote that could not tell. */
export function majorityOf(votes: readonly (boolean | null)[]): Majority {
  const count = (wanted: boolean | null) => votes.filter((vote) => vote === wanted).length;
  const [passing, failing] = [count(true), count(false)];
  const agreeing = Math.max(passing, failing, count(null));
  const half = votes.length / 2;
  return { passes: passing > half ? true : failing > half ? false : null, agreeing, votes: votes.length };
}
