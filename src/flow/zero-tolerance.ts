import type { Level } from "../domain/check.js";
import { findingKey } from "../incident/finding-key.js";
import { excerpt } from "../text/excerpt.js";
import { sayCount } from "../wording/numbers.js";
import type { Found } from "./describe.js";
import type { Ground, Watched } from "./ground.js";

/** So many runs without a fail end the finding; the last of them with outputs that passed, for could not tell is not right. */
export const cleanRuns = 3;

/** Fails of checks of which not one is allowed, drawn or not; and those that have been clean for three runs. */
export function zeroToleranceFound(
  ground: Ground,
  watched: Watched,
  run: number,
  at: number,
): { found: readonly Found[]; endedKeys: readonly string[] } {
  const { store } = ground;
  const found: Found[] = [];
  const endedKeys: string[] = [];
  const active = new Map(store.findings.active(watched.entry.id).map((each) => [each.key, each]));
  for (const check of watched.checks.filter((each) => each.rule.kind === "zero-tolerance")) {
    const key = findingKey({ rule: "zero-tolerance", metric: null, check: check.id });
    const failing = store.outputs.failingOfRun(check.id, run);
    if (failing.outputs > 0) {
      // still the same fault: it began when it was first seen, not with the latest run
      const since = active.get(key)?.finding.changedAt ?? failing.first ?? at;
      found.push(describe(ground, watched, check, { outputs: failing.outputs, since, at }));
      continue;
    }
    const known = active.get(key);
    if (known === undefined || failing.passing === 0) continue;
    // this run is not finished yet, so it counts as one more
    if (store.runs.countSince(watched.entry.id, known.lastSeenAt) + 1 >= cleanRuns) endedKeys.push(key);
  }
  return { found, endedKeys };
}

function describe(
  ground: Ground,
  watched: Watched,
  check: Watched["checks"][number],
  seen: { outputs: number; since: number; at: number },
): Found {
  const example = ground.store.outputs.failingSince(watched.entry.id, check.id, seen.since, 1)[0];
  const headline = `“${check.title}” does not hold in ${sayCount(seen.outputs, "output")}`;
  return {
    headline,
    finding: {
      rule: "zero-tolerance",
      metric: null,
      check: check.id,
      level: levelOf(ground, watched, check),
      baseline: null,
      current: null,
      evidence: null,
      changedAt: seen.since,
      foundAt: seen.at,
      chanceMonths: null,
      sentence: example === undefined ? headline : `${headline}: ${excerpt(example.reason, 200)}`,
      improvement: false,
    },
  };
}

/** One that cried wolf counts for the digest only, until someone enables it again. */
function levelOf({ store }: Ground, { entry }: Watched, check: Watched["checks"][number]): Level {
  const declared = check.level ?? "page";
  return declared === "page" && store.loweredChecks.of(entry.id, check.id) !== null ? "digest" : declared;
}
