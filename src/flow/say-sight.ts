import type { ShareName } from "../drift/explanation.js";
import type { PointsToNotice, Sight } from "../drift/sight.js";
import { sayWait } from "../wording/durations.js";
import { sayAbout, sayReckoned } from "../wording/numbers.js";
import { sayCut } from "./describe.js";
import { sayPath } from "./describe-shape.js";
import type { MetricPlan } from "./ground.js";

const weekMs = 7 * 86_400_000;

/** In what a metric counts, and how many of them come. */
export interface Counting {
  readonly noun: "outputs" | "runs";
  readonly perWeek: number | null;
}

/** "A fall from 95% to 85% needs about 130 outputs, 11 weeks; to 75% about 40, 3 weeks. Falls to 82% or lower ...". */
export function saySight(sight: Sight, towards: "less" | "more", counting: Counting): string {
  const { changes, nearest } = sight;
  const move = towards === "less" ? "fall" : "rise";
  const usual = sayReckoned(sight.usual);
  const smallest =
    nearest === null
      ? `no ${move} from ${usual} can be shown yet`
      : `${move}s to ${sayReckoned(nearest)} or ${towards === "less" ? "lower" : "higher"} can be shown now`;
  const [first, ...others] = changes;
  if (first === undefined || nearest === null) return `usually ${usual}; ${smallest}`;
  const clauses = [
    `a ${move} from ${usual} to ${sayReckoned(first.after)} ${sayNeed(first, counting)}`,
    ...others.map((each) => `to ${sayReckoned(each.after)} ${sayNeed(each, counting)}`),
  ];
  return `${clauses.join("; ")}; ${smallest}`;
}

function sayNeed({ outputs }: PointsToNotice, { noun, perWeek }: Counting): string {
  if (outputs === null) return "cannot be shown yet";
  const wait = perWeek === null || perWeek <= 0 ? "" : `, ${sayWait((outputs / perWeek) * weekMs)}`;
  return `needs ${sayAbout(outputs)} ${noun}${wait}`;
}

/** "outputs with length above 58 characters": the share a sentence is about; null where the title says it. */
export function sayShareOf(share: ShareName, plan: MetricPlan): string | null {
  switch (share.kind) {
    case "pass":
      return null;
    case "above":
    case "below":
    case "outside":
      return `${plan.perRun === null ? "outputs" : "runs"} with ${plan.title} ${sayCut(share, plan)}`;
    case "category":
      return `outputs with ${plan.title} “${share.category}”`;
    case "never-seen":
      return `outputs with a ${plan.title} never seen before`;
    case "present":
      return share.path === "$" ? "outputs of the usual form" : `outputs with ${sayPath(share)}`;
    case "new-field":
      return "outputs with a new field";
  }
}
