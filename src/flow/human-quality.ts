/**
 * What people's judgements tell of an automation. In: its judgements of a year, its spot checks of a quarter. Out: how
 * many outputs are truly right, with its interval; how far each check agrees with people. Changes nothing.
 */
import { truthOf } from "../domain/judgement.js";
import { dayMs } from "../domain/time.js";
import type { Agreement } from "../review/agreement.js";
import { standingOf } from "../review/contradicted.js";
import { estimateQuality, type Quality } from "../review/estimate-quality.js";
import { agreementWith, enabledAt, judgedFails } from "./contradict-checks.js";
import type { Ground, Watched } from "./ground.js";

/** Weeks whose picks of chance tell the quality: fewer would say too little, more would hide a change. */
export const qualityWeeks = 13;
const yearMs = 365 * dayMs;

/** What people say of one check. */
export interface JudgedCheck {
  readonly id: string;
  readonly title: string;
  readonly agreement: Agreement;
  /** People contradict it: it counts for the digest only. */
  readonly contradicted: boolean;
}

/** What people say of one automation. */
export interface HumanQuality {
  /** null: nothing that chance picked has been judged. */
  readonly quality: Quality | null;
  readonly checks: readonly JudgedCheck[];
  /** Picked, with their text, and judged by nobody. */
  readonly waiting: number;
  /** Epoch ms UTC; null: nobody ever judged an output. */
  readonly lastJudgedAt: number | null;
}

/** How many outputs of an automation are truly right, as far as people told; null: nothing that chance picked was judged. */
export function trueQuality({ store }: Ground, automation: string, now: number): Quality | null {
  const picks = store.spotChecks
    .random(automation, now - qualityWeeks * 7 * dayMs)
    .map((each) => ({ truth: truthOf(each), inclusion: each.inclusion }));
  return estimateQuality(picks);
}

/** What people say of an automation now. */
export function humanQuality(ground: Ground, watched: Watched, now: number): HumanQuality {
  const { spotChecks, judgements } = ground.store;
  const { id } = watched.entry;
  const since = now - qualityWeeks * 7 * dayMs;
  const verdicts = judgements.verdicts(id, now - yearMs);
  return {
    quality: trueQuality(ground, id, now),
    checks: watched.checks.flatMap(({ id: check, title }) => {
      const agreement = agreementWith(verdicts, check);
      if (agreement.judged === 0) return [];
      const from = enabledAt(ground, watched, check);
      const sinceEnabled = verdicts.filter(({ at }) => at >= from);
      const { contradictedAt } = standingOf(judgedFails(sinceEnabled, check));
      return [{ id: check, title, agreement, contradicted: contradictedAt !== null }];
    }),
    waiting: spotChecks.waiting(id, since).length,
    lastJudgedAt: judgements.lastAt(id),
  };
}
