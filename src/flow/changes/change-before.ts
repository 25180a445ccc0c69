import type { Finding } from "../../domain/finding.js";
import { dayMs } from "../../domain/time.js";
import { changedSince } from "../changed-since.js";
import type { Ground } from "../ground.js";
import { type NearChange, nearestChange } from "./nearest-change.js";

/** How far back the usual model is looked for. */
const modelLookBackMs = 14 * dayMs;

/** The nearest marker before the estimated start; without one, what the outputs say of their model. */
export function changeBefore(ground: Ground, automation: string, finding: Finding): NearChange | null {
  if (finding.changedAt === null || finding.rule === "blind") return null;
  const marked = nearestChange(ground, automation, finding.changedAt);
  if (marked !== null) return marked;
  const what = modelChange(ground, automation, finding);
  return what === null ? null : { what, beforeMs: 0 };
}

/** "the model changed from a to b", when most outputs name another model since the change than before it. */
function modelChange(ground: Ground, automation: string, finding: Finding): string | null {
  const changedAt = changedSince(ground, automation, finding);
  if (changedAt === null) return null;
  const { outputs } = ground.store;
  const before = outputs.commonModel(automation, changedAt - modelLookBackMs, changedAt);
  const since = outputs.commonModel(automation, changedAt, Number.MAX_SAFE_INTEGER);
  return before === null || since === null || before === since
    ? null
    : `the model changed from ${before} to ${since}`;
}
