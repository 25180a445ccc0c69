import type { Finding } from "../domain/finding.js";
import { upperFirst } from "../wording/sentences.js";
import { carryingSegment } from "./carrying-segment.js";
import { sayCompared } from "./changes/nearest-change.js";
import type { Ground, Watched } from "./ground.js";
import { movedTogether } from "./moved-together.js";
import { workRemarks } from "./work-remarks.js";

/** The finding that leads an incident, among all that the incident tells. */
export interface Told {
  readonly main: Finding;
  readonly told: readonly Finding[];
  /** Of an incident that is over, what inputs and other metrics do by now says nothing. */
  readonly isOver: boolean;
}

/**
 * What else is known about a finding, a sentence each: the categories that gave or took the mass, whether the work
 * changed, what moved with it, which segment carries it, and the comparison at the change named beside it.
 */
export function remarksOf(ground: Ground, watched: Watched, { main, told, isOver }: Told): readonly string[] {
  if (main.rule === "blind") return [];
  const moved = isOver ? [] : movedTogether(ground, watched, main, told);
  const segment = isOver ? null : carryingSegment(ground, watched, main);
  return [
    ...categoryRemark(main),
    ...(isOver ? [] : workRemarks(ground, watched, main)),
    ...(moved.length === 0 ? [] : [`Moved at the same time: ${moved.join("; ")}`]),
    ...(segment === null ? [] : [upperFirst(segment)]),
    ...(main.changedAt === null ? [] : sayCompared(ground, watched.entry.id, main.changedAt)),
  ];
}

/** What a category's sentence says after its headline. */
function categoryRemark({ metric, sentence }: Finding): readonly string[] {
  if (metric === null || !/^(category|field):/.test(metric)) return [];
  const rest = sentence.split("; ").slice(1).join("; ");
  return rest === "" ? [] : [`At the same time ${rest}`];
}
