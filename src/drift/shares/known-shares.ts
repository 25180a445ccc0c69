import { addCounts, type Counts } from "../../measure/counts.js";
import type { FollowedShare } from "../metric.js";
import type { MetricSettings } from "../settings.js";
import { countsOf } from "./account.js";
import type { ShareKind } from "./share-kind.js";
import { phiOf } from "./variation.js";
import type { ShareState } from "./watch.js";

/** Where the share of passes lay in the baseline; null while it is learned and for shares that are no passes. */
export function usualShare(state: ShareState): Counts | null {
  const plan = state.phase === "learning" ? undefined : state.watch.shares[0]?.plan;
  return plan?.share.kind === "pass" && plan.baseline.n > 0 ? plan.baseline : null;
}

/** The shares as they are known from the baseline and all that came since; none while it is learned. */
export function followedShares(
  kind: ShareKind,
  settings: MetricSettings,
  state: ShareState,
): readonly FollowedShare[] {
  if (state.phase === "learning") return [];
  const { shares, history, dependence } = state.watch;
  return shares.map(({ plan, older, variation }, i) => ({
    share: plan.share,
    known: countsOf(history, i).reduce(addCounts, older),
    floor: settings.floor,
    hitsAre: plan.hitsAre,
    outlook: plan.outlook,
    b: plan.b,
    weight: plan.weight,
    variation: dependence * phiOf(variation),
    usesAlarmFactor: kind.usesAlarmFactor,
  }));
}
