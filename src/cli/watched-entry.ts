import type { WatchedAutomation } from "../config/config.js";
import { KnownError } from "../domain/errors.js";
import { nearest } from "../text/nearest.js";
import type { Workplace } from "./workplace.js";

/** The automation of that id in the configuration; throws KnownError that names the nearest one. */
export function requireEntry({ config, configPath }: Workplace, id: string): WatchedAutomation {
  const found = config.automations.find(({ automation }) => automation.id === id);
  if (found !== undefined) return found;
  const known = config.automations.map(({ automation }) => automation.id);
  const near = nearest(id, known);
  throw new KnownError(
    "automation-unknown",
    `${configPath} has no automation "${id}"; ${near === null ? `it has ${known.join(", ")}` : `did you mean "${near}"?`}`,
  );
}
