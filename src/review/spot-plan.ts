import type { SpotReason } from "../domain/judgement.js";

/**
 * What a person is asked to look at in a week: chance alone gives the true quality, so it always has its share; where
 * checks disagree and what is rare teach more, and come with the third (DESIGN, People).
 */
export function spotPlan(number: number): readonly SpotReason[] {
  if (number < 3) return Array.from({ length: number }, () => "random" as const);
  const byChance = number - 2;
  return [...Array.from({ length: byChance }, () => "random" as const), "disputed", "rare"];
}
