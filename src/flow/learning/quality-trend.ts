import { truthOf } from "../../domain/judgement.js";
import { dayMs } from "../../domain/time.js";
import { estimateQuality, type Quality } from "../../review/estimate-quality.js";
import type { Ground } from "../ground.js";
import { qualityWeeks } from "../human-quality.js";

/** Spans looked back: this one and a year's before it. */
const spans = 5;

/** The true quality of one span of weeks, as people judged it. */
export interface QualitySpan {
  /** Epoch ms UTC: picks of weeks that ended after this. */
  readonly fromAt: number;
  /** Inclusive. */
  readonly untilAt: number;
  readonly quality: Quality;
}

/** How true quality went, the newest span first; no pick is in two, and spans of which nothing was judged are left out. */
export function qualityTrend({ store }: Ground, automation: string, now: number): readonly QualitySpan[] {
  const spanMs = qualityWeeks * 7 * dayMs;
  const picks = store.spotChecks.random(automation, now - spans * spanMs);
  return Array.from({ length: spans }, (_, index) => index).flatMap((index) => {
    const untilAt = now - index * spanMs;
    const fromAt = untilAt - spanMs;
    const within = picks.filter((each) => each.untilAt > fromAt && each.untilAt <= untilAt);
    const quality = estimateQuality(
      within.map((each) => ({ truth: truthOf(each), inclusion: each.inclusion })),
    );
    return quality === null ? [] : [{ fromAt, untilAt, quality }];
  });
}
