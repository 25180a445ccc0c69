/**
 * Drafts checks for an automation from its newest outputs. In: an automation, how many outputs. Out: suggestions and
 * what was read. It sees the outputs as they came, stores nothing, notifies nobody and changes no configuration.
 */
import { type Suggested, suggestChecks } from "../check/suggest/suggest-checks.js";
import type { Ground, Watched } from "./ground.js";
import { newestOutputs } from "./newest-outputs.js";

/** What was drafted, and from what. */
export interface Draft extends Suggested {
  readonly outputs: number;
  readonly from: number | null;
  readonly to: number | null;
  readonly asides: number;
  readonly unreadable: string | null;
}

/** Reads the newest outputs and drafts checks from them. */
export async function draftChecks(
  ground: Ground,
  watched: Watched,
  last: number,
  signal: AbortSignal,
): Promise<Draft> {
  const read = await newestOutputs(ground, watched, last, signal);
  const times = read.outputs.map(({ at }) => at).sort((left, right) => left - right);
  return {
    ...(await suggestChecks(read.outputs)),
    outputs: read.outputs.length,
    from: times[0] ?? null,
    to: times.at(-1) ?? null,
    asides: read.asides.length,
    unreadable: read.unreadable,
  };
}
