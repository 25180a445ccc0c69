import type { Finding } from "../domain/finding.js";
import type { Output } from "../domain/output.js";
import type { ShareChange } from "../drift/explanation.js";
import { metricKind } from "../drift/kinds/registry.js";
import type { StoryExample } from "../notify/story.js";
import { fieldOf, lineOf, shapeLines } from "../text/json-shape.js";
import { changedSince } from "./changed-since.js";
import { sayPath, sayType } from "./describe-shape.js";
import type { Ground, MetricPlan, Watched } from "./ground.js";

/** Outputs looked through for examples of a category or number. */
const searched = 400;
/** Characters of an output that a message may show; the channel cuts further. */
const excerptLength = 600;

/** Two outputs that show what is meant and one earlier that was as usual, newest first. */
export function showExamples(ground: Ground, watched: Watched, finding: Finding): readonly StoryExample[] {
  const since = changedSince(ground, watched.entry.id, finding) ?? finding.foundAt;
  if (finding.check !== null) return ofCheck(ground, watched, finding.check, since);
  if (finding.metric === null) return [];
  return ofMetric(ground, watched, finding.metric, since);
}

/** Runs looked through for the one before a change; the drift room searches no further back either. */
const latestRuns = 250;

/** The outputs of the first changed run were produced after the slot before it. */
function slotBefore(ground: Ground, watched: Watched, slotAt: number): number {
  const runs = ground.store.runs.list(watched.entry.id, latestRuns);
  return runs.find((run) => run.kind === "sampled" && run.slotAt < slotAt)?.slotAt ?? slotAt;
}

function ofCheck(ground: Ground, watched: Watched, check: string, since: number): readonly StoryExample[] {
  const { outputs } = ground.store;
  const wrong = outputs
    .failingSince(watched.entry.id, check, since, 2)
    .map((each) => example("wrong", each.output, each.reason));
  const right = outputs
    .passingBefore(watched.entry.id, check, since, 1)
    .map((each) => example("right", each.output, null));
  return [...wrong, ...right];
}

function ofMetric(ground: Ground, watched: Watched, metric: string, since: number): readonly StoryExample[] {
  const plan = watched.metrics.find((each) => each.id === metric);
  const row = ground.store.metrics.get(watched.entry.id, metric);
  if (plan === undefined || row === null) return [];
  const explanation = metricKind(row.kind).decode(plan.settings, row.state).explain();
  if (explanation?.what !== "shares") return [];
  const belongs = (value: boolean | number | string | undefined) =>
    value !== undefined && isIn(explanation, value);
  const { outputs } = ground.store;
  const from = slotBefore(ground, watched, since);
  const after = outputs.between(watched.entry.id, from, Number.MAX_SAFE_INTEGER, searched);
  const before = outputs.between(watched.entry.id, 0, from, searched);
  const rose = explanation.since.hits / explanation.since.n > explanation.before.hits / explanation.before.n;
  return [
    ...after
      .filter((each) => each.observed[metric] !== undefined && belongs(each.observed[metric]) === rose)
      .slice(0, 2)
      .map((each) => example("changed", each.output, reasonOf(plan, explanation, each.observed[metric]))),
    ...before
      .filter((each) => each.observed[metric] !== undefined && belongs(each.observed[metric]) !== rose)
      .slice(0, 1)
      .map((each) => example("usual", each.output, reasonOf(plan, explanation, each.observed[metric]))),
  ];
}

function isIn({ share, newcomers }: ShareChange, value: boolean | number | string): boolean {
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

/** What of the output shows the change: "`total` is missing", "`total` is a text", "category: billing". */
function reasonOf(
  plan: MetricPlan,
  change: ShareChange,
  value: boolean | number | string | undefined,
): string {
  const { share, newcomers } = change;
  if (typeof value !== "string" || (share.kind !== "present" && share.kind !== "new-field"))
    return `${plan.title}: ${String(value)}`;
  const fields = shapeLines(value).map(fieldOf);
  const arrived = firstNew(newcomers, value);
  const about = share.kind === "present" ? share : arrived === null ? null : fieldOf(arrived);
  if (about === null) return "has the fields that are usual";
  const types = fields.filter(({ path }) => path === about.path).map(sayType);
  return types.length === 0 ? `${sayPath(about)} is missing` : `${sayPath(about)} is ${types.join(" or ")}`;
}

function example(kind: StoryExample["kind"], output: Output, reason: string | null): StoryExample {
  return { kind, id: output.id, at: output.at, reason, excerpt: output.text.slice(0, excerptLength) };
}
