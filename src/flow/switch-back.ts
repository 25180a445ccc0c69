import { KnownError } from "../domain/errors.js";
import type { PersonalEvent } from "../incident/transitions.js";
import type { IncidentRow } from "../store/incident.js";
import { missingForSwitchBack } from "./fresh-sample.js";
import { type Ground, type Watched, watchedOf } from "./ground.js";

/** Moves after which the automation works alone again; the other endings say that it was right all along. */
const switchesBack: ReadonlySet<PersonalEvent> = new Set<PersonalEvent>(["switch-back", "resolve"]);

/** True where people stand in for the automation and the move lets it work alone again. */
function asksFreshSample({ status }: Pick<IncidentRow, "status">, event: PersonalEvent): boolean {
  return (status === "fallback" || status === "recovering") && switchesBack.has(event);
}

/** What a fresh sample does not show yet, in words; null: nothing is missing, or this move needs none. */
export function missingFor(ground: Ground, row: IncidentRow, event: PersonalEvent): string | null {
  const watched = watchedOf(ground.register, row.automation);
  if (watched === null || !asksFreshSample(row, event)) return null;
  return missingForSwitchBack(ground, watched, row);
}

/** Who switches back, and whether against what the sample says. */
export interface SwitchingBack {
  readonly event: PersonalEvent;
  readonly who: string;
  readonly why: string | null;
  readonly override?: boolean | undefined;
}

/**
 * People stand in for the automation: it is switched back only after a fresh sample that passes, or against that with a
 * reason on record. Returns what was overruled; null: nothing had to be. Throws KnownError with what is missing.
 */
export function overruledBy(
  ground: Ground,
  watched: Watched,
  row: IncidentRow,
  by: SwitchingBack,
): string | null {
  if (!asksFreshSample(row, by.event)) return null;
  const missing = missingForSwitchBack(ground, watched, row);
  if (missing === null) return null;
  const cause = row.status === "recovering" ? "" : ' --cause "..."';
  const overrule = `evenkeel incidents switch-back ${row.id} --override${cause} --why "..."`;
  if (by.override !== true)
    throw new KnownError(
      "switch-back",
      `Incident ${row.id}: switching back needs a fresh sample that passes, and ${missing}. Look again with evenkeel run ${row.automation}, or decide it yourself, on record, on the incident's page or with ${overrule}`,
    );
  if (by.why === null || by.why.trim() === "")
    throw new KnownError("usage", `an override needs its reason: ${overrule}`);
  ground.store.decisions.record({
    at: ground.clock.now(),
    who: by.who,
    why: by.why,
    what: "switch-back",
    automation: row.automation,
    subject: `incident ${row.id}: ${missing}`,
  });
  return missing;
}
