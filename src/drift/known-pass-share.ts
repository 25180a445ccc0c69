import type { Counts } from "../measure/counts.js";
import { passShare } from "./kinds/pass-share.js";
import type { KnownShare } from "./outputs-to-notice.js";

/** A pass share of which so much is known, watched as every pass share is; null: there is no such plan. */
export function knownPassShare(known: Counts, floor: number | null): KnownShare | null {
  const [plan] = passShare.plan(new Map(), floor);
  if (plan === undefined) return null;
  const { hitsAre, outlook, b, weight } = plan;
  const { usesAlarmFactor } = passShare;
  return { known, floor, hitsAre, outlook, b, weight, variation: 1, usesAlarmFactor };
}
