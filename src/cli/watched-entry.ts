import type { WatchedAutomation } from "../config/config.js";
import { KnownError } from "../domain/errors.js";
import { meantHint } from "../text/nearest.js";
import type { Workplace } from "./workplace.js";

/** The automation of that id in the configuration; throws KnownError that names the nearest one. */
export function requireEntry({ config, configPath }: Workplace, id: string): WatchedAutomation {
  const found = config.automations.find(({ automation }) => automation.id === id);
  if (found !== undefined) return found;
  const known = config.automations.map(({ automation }) => automation.id);
  throw new KnownError(
    "automation-unknown",
    `${configPath} has no automation "${id}"; ${meantHint(id, known, "it has")}`,
  );
}
