import type { SwitchWish } from "../automation/switch-action.js";
import { isEnded } from "../domain/incident.js";
import type { IncidentRow } from "../store/incident.js";
import { type Ground, watchedOf } from "./ground.js";
import { pausedBy } from "./story-life.js";

/** Whether the automation of an incident can be paused, or let run again, by an action of yours, and which action. */
export function switchesOffered(
  ground: Ground,
  row: IncidentRow,
): readonly { readonly wish: SwitchWish; readonly name: string }[] {
  const switches = watchedOf(ground.register, row.automation)?.switches;
  if (switches === undefined) return [];
  const paused = pausedBy(ground.store.incidents.moves(row.id));
  const wish = paused === null ? "pause" : "resume";
  const action = switches[wish];
  if (action === null || (wish === "pause" && (isEnded(row.status) || row.kind !== "outputs"))) return [];
  return [{ wish, name: action.name }];
}
