/** How the figures of `bench:reliability` are printed: measured, target, and what the peers did. */

/** One figure. */
export interface Figure {
  readonly what: string;
  readonly measured: number;
  readonly unit: string;
  /** null: printed for the record. */
  readonly target: { readonly atMost: number } | { readonly atLeast: number } | null;
  /** What the peers did with the same, where that was measured. */
  readonly peers?: string;
  readonly digits?: number;
}

let missed = 0;

/** Prints a figure beside its target, and the peers' beside both. */
export function show({ what, measured, unit, target, peers, digits = 0 }: Figure): void {
  const holds =
    target === null || ("atMost" in target ? measured <= target.atMost : measured >= target.atLeast);
  if (!holds) missed += 1;
  const asked =
    target === null
      ? ""
      : ` (${"atMost" in target ? `at most ${target.atMost}` : `at least ${target.atLeast}`}${unit === "" ? "" : ` ${unit}`})`;
  const mark = target === null ? "      " : holds ? "met   " : "MISSED";
  const figure = measured.toLocaleString("en-US", { maximumFractionDigits: digits });
  console.log(`${mark}  ${what}: ${figure}${unit === "" ? "" : ` ${unit}`}${asked}`);
  if (peers !== undefined) console.log(`          peers: ${peers}`);
}

/** Prints a remark beside the figures. */
export function note(text: string): void {
  console.log(`        ${text}`);
}

/** How many figures missed their target so far. */
export function missedTargets(): number {
  return missed;
}

/** The value that a share of all values lie at or under; NaN of none. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((left, right) => left - right);
  return sorted[Math.min(sorted.length - 1, Math.ceil(share * sorted.length) - 1)] ?? Number.NaN;
}
