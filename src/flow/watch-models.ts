/**
 * Model sunset watch: models that the newest outputs name, against the announced ends of models. In: one automation, what
 * is known, now. Out: findings raised and ended, and the messages owed; call inside a transaction.
 *
 * A finding comes `daysBefore` (30) days ahead, for the digest; from `pageDaysBefore` (7) days ahead it notifies, where
 * the risk of the automation lets findings page. It ends by itself once outputs name the model no more. A person who
 * ends its incident is believed: "resolved" holds until an output names the model again, "false alarm" and "accepted
 * change" keep it in the digest for good.
 */
import type { Level } from "../domain/check.js";
import type { KnownSunsets } from "../domain/model-sunset.js";
import { findingKey } from "../incident/finding-key.js";
import type { Found } from "./describe.js";
import type { Ground, Watched } from "./ground.js";
import { sunsetOf } from "./known-sunsets.js";
import { type ModelUse, modelsInUse } from "./model-use.js";
import { raise } from "./raise.js";
import { daysUntil, sunsetFound, sunsetKey } from "./sunset-found.js";
import { tellAlso, tellUntold } from "./tell.js";

/** A model that still answers so long after its end was not shut down here: another host, or a name that goes on. */
const believedDaysAfter = 14;

/** Looks at the models of one automation. */
export function watchModels(ground: Ground, watched: Watched, known: KnownSunsets, now: number): void {
  const uses = modelsInUse(ground, watched, now);
  // nothing came: it may be used tomorrow as before
  if (uses === null) return;
  const found = uses.flatMap((use) => endingSoon(ground, watched, use, known, now) ?? []);
  const foundKeys = new Set(found.map(({ finding }) => findingKey(finding)));
  const endedKeys = ground.store.findings
    .active(watched.entry.id)
    .filter(({ key, finding }) => finding.rule === "model-sunset" && !foundKeys.has(key))
    .map(({ key }) => key);
  if (found.length === 0 && endedKeys.length === 0) return;
  const joined = raise(ground, {
    automation: watched.entry.id,
    kind: "outputs",
    at: now,
    found,
    endedKeys,
    ...(endedKeys.length === 0 ? {} : { overBecause: "its outputs name that model no more" }),
  });
  for (const { incident, finding } of joined)
    if (incident !== null) tellAlso(ground, watched, incident, finding, now);
  tellUntold(ground, watched, now);
}

function endingSoon(
  ground: Ground,
  watched: Watched,
  use: ModelUse,
  known: KnownSunsets,
  now: number,
): Found | null {
  const sunset = sunsetOf(watched, use.model, known);
  if (sunset === null) return null;
  const { daysBefore, pageDaysBefore } = ground.register.sunset;
  const daysLeft = daysUntil(sunset.shutsDownOn, now, watched.entry.timeZone);
  if (daysLeft > daysBefore || daysLeft < -believedDaysAfter) return null;
  const before = ground.store.findings.latestOf(watched.entry.id, sunsetKey(use.model));
  const endedAt = before?.endedAt ?? null;
  if (before?.status === "resolved" && endedAt !== null && (use.lastAt ?? endedAt) <= endedAt) return null;
  const settled = before?.status === "false-alarm" || before?.status === "accepted-change";
  const pages = daysLeft <= pageDaysBefore && watched.entry.driftLevel === "page" && !settled;
  const level: Level = pages ? "page" : "digest";
  return sunsetFound(watched, { use, sunset }, { at: now, daysLeft, level });
}
