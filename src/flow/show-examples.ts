import type { Finding } from "../domain/finding.js";
import type { Output } from "../domain/output.js";
import type { ShareName } from "../drift/explanation.js";
import { metricKind } from "../drift/kinds/registry.js";
import type { StoryExample } from "../notify/story.js";
import { changedSince } from "./changed-since.js";
import type { Ground, Watched } from "./ground.js";

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
    value !== undefined && isIn(explanation.share, value);
  const { outputs } = ground.store;
  const after = outputs.between(watched.entry.id, since, Number.MAX_SAFE_INTEGER, searched);
  const before = outputs.between(watched.entry.id, 0, since, searched);
  const rose = explanation.since.hits / explanation.since.n > explanation.before.hits / explanation.before.n;
  return [
    ...after
      .filter((each) => each.observed[metric] !== undefined && belongs(each.observed[metric]) === rose)
      .slice(0, 2)
      .map((each) => example("changed", each.output, `${plan.title}: ${String(each.observed[metric])}`)),
    ...before
      .filter((each) => each.observed[metric] !== undefined && belongs(each.observed[metric]) !== rose)
      .slice(0, 1)
      .map((each) => example("usual", each.output, `${plan.title}: ${String(each.observed[metric])}`)),
  ];
}

function isIn(share: ShareName, value: boolean | number | string): boolean {
  switch (share.kind) {
    case "pass":
      return value === true;
    case "category":
      return value === share.category;
    case "never-seen":
      return false;
    case "above":
      return typeof value === "number" && value > share.cut;
    case "below":
      return typeof value === "number" && value < share.cut;
    case "outside":
      return typeof value === "number" && (value < share.cut[0] || value > share.cut[1]);
  }
}

function example(kind: StoryExample["kind"], output: Output, reason: string | null): StoryExample {
  return { kind, id: output.id, at: output.at, reason, excerpt: output.text.slice(0, excerptLength) };
}
