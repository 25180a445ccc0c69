import type { Finding } from "../domain/finding.js";
import type { Explanation } from "../drift/explanation.js";
import { metricKind } from "../drift/kinds/registry.js";
import { passesGate } from "../drift/shares/effect-gate.js";
import type { MetricRow } from "../store/metric.js";
import { type AlarmLevels, alarmLevelOf, alarmLevels } from "./alarm-levels.js";
import { sayHeadline } from "./describe.js";
import type { Ground, MetricPlan, Watched } from "./ground.js";
import { aboutInputs } from "./input-metrics.js";

/** Starts are estimates: so many runs apart they are one. */
const runsApart = 2;
/** Metrics named at most. */
const named = 3;
/** The part of the alarm level at which a metric is worth a mark; as in drift/. */
const warningPart = 1 / 30;

/**
 * What else moved when the finding began, the surest first: "usual length fell from 420 characters to about 180
 * characters". Findings that the incident tells anyway are left out.
 */
export function movedTogether(
  ground: Ground,
  watched: Watched,
  main: Finding,
  told: readonly Finding[],
): readonly string[] {
  const { changedAt } = main;
  if (changedAt === null || main.rule === "golden") return [];
  const known = new Set(told.map((finding) => finding.metric));
  // what moved about the inputs is said apart
  const others = watched.metrics.filter(
    (plan) => plan.level !== "record" && !known.has(plan.id) && !aboutInputs.has(plan.id),
  );
  const levels = ground.levels ?? alarmLevels(ground);
  return others
    .flatMap((plan) => {
      const explanation = moved(ground.store.metrics.get(watched.entry.id, plan.id), plan, levels);
      return explanation !== null && isTogether(ground, watched, changedAt, explanation.startAt)
        ? [{ plan, explanation }]
        : [];
    })
    .sort((left, right) => right.explanation.evidence - left.explanation.evidence)
    .slice(0, named)
    .map(({ plan, explanation }) => sayHeadline(plan, explanation));
}

/** The change of a metric that alarmed, or is near to it and large enough to be told. */
function moved(row: MetricRow | null, plan: MetricPlan, levels: AlarmLevels): Explanation | null {
  if (row === null || row.settingsHash !== plan.settingsHash || row.phase === "learning") return null;
  const level = alarmLevelOf(levels, plan);
  const alarmed = row.phase === "alarmed";
  if (!alarmed && (row.evidence ?? 0) < level * warningPart) return null;
  const explanation = metricKind(row.kind).decode(plan.settings, row.state).explain();
  if (explanation === null || alarmed || explanation.what !== "shares") return explanation;
  const { before, since } = explanation;
  return passesGate(before, since, plan.settings.minimumEffect) ? explanation : null;
}

function isTogether({ store }: Ground, watched: Watched, one: number, other: number): boolean {
  const [from, to] = [Math.min(one, other), Math.max(one, other)];
  // both ends are counted
  return store.runs.countBetween(watched.entry.id, from, to) <= runsApart + 1;
}
