import { StoreError } from "../domain/errors.js";
import type { Aside, Output, OutputDraft } from "../domain/output.js";
import { dayMs } from "../domain/time.js";
import { pass, type Verdict } from "../domain/verdict.js";
import type { NewOutput } from "../store/output.js";
import type { RoomLevel } from "../store/space.js";
import { redactAside } from "../text/redact.js";
import { noteValues } from "./changes/note-values.js";
import type { Ground, Watched } from "./ground.js";

/** How many outputs were new, known already, or known with other content. */
export interface TakenIn {
  readonly stored: number;
  readonly repeated: number;
  readonly conflicting: readonly string[];
}

/** Stores judged outputs and records put aside; call inside a transaction. Repeats are counted, never stored twice. */
export function takeIn(
  ground: Ground,
  watched: Watched,
  judged: readonly NewOutput[],
  asides: readonly Aside[],
): TakenIn {
  const { store } = ground;
  const room = store.state.room();
  if (room === "full")
    throw new StoreError("store-full", "the disk of the data folder is full: nothing is taken in", {
      retryable: true,
    });
  const conflicting: string[] = [];
  let stored = 0;
  let repeated = 0;
  // a golden answer that comes back through the source is no production output
  const taken =
    watched.golden === null
      ? kept(judged, room)
      : kept(judged, room).filter((each) => !store.golden.wasReceived(watched.entry.id, each.output.id));
  const keys = store.outputs.addAll(taken);
  for (const [at, each] of taken.entries()) {
    if (keys[at] !== null) {
      stored += 1;
      continue;
    }
    const known = store.outputs.knownHash(each.automation, each.origin, each.output.id);
    if (known === each.contentHash) repeated += 1;
    else conflicting.push(each.output.id);
  }
  noteValues(
    ground,
    watched,
    taken.filter((_, at) => keys[at] !== null),
  );
  const conflicts = conflicting.map((id) => ({
    where: `output ${id}`,
    reason: "this id was read before with other content; the first one stands",
    excerpt: "",
  }));
  // reasons and ids quote the record
  const told = [...asides, ...conflicts].map(redactAside);
  store.sources.putAside(watched.entry.id, told, ground.clock.now());
  return { stored, repeated, conflicting };
}

/** Where there is little room outputs are counted and judged, and neither their texts nor what quotes them is kept. */
function kept(judged: readonly NewOutput[], room: RoomLevel): readonly NewOutput[] {
  if (room !== "low") return judged;
  return judged.map((each) => ({
    ...each,
    withoutBody: true,
    output: withoutTexts(each.output),
    verdicts: new Map([...each.verdicts].map(([id, verdict]) => [id, withoutQuotes(verdict)])),
  }));
}

/** That something broke is still counted, what it said is not kept. */
function withoutTexts(output: Output): Output {
  return {
    ...output,
    text: "",
    fields: undefined,
    input: null,
    reference: null,
    finalText: null,
    user: null,
    link: null,
    error: output.error === null ? null : "",
  };
}

function withoutQuotes(verdict: Verdict): Verdict {
  const score = "score" in verdict && verdict.score !== undefined ? { score: verdict.score } : {};
  return verdict.status === "pass" ? pass(score) : { status: verdict.status, reason: "", ...score };
}

/** Further ahead than any clock is wrong. */
const aheadMs = dayMs;

/** Sets aside outputs that say they were produced more than a day from now: they would wait for a run that long. */
export function withoutFuture(
  drafts: readonly OutputDraft[],
  now: number,
): { outputs: readonly OutputDraft[]; asides: readonly Aside[] } {
  const isFuture = (draft: OutputDraft) => draft.at !== null && draft.at > now + aheadMs;
  return {
    outputs: drafts.filter((draft) => !isFuture(draft)),
    asides: drafts.filter(isFuture).map((draft) => ({
      where: `output ${draft.id}`,
      reason: `its time ${new Date(draft.at ?? now).toISOString()} is more than a day ahead; see whether "at" is mapped to the right field`,
      excerpt: "",
    })),
  };
}
