/** Whole thousandths of a share, rounded down, so that 0.7996 does not read like the 0.8 it misses. */
export function thousandthsOf(share: number): number {
  // 0.29 * 1,000 may come out a hair under 290
  return Math.floor(share * 1_000 + 1e-9);
}

/** A share to three places, rounded down. */
export function roundedDown(share: number): number {
  return thousandthsOf(share) / 1_000;
}
