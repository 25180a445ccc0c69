/**
 * The intake of pushed outputs: check the text as it came, redact, store, answer.
 * In: the mapped records of one request. Out: what became of them; the answer is durable when this returns. Idempotent
 * on id: a repeat changes nothing, the same id with other content is a conflict. Counting waits for the automation's run.
 */
import type { Aside, OutputDraft } from "../domain/output.js";
import { dayMs } from "../domain/time.js";
import type { MappedBody } from "../sample/push-body.js";
import { redactAside } from "../text/redact.js";
import { sayCount } from "../wording/numbers.js";
import type { Ground, Watched } from "./ground.js";
import { judgeDrafts } from "./judge-drafts.js";
import { patiently } from "./patiently.js";
import { noteForeignRows } from "./register/foreign-rows.js";
import { type TakenIn, takeIn, withoutFuture } from "./take-in.js";

/** Older outputs have been forgotten: whether one is a repeat cannot be told any more. */
const oldestDays = 100;

/** Why nothing of a request is taken; null: none of its outputs is too old to tell a repeat. */
export function refusedAsOld(outputs: readonly OutputDraft[], now: number): string | null {
  const oldestAt = now - oldestDays * dayMs;
  const old = outputs.filter((each) => each.at !== null && each.at < oldestAt).length;
  if (old === 0) return null;
  return `${sayCount(old, "output")} of this request ${old === 1 ? "is" : "are"} more than ${oldestDays} days old; nothing of it was taken`;
}

/** Takes in the records of one request. */
export async function receiveOutputs(
  ground: Ground,
  watched: Watched,
  pushed: Pick<MappedBody, "outputs" | "asides"> & Partial<Pick<MappedBody, "foreign">>,
): Promise<TakenIn & { readonly asides: readonly Aside[] }> {
  const timely = withoutFuture(pushed.outputs, ground.clock.now());
  const judged = await judgeDrafts(watched, timely.outputs, "source", ground.clock.now());
  const asides = [...pushed.asides, ...timely.asides];
  const taken = await patiently(ground, () =>
    ground.store.together(() => {
      noteForeignRows(ground, watched, pushed.foreign ?? []);
      return takeIn(ground, watched, judged, asides);
    }),
  );
  // the answer may be logged on its way back
  return { ...taken, asides: asides.map(redactAside) };
}
