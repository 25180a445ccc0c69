import type { SeenValue } from "../../store/seen-value.js";

/** A value that comes back after so long without it counts as changed again. */
const backAfterMs = 14 * 86_400_000;
/** Of the first outputs that name any value, all values are what the automation starts with. */
const startingOutputs = 20;

/** One value in one output. */
export interface NamedValue {
  readonly value: string;
  readonly at: number;
}

/** What a page of outputs says about one kind of value. */
export interface ValuePlan {
  /** At most one a page: the latest. */
  readonly change: { readonly at: number; readonly from: string | null; readonly to: string } | null;
  /** Everything seen so far, to be stored. */
  readonly seen: readonly SeenValue[];
}

/**
 * Which values are new. A value never seen before is a change, and so is one that comes back after 14 days during
 * which others were named; two that take turns are none, however often they do. Of history that is read newest first,
 * the older value is what it changed from.
 */
export function planValues(known: readonly SeenValue[], named: readonly NamedValue[]): ValuePlan {
  const seen = new Map(known.map((each) => [each.value, each]));
  const ordered = [...named].sort((left, right) => left.at - right.at);
  let change: ValuePlan["change"] = null;
  for (const [index, { value, at }] of ordered.entries()) {
    const before = seen.get(value);
    const other = latestOther([...seen.values()], value);
    const starting = known.length === 0 && index < startingOutputs;
    if (before === undefined && other !== null && !starting) change = changed(seen, other, { value, at });
    else if (before !== undefined && other !== null && cameBack(before, other, at))
      change = { at, from: other.value, to: value };
    seen.set(value, {
      value,
      firstSeenAt: Math.min(before?.firstSeenAt ?? at, at),
      lastSeenAt: Math.max(before?.lastSeenAt ?? at, at),
    });
  }
  return { change, seen: [...seen.values()] };
}

function cameBack(before: SeenValue, other: SeenValue, at: number): boolean {
  return at - before.lastSeenAt >= backAfterMs && other.lastSeenAt > before.lastSeenAt;
}

/** Older than everything known: what was known first is what came after it. */
function changed(seen: ReadonlyMap<string, SeenValue>, other: SeenValue, fresh: NamedValue) {
  const first = [...seen.values()].reduce((a, b) => (b.firstSeenAt < a.firstSeenAt ? b : a));
  if (fresh.at < first.firstSeenAt) return { at: first.firstSeenAt, from: fresh.value, to: first.value };
  return { at: fresh.at, from: other.value, to: fresh.value };
}

function latestOther(seen: readonly SeenValue[], value: string): SeenValue | null {
  return seen.reduce<SeenValue | null>(
    (latest, each) =>
      each.value !== value && (latest === null || each.lastSeenAt > latest.lastSeenAt) ? each : latest,
    null,
  );
}
