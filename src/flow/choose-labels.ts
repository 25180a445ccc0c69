import type { FollowedField } from "../domain/followed-field.js";
import type { Output } from "../domain/output.js";
import { labelReader } from "./labels.js";

/** Fewer outputs of a known label say too little about how often it is given. */
const fewestKnown = 20;
const mostLabels = 12;

/**
 * The labels whose recall is followed: those known of at least 20 outputs, the commonest first, at most 12. Recall is
 * the share of the outputs of a class that are given it (C. D. Manning, P. Raghavan, H. Schuetze, 2008, "Introduction
 * to Information Retrieval", 8.3). Smallest sample: 20 outputs a label.
 */
export function chooseLabels(outputs: readonly Output[], paths: readonly string[]): readonly FollowedField[] {
  return paths.flatMap((path) => {
    const read = labelReader(path);
    const counts = new Map<string, number>();
    for (const output of outputs) {
      const labels = read(output);
      if (labels !== null) counts.set(labels.known, (counts.get(labels.known) ?? 0) + 1);
    }
    return [...counts]
      .filter(([, count]) => count >= fewestKnown)
      .sort(([one, left], [other, right]) => right - left || (one < other ? -1 : 1))
      .slice(0, mostLabels)
      .map(([label]) => ({ path, kind: "recall" as const, label }));
  });
}
