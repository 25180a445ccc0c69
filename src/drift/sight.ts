import { type KnownShare, outputsToNotice, usualShareOf, type Watching } from "./outputs-to-notice.js";

/** Falls people ask about, in points. */
const askedPoints = [10, 20] as const;

/** How long a change of so many points takes to show. */
export interface PointsToNotice {
  readonly points: number;
  readonly after: number;
  /** null: it cannot be shown with what is known now. */
  readonly outputs: number | null;
}

/** What can be seen of one share now. */
export interface Sight {
  readonly usual: number;
  /** The nearest share, in whole points from the usual one, that could be shown now; null: none can. */
  readonly nearest: number | null;
  /** As far as the share has so many points to lose or to gain. */
  readonly changes: readonly PointsToNotice[];
}

/**
 * The smallest change of a share that can be shown now, and how long changes of 10 and 20 points take.
 *
 * Formula: outputs-to-notice.ts at one point after the other; a larger change never takes longer, so that the
 * smallest is found by halving. Assumptions, smallest sample and source are named there.
 */
export function sightOf(share: KnownShare, watching: Watching, towards: "less" | "more"): Sight {
  const usual = usualShareOf(share);
  const room = towards === "less" ? usual : 1 - usual;
  const at = (points: number) => usual + ((towards === "less" ? -1 : 1) * points) / 100;
  const outputsAt = (points: number) =>
    outputsToNotice(share, Math.min(1, Math.max(0, at(points))), watching);
  const smallest = smallestOf(Math.floor(100 * room + 1e-9), (points) => outputsAt(points) !== null);
  return {
    usual,
    nearest: smallest === null ? null : at(smallest),
    changes: askedPoints
      .filter((points) => points <= 100 * room + 1e-9)
      .map((points) => ({ points, after: at(points), outputs: outputsAt(points) })),
  };
}

/** The first number from 1 to `most` that holds, where all after it do; null: none does. */
function smallestOf(most: number, holds: (points: number) => boolean): number | null {
  if (most < 1 || !holds(most)) return null;
  let [fails, works] = [0, most];
  while (works - fails > 1) {
    const middle = Math.floor((fails + works) / 2);
    if (holds(middle)) works = middle;
    else fails = middle;
  }
  return works;
}
