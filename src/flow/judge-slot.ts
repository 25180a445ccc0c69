/**
 * What has to be awaited before a slot is closed: the outputs that wait are looked at, the sample is drawn, and the
 * drawn ones are put to the checks that ask. The run then takes exactly the outputs seen here; one that comes in
 * meanwhile joins the next run.
 */
import { skipped } from "../domain/verdict.js";
import type { WaitingOutput } from "../store/output.js";
import { sampleTimes } from "./changes/sample-times.js";
import type { Slot } from "./close-slot.js";
import type { Ground, Watched } from "./ground.js";
import { askingChecks, type Judged, judgeOutputs, nobodyAsked } from "./judge-outputs.js";
import { scoreMetric } from "./plan-metrics.js";

/** Outputs one run may take; later ones join the next. */
const outputsPerRun = 50_000;

/** A slot whose sample has been judged. */
export interface JudgedSlot extends Judged {
  /** Keys of the outputs that the run takes. */
  readonly taken: ReadonlySet<number>;
}

/** The outputs that wait for a slot, oldest first. */
export function waitingFor(ground: Ground, watched: Watched, slot: Slot): readonly WaitingOutput[] {
  return ground.store.outputs.waitingBefore(watched.entry.id, slot.at, slot.most ?? outputsPerRun);
}

/** Judges the sample of a slot; null where nobody is asked: no check asks, or history is replayed, which costs nothing. */
export async function judgeSlot(
  ground: Ground,
  watched: Watched,
  slot: Slot,
  signal: AbortSignal,
): Promise<JudgedSlot | null> {
  const checks = askingChecks(watched);
  if (checks.length === 0 || slot.replay) return null;
  const { id } = watched.entry;
  const waiting = waitingFor(ground, watched, slot);
  const taken = new Set(waiting.map((each) => each.key));
  const state = ground.store.runs.stateOf({
    automation: id,
    kind: "sampled",
    slotAt: slot.at,
    part: slot.part,
  });
  if (state === "done" || state === "failed") return { ...nobodyAsked, taken };
  const times = sampleTimes(ground, watched, slot.at);
  const ids = new Set(watched.draw(waiting, id, times).flatMap((each) => (each.drawn ? [each.id] : [])));
  const drawn = waiting.filter((each) => ids.has(each.id));
  const judged = await judgeOutputs(ground, watched, {
    run: `sampled ${slot.at} ${slot.part}`,
    at: slot.at,
    outputs: drawn.flatMap((each) => (each.bodyGone ? [] : [each.output])),
    checks,
    signal,
  });
  // an empty text says nothing of the output, and asking costs
  const unasked = new Map(checks.map((check) => [check.id, skipped("its text is not kept")] as const));
  const gone = drawn.flatMap((each) => (each.bodyGone ? [[each.id, unasked] as const] : []));
  return { ...judged, verdicts: new Map([...judged.verdicts, ...gone]), taken };
}

/** Adds the verdicts that came from asking to the drawn outputs; call inside the run's transaction. */
export function addJudged(
  ground: Ground,
  watched: Watched,
  drawn: readonly WaitingOutput[],
  judged: Judged,
): readonly WaitingOutput[] {
  return drawn.map((each) => {
    const verdicts = judged.verdicts.get(each.output.id);
    if (verdicts === undefined || verdicts.size === 0) return each;
    const observed = { ...each.observed };
    const scores = new Set([...verdicts.keys()].map(scoreMetric));
    for (const plan of watched.metrics) {
      const beside = plan.id === "unsure" || scores.has(plan.id);
      const ofAsked = plan.check === null ? beside : verdicts.has(plan.check);
      const value = ofAsked ? plan.observe(each.output, verdicts) : undefined;
      // an output is one that a check could not tell about whichever check it was
      if (value !== undefined) observed[plan.id] = observed[plan.id] === true ? true : value;
    }
    const known = { key: each.key, at: each.output.at };
    ground.store.outputs.addVerdicts(watched.entry.id, known, { verdicts, observed });
    return { ...each, observed };
  });
}
