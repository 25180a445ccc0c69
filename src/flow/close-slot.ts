/**
 * A run: one automation, one slot, one transaction. Takes the outputs that wait, draws the sample, feeds the metrics,
 * raises findings. Synchronous on purpose: everything that had to be awaited (reading, judging) lies before it.
 * In: the slot. Out: the run in the store. Never reads a source, never sends.
 */
import type { StoredFinding } from "../store/finding.js";
import type { WaitingOutput } from "../store/output.js";
import type { AlarmLevels } from "./alarm-levels.js";
import { sampleTimes } from "./changes/sample-times.js";
import { followMetrics, valuesOfOutputs } from "./follow-metrics.js";
import { followVolume, toldOnce } from "./follow-volume.js";
import { reviewGolden } from "./golden-review.js";
import type { Ground, Watched } from "./ground.js";
import { addJudged, type JudgedSlot, waitingFor } from "./judge-slot.js";
import { heldChecks } from "./learning/held-checks.js";
import type { MetricBook } from "./metric-book.js";
import { outlivedKeys } from "./outlived.js";
import { raise } from "./raise.js";
import { tellAlso, tellUntold } from "./tell.js";
import { silenceFound, silenceKey } from "./watch-silence.js";
import { zeroToleranceFound } from "./zero-tolerance.js";

/** Which run, and how. */
export interface Slot {
  readonly at: number;
  readonly part: number;
  /** Most outputs of this run; null: all that wait before the slot. */
  readonly most: number | null;
  /** True while history is replayed: nobody is told, and metrics are judged at the end. */
  readonly replay: boolean;
  /** True when the daemon was down at the slot: nobody is told. */
  readonly silent: boolean;
  /** What to record when nothing waited; null: a run with no outputs. */
  readonly emptyReason: string | null;
}

/** What closing a slot came to. */
interface Closed {
  /** Outputs the run took; 0 also where the slot had been dealt with before. */
  readonly outputs: number;
  /** What joined an incident people know while nobody was told: the next slot that speaks tells it. */
  readonly heldBack: readonly StoredFinding[];
}

/** Closes one slot; call inside a transaction. */
export function closeSlot(
  ground: Ground,
  watched: Watched,
  book: MetricBook,
  slot: Slot,
  before: {
    readonly levels: AlarmLevels;
    readonly heldBack: readonly StoredFinding[];
    /** What was asked about the sample; null: nobody was asked. */
    readonly judged: JudgedSlot | null;
  },
): Closed {
  const { store, clock } = ground;
  const { heldBack, judged } = before;
  const { id } = watched.entry;
  const key = { automation: id, kind: "sampled" as const, slotAt: slot.at, part: slot.part };
  const now = clock.now();
  const waiting = waitingFor(ground, watched, slot).filter(
    (each) => judged === null || judged.taken.has(each.key),
  );
  if (waiting.length === 0 && slot.emptyReason !== null) {
    store.runs.skip(key, now, slot.emptyReason);
    return { outputs: 0, heldBack };
  }
  const run = store.runs.begin(key, now);
  if (run === null) return { outputs: 0, heldBack };
  const assigned = assign(ground, watched, slot, run, waiting);
  const drawn = judged === null ? assigned : addJudged(ground, watched, assigned, judged);
  // history without times is cut into numbered runs of one slot
  const nameOf = (runId: number) =>
    slot.most === null ? null : `run ${(store.runs.get(runId)?.part ?? 0) + 1}`;
  const followed = followMetrics(
    watched,
    book,
    {
      ...{ runId: run, at: slot.at, valuesOf: valuesOfOutputs(drawn), replay: slot.replay, nameOf },
      held: heldChecks(ground, id),
    },
    before.levels,
  );
  const volume = followVolume(
    ground,
    watched,
    book,
    { ...slot, runId: run, untimed: slot.most !== null },
    before.levels,
  );
  const recovered = new Set([...followed.endedKeys, ...volume.endedKeys]);
  const outlived = outlivedKeys(ground, watched, book).filter((key) => !recovered.has(key));
  const zero = zeroToleranceFound(ground, watched, run, slot.at);
  const unusualGap = slot.replay || slot.silent ? [] : silenceFound(ground, watched, slot.at);
  const silence = toldOnce(ground, watched, volume, unusualGap);
  const review = slot.replay ? { found: [], endedKeys: [] } : reviewGolden(watched, slot.at);
  store.runs.finish(run, {
    state: "done",
    at: now,
    reason: null,
    outputs: waiting.length,
    drawn: drawn.length,
  });
  const joined = raise(ground, {
    automation: id,
    kind: "outputs",
    at: slot.at,
    found: [
      ...followed.found,
      ...silence.volume,
      ...zero.found,
      ...silence.scheduled,
      ...review.found,
      ...(judged?.found ?? []),
    ],
    endedKeys: [
      ...followed.endedKeys,
      ...volume.endedKeys,
      ...zero.endedKeys,
      ...outlived,
      ...review.endedKeys,
      ...(judged?.endedKeys ?? []),
      ...(unusualGap.length === 0 && waiting.length > 0 ? [silenceKey] : []),
    ],
    outlived,
  });
  if (slot.replay) return { outputs: waiting.length, heldBack };
  const told = joined.filter((each) => isKnown(ground, each));
  if (slot.silent) return { outputs: waiting.length, heldBack: [...heldBack, ...told] };
  // what is told is read from the store
  book.save(now);
  tell(ground, watched, [...heldBack, ...told], now);
  return { outputs: waiting.length, heldBack: [] };
}

/** True when people know the incident that the finding joined. */
function isKnown(ground: Ground, joined: StoredFinding): boolean {
  return joined.incident !== null && ground.store.incidents.get(joined.incident)?.toldStatus !== null;
}

function tell(ground: Ground, watched: Watched, joined: readonly StoredFinding[], now: number): void {
  const active = new Set(ground.store.findings.active(watched.entry.id).map((each) => each.id));
  for (const { id, incident, finding } of joined)
    if (incident !== null && active.has(id)) tellAlso(ground, watched, incident, finding, now);
  tellUntold(ground, watched, now);
}

/** Draws the sample and gives every output to the run. Returns those that count. */
function assign(
  ground: Ground,
  watched: Watched,
  slot: Slot,
  run: number,
  waiting: readonly WaitingOutput[],
): readonly WaitingOutput[] {
  // of the past no more can be learned sooner, and a replay must come to the same whatever it found on its way
  const times = slot.replay ? 1 : sampleTimes(ground, watched, slot.at);
  const draws = new Map(watched.draw(waiting, watched.entry.id, times).map((each) => [each.id, each]));
  for (const { key, id } of waiting) ground.store.outputs.assign(key, run, draws.get(id) ?? notDrawn);
  return waiting.filter(({ id }) => draws.get(id)?.drawn === true);
}

const notDrawn = { drawn: false, stratum: null, inclusion: 0 };
