import { findingKey } from "../incident/finding-key.js";
import { excerpt } from "../text/excerpt.js";
import { redactText } from "../text/redact.js";
import type { Found } from "./describe.js";
import type { Ground, Watched } from "./ground.js";
import { raise } from "./raise.js";
import { askOthers } from "./source-down.js";
import { tellUntold } from "./tell.js";

/** A time in which the source could not be read. */
export interface BlindPeriod {
  /** Epoch ms UTC. */
  readonly from: number;
  readonly to: number;
  readonly why: string;
}

/** The source cannot be read: an incident about the watching; call inside a transaction. */
export function cannotRead(ground: Ground, watched: Watched, raw: string): void {
  // a reason may quote what the source answered
  const reason = redactText(raw);
  const now = ground.clock.now();
  const { id } = watched.entry;
  ground.store.sources.failed(id, reason, now);
  raise(ground, {
    automation: id,
    kind: "blind",
    at: now,
    found: [blindFound(ground, watched, reason, now)],
    endedKeys: [],
  });
  tellUntold(ground, watched, now);
}

/** One good read ends blindness; call inside a transaction. */
export function sightRegained(ground: Ground, watched: Watched): void {
  const at = ground.clock.now();
  const wasBlind = ground.store.incidents.openOf(watched.entry.id, "blind") !== null;
  raise(ground, { automation: watched.entry.id, kind: "blind", at, found: [], endedKeys: [blindKey] });
  if (wasBlind) askOthers(ground, watched, at);
}

/** The identity of "the source cannot be read". */
const blindKey = findingKey({ rule: "blind", metric: null, check: null });

/** When the source could not be read and why, of the times that ended since an instant; the oldest first. */
export function blindPeriods({ store }: Ground, { entry }: Watched, since: number): readonly BlindPeriod[] {
  return store.findings.endedSince(entry.id, blindKey, since).map(({ finding, endedAt }) => {
    const from = finding.changedAt ?? finding.foundAt;
    return { from, to: Math.max(from, endedAt ?? from), why: finding.sentence };
  });
}

/** The source cannot be read: quality is unknown, not bad. */
function blindFound(ground: Ground, watched: Watched, reason: string, now: number): Found {
  const since = ground.store.sources.get(watched.entry.id).failingSince ?? now;
  const headline = `${watched.entry.title} cannot be checked`;
  return {
    headline,
    finding: {
      rule: "blind",
      metric: null,
      check: null,
      level: "page",
      baseline: null,
      current: null,
      evidence: null,
      changedAt: since,
      foundAt: now,
      chanceMonths: null,
      sentence: excerpt(reason, 300),
      improvement: false,
    },
  };
}
