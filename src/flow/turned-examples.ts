/**
 * Which known answers turned, shown: what was asked, what was expected, what came. In: a finding about a golden set.
 * Out: the answers that show it, the surest case first, and what the first of them answered before.
 */
import type { Finding } from "../domain/finding.js";
import type { Output } from "../domain/output.js";
import { metricKind } from "../drift/kinds/registry.js";
import type { StoryExample } from "../notify/story.js";
import { excerpt } from "../text/excerpt.js";
import { textOfJson } from "../text/json-value.js";
import type { Ground, Watched } from "./ground.js";

/** Cases that show a finding. */
const shown = 3;
/** Characters of an answer that a message may show; the channel cuts further. */
const answerLength = 600;
/** Characters of what was asked, and of what was expected. */
const quotedLength = 80;

/** The newest wrong answer of up to three cases that turned, and the last good one of the first. */
export function turnedExamples(ground: Ground, watched: Watched, finding: Finding): readonly StoryExample[] {
  const { golden, metrics } = ground.store;
  const { id } = watched.entry;
  const plan = watched.metrics.find((each) => each.id === finding.metric);
  const row = plan === undefined ? null : metrics.get(id, plan.id);
  if (plan === undefined || row === null || row.settingsHash !== plan.settingsHash) return [];
  const change = metricKind(row.kind).decode(plan.settings, row.state).explain();
  if (change?.what !== "cases") return [];
  const wrong = change.turned.flatMap((turned) => {
    const answer = golden.failingSince(id, turned.case, change.startRunId);
    return answer === null ? [] : [{ case: turned.case, ...answer }];
  });
  const [first] = wrong;
  const before = first === undefined ? null : golden.passingBefore(id, first.case, change.startRunId);
  return [
    ...wrong
      .slice(0, shown)
      .map((each) => example("wrong", each.case, each.output, [...asked(each.output), each.reason])),
    ...(first === undefined || before === null ? [] : [example("right", first.case, before.output, [])]),
  ];
}

/** Both as they were put and compared in that run, and as redacted as they are stored. */
function asked({ input, reference }: Output): readonly string[] {
  const quoted = (text: string) => `“${excerpt(text, quotedLength)}”`;
  return [
    ...(input === null ? [] : [`asked ${quoted(input)}`]),
    ...(reference === null ? [] : [`expected ${quoted(textOfJson(reference))}`]),
  ];
}

function example(
  kind: StoryExample["kind"],
  id: string,
  { at, text }: Output,
  reasons: readonly (string | null)[],
): StoryExample {
  const said = reasons.filter((each) => each !== null && each !== "").join("; ");
  return { kind, id, at, reason: said === "" ? null : said, excerpt: text.slice(0, answerLength) };
}
