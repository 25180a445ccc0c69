/** A stretch of time; `endedAt` null: it goes on. */
export interface OpenStretch {
  readonly openedAt: number;
  readonly endedAt: number | null;
}

/** How much of a time lies in at least one of some stretches: two that overlap count once. */
export function openTime(stretches: readonly OpenStretch[], fromAt: number, toAt: number): number {
  const inOrder = stretches
    .map(({ openedAt, endedAt }) => ({
      from: Math.max(openedAt, fromAt),
      to: Math.min(endedAt ?? toAt, toAt),
    }))
    .sort((left, right) => left.from - right.from);
  let [ms, countedTo] = [0, fromAt];
  for (const { from, to } of inOrder) {
    ms += Math.max(0, to - Math.max(from, countedTo));
    countedTo = Math.max(countedTo, to);
  }
  return ms;
}
