/**
 * What a silence would match now and would have kept back in the last seven days, and what about it looks like a slip.
 * In: what it matches. Out: counts and names. Never makes one.
 */
import type { SilenceMatch } from "../domain/silence.js";
import { dayMs } from "../domain/time.js";
import { matchesAutomation, matchesFinding } from "../incident/silence-match.js";
import { meantHint } from "../text/nearest.js";
import { sayCount } from "../wording/numbers.js";
import type { Ground, Watched } from "./ground.js";

/** So far back a preview looks. */
const previewMs = 7 * dayMs;
/** Incidents looked at for it. */
const previewIncidents = 1_000;

/** The rules of findings that a silence may name. */
const kinds = [
  "zero-tolerance",
  "floor",
  "drift",
  "golden",
  "silence",
  "blind",
  "judge",
  "overdue",
  "model-sunset",
  "budget",
  "contradicted",
  "report",
] as const;

/** What a silence matches. */
export interface SilencePreview {
  /** Ids of the automations. */
  readonly automations: readonly string[];
  readonly ofAutomations: number;
  readonly now: { readonly findings: number; readonly incidents: readonly number[] };
  readonly lastWeek: { readonly incidents: readonly number[]; readonly messages: number };
  /** What has to be confirmed before it is made. */
  readonly doubts: readonly string[];
}

/** Looks at the register, the store and the messages of the last seven days. */
export function previewOf(ground: Ground, match: SilenceMatch): SilencePreview {
  const { store, register, clock } = ground;
  const now = clock.now();
  const matched = register.automations.filter(({ entry }) => matchesAutomation(match, entry));
  const ids = new Set(matched.map(({ entry }) => entry.id));
  const findings = matched
    .flatMap(({ entry }) => store.findings.active(entry.id))
    .filter(({ finding }) => finding.level !== "record" && matchesFinding(match, finding));
  const incidents = new Map(
    [...store.incidents.open(), ...store.incidents.list(previewIncidents)]
      .filter((row) => ids.has(row.automation))
      .filter((row) => row.endedAt === null || row.endedAt >= now - previewMs)
      .filter((row) =>
        store.findings.ofIncident(row.id).some(({ finding }) => matchesFinding(match, finding)),
      )
      .map((row) => [row.id, row]),
  );
  const messages = [...incidents.keys()]
    .flatMap((id) => store.outbox.ofIncident(id))
    .filter((each) => each.createdAt >= now - previewMs);
  return {
    automations: [...ids],
    ofAutomations: register.automations.length,
    now: {
      findings: findings.length,
      incidents: [...incidents.values()].filter((row) => row.endedAt === null).map((row) => row.id),
    },
    lastWeek: {
      incidents: [...incidents.keys()].sort((left, right) => left - right),
      messages: messages.length,
    },
    doubts: doubtsOf(register.automations, match, matched),
  };
}

/** A typo, or more than anyone means. */
function doubtsOf(
  all: readonly Watched[],
  match: SilenceMatch,
  matched: readonly Watched[],
): readonly string[] {
  const checks = matched.flatMap((each) => [
    ...each.checks.map(({ id }) => id),
    ...each.metrics.map(({ id }) => id),
  ]);
  const of = (what: string, wanted: readonly string[], known: readonly string[]) =>
    wanted
      .filter((each) => !known.some((name) => name.toLowerCase() === each.toLowerCase()))
      .map((each) => `no ${what} "${each}" (${meantHint(each, [...new Set(known)])})`);
  const unknown = [
    ...of(
      "automation",
      match.automations,
      all.map(({ entry }) => entry.id),
    ),
    ...of(
      "vendor",
      match.vendors,
      all.flatMap(({ entry }) => entry.vendor ?? []),
    ),
    ...of(
      "dependsOn entry",
      match.dependsOn,
      all.flatMap(({ entry }) => entry.dependsOn),
    ),
    ...of(
      "process",
      match.processes,
      all.flatMap(({ entry }) => entry.processes),
    ),
    ...of("check or metric", match.checks, matched.length === 0 ? match.checks : checks),
    ...of("kind", match.kinds, kinds),
  ];
  // the only one there is, named, is no slip
  const onlyOne = all.length === 1 && match.automations.length === 1;
  const narrowed = onlyOne || match.checks.length > 0 || match.kinds.length > 0;
  if (matched.length === 0) return [...unknown, `it matches 0 of ${sayCount(all.length, "automation")}`];
  return matched.length === all.length && !narrowed
    ? [...unknown, `it matches all ${sayCount(all.length, "automation")}`]
    : unknown;
}
