import type { Finding } from "../domain/finding.js";
import type { Ground, Watched } from "./ground.js";
import { aboutInputs } from "./input-metrics.js";

/** Starts at most so many runs apart count as one: a start is an estimate. */
const runsApart = 2;

/**
 * Whether the work changed when the outputs did: what moved about the inputs at the same time, or that nothing has
 * moved about inputs whose usual level is known. Where inputs are not seen, nothing is said; nor of known answers,
 * whose inputs stay the same.
 */
export function workRemarks(ground: Ground, watched: Watched, finding: Finding): readonly string[] {
  const { changedAt, metric, rule } = finding;
  if (changedAt === null || (rule !== "drift" && rule !== "floor")) return [];
  if (metric !== null && aboutInputs.has(metric)) return [];
  const moved = ground.store.findings
    .active(watched.entry.id)
    .filter((each) => each.finding.metric !== null && aboutInputs.has(each.finding.metric));
  const together = moved.filter(
    (each) =>
      each.finding.changedAt !== null && isNear(ground, watched.entry.id, changedAt, each.finding.changedAt),
  );
  if (together.length > 0)
    return [`The work changed at the same time: ${together.map((each) => each.headline).join("; ")}`];
  const steady = [...aboutInputs].flatMap(([id, what]) =>
    ground.store.metrics.get(watched.entry.id, id)?.phase === "watching" ? [what] : [],
  );
  if (moved.length > 0 || steady.length === 0) return [];
  return [
    `The work looks the same (no change seen in the ${steady.join(" and ")} of inputs): look at the AI first`,
  ];
}

function isNear({ store }: Ground, automation: string, one: number, other: number): boolean {
  const runs = store.runs.countBetween(automation, Math.min(one, other), Math.max(one, other));
  return runs - 1 <= runsApart;
}
