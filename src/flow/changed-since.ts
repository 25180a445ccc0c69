import type { Finding } from "../domain/finding.js";
import type { Ground } from "./ground.js";

/**
 * The instant from which on outputs may be changed ones; null where a finding has no start. A metric's change begins
 * with a run, and the outputs of a run came before its slot, after that of the run before it.
 */
export function changedSince({ store }: Ground, automation: string, finding: Finding): number | null {
  const { changedAt, metric } = finding;
  if (changedAt === null || metric === null) return changedAt;
  return store.runs.slotBefore(automation, changedAt) ?? changedAt;
}
