import { swingsOf } from "../incident/flapping.js";
import type { Ground } from "./ground.js";

/**
 * True while nothing is said about the outputs of an automation, for they cannot be read. An incident about the
 * watching that is only held open because it flaps holds nothing back while the source can be read.
 */
export function isHeldByBlindness({ store }: Ground, automation: string): boolean {
  const row = store.incidents.openOf(automation, "blind");
  if (row === null) return false;
  const held = swingsOf(store.incidents.swings(row.id)).flapping;
  return !held || store.sources.get(automation).failingSince !== null;
}
