import type { FollowedField } from "../domain/followed-field.js";
import type { Output } from "../domain/output.js";

/** Fewer outputs of a segment do not fill a baseline. */
const fewestOutputs = 100;
const mostSegments = 6;
/** Longer names are no groups. */
const longest = 60;

/**
 * The segments whose pass shares are followed by themselves: those of at least 100 outputs (DETECTION 1.2), the
 * commonest first, at most 6; none where all of them are in one.
 */
export function chooseSegments(outputs: readonly Output[]): readonly FollowedField[] {
  const counts = new Map<string, number>();
  for (const { segment } of outputs)
    if (segment !== null && segment.length <= longest) counts.set(segment, (counts.get(segment) ?? 0) + 1);
  if (counts.size < 2) return [];
  return [...counts]
    .filter(([, count]) => count >= fewestOutputs)
    .sort(([one, left], [other, right]) => right - left || (one < other ? -1 : 1))
    .slice(0, mostSegments)
    .map(([segment]) => ({ kind: "segment", segment }));
}
