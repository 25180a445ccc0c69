/**
 * Markers from what outputs say they were made with: model, provider's fingerprint, prompt and workflow version.
 * In: outputs as they are taken in, within their transaction. Out: markers, and what was seen so far.
 */
import type { SeenKind } from "../../domain/change-marker.js";
import type { NewOutput } from "../../store/output.js";
import { excerpt } from "../../text/excerpt.js";
import { redactText } from "../../text/redact.js";
import type { Ground, Watched } from "../ground.js";
import { noteMarker } from "./note-marker.js";
import { planValues } from "./plan-values.js";

const kinds: readonly SeenKind[] = ["model", "fingerprint", "prompt", "workflow"];
const longestValue = 200;
/** A field that changes more often in a month is no version; further values of it make no marker. */
const mostMarkersAMonth = 20;
const monthMs = 30 * 86_400_000;

/** Notes the values of outputs that are new to the store; call inside a transaction. */
export function noteValues(ground: Ground, watched: Watched, outputs: readonly NewOutput[]): void {
  const { id } = watched.entry;
  const { seen, changes } = ground.store;
  for (const kind of kinds) {
    const named = outputs.flatMap((each) => {
      const value = namedValue(each, kind);
      return value === null ? [] : [{ value, at: each.output.at }];
    });
    if (named.length === 0) continue;
    const plan = planValues(seen.list(id, kind), named);
    seen.putAll(id, kind, plan.seen);
    const { change } = plan;
    if (change === null || changes.countSince(id, kind, change.at - monthMs) >= mostMarkersAMonth) continue;
    noteMarker(ground, watched, { ...change, kind, who: "evenkeel", note: null });
  }
}

function namedValue({ output, versions }: NewOutput, kind: SeenKind): string | null {
  if (kind === "model") return output.model === null ? null : excerpt(output.model, longestValue);
  const value = versions?.[kind] ?? null;
  return value === null ? null : excerpt(redactText(value), longestValue);
}
