import type { Check } from "../domain/check.js";

/** The checks of one automation with titles that tell them apart: where several have one, the id stands behind it. */
export function withDistinctTitles<Of extends { readonly check: Check }>(
  checks: readonly Of[],
): readonly Of[] {
  const times = new Map<string, number>();
  for (const { check } of checks) times.set(check.title, (times.get(check.title) ?? 0) + 1);
  return checks.map((each) => {
    const { id, title } = each.check;
    return times.get(title) === 1 ? each : { ...each, check: { ...each.check, title: `${title} (${id})` } };
  });
}
