import type { Finding } from "../domain/finding.js";
import type { Output } from "../domain/output.js";
import type { Value } from "../drift/metric.js";
import type { StoryExample } from "../notify/story.js";
import { changedSince } from "./changed-since.js";
import { commonestFirst, mostTypical, nearestInput } from "./choose-examples.js";
import { goldenMetric } from "./golden-metric.js";
import type { Ground, Watched } from "./ground.js";
import { type ShownChange, sayShownValue, shownChange } from "./shown-change.js";
import { turnedExamples } from "./turned-examples.js";

/** Outputs looked through for examples, on each side of the change. */
const searched = 400;
/** Outputs that show a finding. */
const shown = 3;
/** Characters of an output that a message may show; the channel cuts further. */
const excerptLength = 600;

/** Three outputs that best show what is meant, the clearest first, and an earlier one as usual for such an input; of a golden set its answers. */
export function showExamples(ground: Ground, watched: Watched, finding: Finding): readonly StoryExample[] {
  const since = changedSince(ground, watched.entry.id, finding) ?? finding.foundAt;
  if (finding.metric === goldenMetric) return turnedExamples(ground, watched, finding);
  if (finding.rule === "report") return ofReports(ground, watched, finding);
  if (finding.check !== null) return ofCheck(ground, watched, finding.check, since);
  const change = shownChange(ground, watched, finding);
  return change === null ? [] : ofMetric(ground, watched, change, since);
}

/** The output that people reported, with their words. */
function ofReports({ store }: Ground, { entry }: Watched, { metric }: Finding): readonly StoryExample[] {
  const last = metric === null ? undefined : store.reports.ofSubject(entry.id, metric).at(-1);
  if (last === undefined || last.output === null) return [];
  const found = store.outputs.byId(entry.id, last.output);
  return found === null ? [] : [example("wrong", found.output, `${last.who}: ${last.what}`)];
}

function ofCheck(ground: Ground, watched: Watched, check: string, since: number): readonly StoryExample[] {
  const { outputs } = ground.store;
  const { id } = watched.entry;
  const wrong = commonestFirst(outputs.failingSince(id, check, since, searched), shown);
  const before = outputs.passingBefore(id, check, since, searched);
  const right = nearestInput(before, wrong[0]?.output ?? null);
  return [
    ...wrong.map((each) => example("wrong", each.output, each.reason)),
    ...(right === null ? [] : [example("right", right.output, null)]),
  ];
}

function ofMetric(
  ground: Ground,
  watched: Watched,
  change: ShownChange,
  since: number,
): readonly StoryExample[] {
  const { metric, shows } = change;
  const valued = (from: number, to: number) =>
    ground.store.outputs.between(watched.entry.id, from, to, searched).flatMap(({ output, observed }) => {
      const value = observed[metric];
      return value === undefined ? [] : [{ output, value }];
    });
  const changed = clearest(valued(since, Number.MAX_SAFE_INTEGER).filter((each) => shows(each.value)));
  const earlier = nearestInput(
    valued(0, since).filter((each) => !shows(each.value)),
    changed[0]?.output ?? null,
  );
  return [
    ...changed.map((each) => example("changed", each.output, sayShownValue(change, each.value))),
    ...(earlier === null ? [] : [example("usual", earlier.output, sayShownValue(change, earlier.value))]),
  ];
}

function clearest<Valued extends { readonly value: Value }>(valued: readonly Valued[]): readonly Valued[] {
  const numbered = valued.flatMap((each) =>
    typeof each.value === "number" ? [{ of: each, value: each.value }] : [],
  );
  return numbered.length === 0 ? valued.slice(0, shown) : mostTypical(numbered, shown).map((each) => each.of);
}

function example(kind: StoryExample["kind"], output: Output, reason: string | null): StoryExample {
  return { kind, id: output.id, at: output.at, reason, excerpt: output.text.slice(0, excerptLength) };
}
