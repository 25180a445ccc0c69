import type { SettingsDocument } from "./document.js";
import type { Fault } from "./fault.js";
import { knownIds, unknownNames } from "./known-names.js";
import { listAt } from "./setting-values.js";

/** Routes to channels, or about automations, that do not exist. */
export function routeFaults(document: SettingsDocument): readonly Fault[] {
  const channels = knownIds(document, "channel");
  const automations = knownIds(document, "automation");
  return listAt(document, ["routes"]).flatMap((_route, index) => [
    ...unknownNames(document, ["routes", index, "to"], channels),
    ...unknownNames(document, ["routes", index, "when", "automations"], automations),
  ]);
}
