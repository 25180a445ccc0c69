import type { Finding } from "../domain/finding.js";
import type { ShareChange, ShareName } from "../drift/explanation.js";
import { metricKind } from "../drift/kinds/registry.js";
import type { Value } from "../drift/metric.js";
import { shareOf } from "../measure/counts.js";
import { fieldOf, lineOf, shapeLines } from "../text/json-shape.js";
import { sayPath, sayType } from "./describe-shape.js";
import type { Ground, MetricPlan, Watched } from "./ground.js";

/** By which of its values an output shows a finding. */
export interface ShownChange {
  /** Under which name outputs carry the value. */
  readonly metric: string;
  /** What is followed, and how it changed; null for a check, whose verdicts say why themselves. */
  readonly of: {
    readonly plan: MetricPlan;
    readonly change: ShareChange;
    /** True for a value that belongs to the share of which the finding speaks. */
    readonly isInShare: (value: Value) => boolean;
  } | null;
  readonly shows: (value: Value) => boolean;
}

/** What makes an output an example of a finding; null where no single output is one. */
export function shownChange(ground: Ground, watched: Watched, finding: Finding): ShownChange | null {
  const { check } = finding;
  if (check !== null) return { metric: `check:${check}`, of: null, shows: (value) => value === false };
  const plan = watched.metrics.find((each) => each.id === finding.metric);
  if (plan === undefined) return null;
  const row = ground.store.metrics.get(watched.entry.id, plan.id);
  if (row === null || row.settingsHash !== plan.settingsHash) return null;
  const change = metricKind(row.kind).decode(plan.settings, row.state).explain();
  if (change?.what !== "shares") return null;
  const { share, inside } = gaining(change);
  return {
    metric: plan.id,
    of: { plan, change, isInShare: (value) => isIn(change.share, value, change.newcomers) },
    shows: (value) => isIn(share, value, change.newcomers) === inside,
  };
}

/** The share that gained outputs; of categories the one that gained most where the finding is about a loss. */
function gaining(change: ShareChange): { share: ShareName; inside: boolean } {
  const gain = ({ since, before }: Pick<ShareChange, "since" | "before">) =>
    (shareOf(since) ?? 0) - (shareOf(before) ?? 0);
  if (gain(change) > 0) return { share: change.share, inside: true };
  const best = change.moved
    .filter((move) => move.share.kind === "category" && gain(move) > 0)
    .sort((left, right) => gain(right) - gain(left))[0];
  return change.share.kind === "category" && best !== undefined
    ? { share: best.share, inside: true }
    : { share: change.share, inside: false };
}

function isIn(share: ShareName, value: Value, newcomers: ShareChange["newcomers"]): boolean {
  switch (share.kind) {
    case "pass":
      return value === true;
    case "category":
      return value === share.category;
    case "never-seen":
      return newcomers.some((each) => each.value === value);
    case "present":
      return typeof value === "string" && shapeLines(value).includes(lineOf(share));
    case "new-field":
      return typeof value === "string" && firstNew(newcomers, value) !== null;
    case "above":
      return typeof value === "number" && value > share.cut;
    case "below":
      return typeof value === "number" && value < share.cut;
    case "outside":
      return typeof value === "number" && (value < share.cut[0] || value > share.cut[1]);
  }
}

/** The commonest of the new fields that is in this shape. */
function firstNew(newcomers: ShareChange["newcomers"], value: string): string | null {
  const lines = new Set(shapeLines(value));
  return newcomers.find((each) => lines.has(each.value))?.value ?? null;
}

/** What of an output shows the change: "`total` is missing", "`total` is a text", "category: billing". */
export function sayShownValue({ metric, of }: ShownChange, value: Value): string {
  if (of === null) return `${metric}: ${String(value)}`;
  const { share, newcomers } = of.change;
  if (typeof value !== "string" || (share.kind !== "present" && share.kind !== "new-field"))
    return `${of.plan.title}: ${String(value)}`;
  const arrived = firstNew(newcomers, value);
  const about = share.kind === "present" ? share : arrived === null ? null : fieldOf(arrived);
  if (about === null) return "has the fields that are usual";
  const types = shapeLines(value)
    .map(fieldOf)
    .filter(({ path }) => path === about.path)
    .map(sayType);
  return types.length === 0 ? `${sayPath(about)} is missing` : `${sayPath(about)} is ${types.join(" or ")}`;
}
