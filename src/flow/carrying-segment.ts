import type { Finding } from "../domain/finding.js";
import { type Counts, subtractCounts } from "../measure/counts.js";
import { wilsonInterval } from "../measure/wilson-interval.js";
import { sayOf } from "../wording/numbers.js";
import { changedSince } from "./changed-since.js";
import type { Ground, Watched } from "./ground.js";
import { shownChange } from "./shown-change.js";

/** Outputs looked through on each side of the change. */
const searched = 400;
/** Fewer outputs of a segment say nothing about it. */
const fewestOutputs = 5;

/**
 * Which segment carries a finding: "mostly in segment “de”: 9 of 10; elsewhere, 2 of 60"; null where none does.
 *
 * Rule: of the segments with at least 5 outputs since the change, the one with the highest share of outputs that
 * show it, if the 95% interval of its share lies wholly above that of all other outputs together (E. B. Wilson, 1927;
 * stricter than a test at 5%, for the segment was picked as the highest of several).
 */
export function carryingSegment(ground: Ground, watched: Watched, finding: Finding): string | null {
  const since = changedSince(ground, watched.entry.id, finding) ?? finding.foundAt;
  const change = shownChange(ground, watched, finding);
  if (change === null) return null;
  const { metric, shows } = change;
  const { outputs } = ground.store;
  const { id } = watched.entry;
  const seen = outputs
    .between(id, since, Number.MAX_SAFE_INTEGER, searched)
    .flatMap(({ output, observed }) => {
      const value = observed[metric];
      return value === undefined ? [] : [{ segment: output.segment, hit: shows(value) }];
    });
  return sayCarrying(seen);
}

/** The sentence for outputs with their segments, and whether each shows the finding. */
export function sayCarrying(
  seen: readonly { readonly segment: string | null; readonly hit: boolean }[],
): string | null {
  const all = countOf(seen);
  const [highest] = [...new Set(seen.map((each) => each.segment))]
    .flatMap((segment) => {
      const counts = countOf(seen.filter((each) => each.segment === segment));
      return segment === null || counts.n < fewestOutputs ? [] : [{ segment, counts }];
    })
    .sort((left, right) => right.counts.hits / right.counts.n - left.counts.hits / left.counts.n);
  if (highest === undefined) return null;
  const rest = subtractCounts(all, highest.counts);
  if (rest.n === 0 || wilsonInterval(highest.counts).low <= wilsonInterval(rest).high) return null;
  return `mostly in segment “${highest.segment}”: ${sayOf(highest.counts)}; elsewhere, ${sayOf(rest)}`;
}

function countOf(seen: readonly { readonly hit: boolean }[]): Counts {
  return { hits: seen.filter((each) => each.hit).length, n: seen.length };
}
