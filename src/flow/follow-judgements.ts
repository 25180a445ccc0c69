/**
 * What people say of outputs that chance picked, fed to the metric that follows it. In: judgements on which nobody has
 * said anything more for a day. Out: findings in the store; call inside a transaction.
 *
 * Each output counts once, in the order outputs were made as far as the judgements of a day tell, however many people
 * looked at it: where they disagree, or nobody can tell, it waits until they agree, for 13 weeks at most. A word that
 * changes after it was counted changes nothing here; the estimate of true quality goes by the last word.
 */
import { truthOf } from "../domain/judgement.js";
import { dayMs } from "../domain/time.js";
import type { AlarmLevels } from "./alarm-levels.js";
import { type Followed, followMetric, keyOf } from "./follow-metrics.js";
import type { Ground, MetricPlan, Watched } from "./ground.js";
import { qualityWeeks } from "./human-quality.js";
import { openBook } from "./metric-book.js";
import { humanPassShare } from "./people-metrics.js";
import { raise } from "./raise.js";
import { tellUntold } from "./tell.js";

/** So long a person may think again, and another look at the same output, before it counts. */
const settledAfterMs = dayMs;

/** An output that people agree on. */
interface Agreed {
  readonly spotCheck: number;
  readonly at: number;
  readonly right: boolean;
}

/** Follows what people have said of one automation. */
export function followJudgements(ground: Ground, watched: Watched, levels: AlarmLevels): void {
  const plan = watched.metrics.find(({ id }) => id === humanPassShare);
  if (plan === undefined) return;
  const now = ground.clock.now();
  const agreed = agreedBy(ground, watched, now);
  if (agreed.length === 0) return;
  const { found, endedKeys } = feed(ground, watched, { plan, agreed, now, levels });
  raise(ground, { automation: watched.entry.id, kind: "outputs", at: now, found, endedKeys });
  tellUntold(ground, watched, now);
}

function agreedBy({ store }: Ground, { entry }: Watched, now: number): readonly Agreed[] {
  const span = { after: now - qualityWeeks * 7 * dayMs, settledBy: now - settledAfterMs };
  return store.spotChecks.unfollowed(entry.id, span).flatMap(({ id, at, ...counts }) => {
    const truth = truthOf(counts);
    return truth === "right" || truth === "wrong" ? [{ spotCheck: id, at, right: truth === "right" }] : [];
  });
}

function feed(
  ground: Ground,
  watched: Watched,
  of: { plan: MetricPlan; agreed: readonly Agreed[]; now: number; levels: AlarmLevels },
): Followed {
  const { plan, agreed, now, levels } = of;
  const book = openBook(ground, watched);
  let last: Followed = { found: [], endedKeys: [] };
  let ended = false;
  for (const { spotCheck, at, right } of agreed) {
    last = followMetric(watched, book, {
      plan,
      observed: { runId: spotCheck, at, values: [right] },
      run: { runId: spotCheck, at: now, replay: false, nameOf: () => null },
      levels,
    });
    ended ||= last.endedKeys.length > 0;
    ground.store.spotChecks.markFollowed(spotCheck, now);
  }
  book.save(now);
  const alarmed = book.get(plan).metric.phase === "alarmed";
  return { found: last.found, endedKeys: ended && !alarmed ? [keyOf(plan)] : [] };
}
