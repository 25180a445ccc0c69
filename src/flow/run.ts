/**
 * The journey of one automation through due slots: read the source, judge what is new, close each slot.
 * One slot that is due now is one transaction: outputs, verdicts, cursor, metrics, incident moves and the messages owed
 * are committed together; where checks ask models or services, outputs and answers are stored before. Missed slots and history are closed in order, in transactions of several whole runs.
 */
import type { Json } from "../domain/json.js";
import type { Aside, ForeignRow } from "../domain/output.js";
import type { StoredFinding } from "../store/finding.js";
import type { NewOutput } from "../store/output.js";
import { redactText } from "../text/redact.js";
import type { AlarmLevels } from "./alarm-levels.js";
import { cannotRead, sightRegained } from "./blind.js";
import { closeSlot, type Slot } from "./close-slot.js";
import { earnStandings } from "./earn-standing.js";
import type { Ground, Watched } from "./ground.js";
import { breath, judgeDrafts } from "./judge-drafts.js";
import { askingChecks } from "./judge-outputs.js";
import { judgeSlot } from "./judge-slot.js";
import { openBook } from "./metric-book.js";
import { readSource } from "./read-source.js";
import { noteForeignRows } from "./register/foreign-rows.js";
import { takeIn, withoutFuture } from "./take-in.js";

/** Whole runs committed together while several slots are closed at once. */
const runsPerTransaction = 50;

/** What a journey came to. */
export interface RunReport {
  readonly automation: string;
  readonly slots: number;
  readonly outputs: number;
  /** Why the source could not be read; null: it could. */
  readonly unreadable: string | null;
}

/** How far a long journey has come. */
export interface Progress {
  readonly automation: string;
  readonly doing: "reading" | "replaying";
  /** Outputs read, or runs replayed. */
  readonly done: number;
  /** null where the end is not known. */
  readonly of: number | null;
}

/** How the journey is made. */
export interface RunOptions {
  readonly signal: AbortSignal;
  readonly levels: AlarmLevels;
  /** Waits and tries again when the source does not answer. */
  readonly patient: boolean;
  /** Told after each page and each transaction. */
  readonly onProgress?: (progress: Progress) => void;
}

interface LastPage {
  readonly judged: readonly NewOutput[];
  readonly asides: readonly Aside[];
  readonly foreign: readonly ForeignRow[];
  readonly cursor: Json | null;
}

/** Runs the given slots, oldest first; all but the last were missed and stay silent. */
export async function runSlots(
  ground: Ground,
  watched: Watched,
  slots: readonly number[],
  options: RunOptions,
): Promise<RunReport> {
  const newest = slots.at(-1);
  const report = { automation: watched.entry.id, slots: slots.length, outputs: 0, unreadable: null };
  if (newest === undefined) return report;
  const last = await readAll(ground, watched, newest, options);
  // a read cut off by the stop says nothing about the source: the slots stay due
  if (typeof last === "string" && options.signal.aborted) return report;
  if (typeof last === "string") {
    failRuns(ground, watched, slots, last);
    return { ...report, unreadable: last };
  }
  const plans = slots.map((at, index) => plannedSlot(at, index < slots.length - 1));
  const outputs = await closeAll(ground, watched, plans, last, options);
  if (!options.signal.aborted) await earnStandings(ground, watched, options.levels);
  return { ...report, outputs };
}

function plannedSlot(at: number, missed: boolean): Slot {
  const emptyReason = missed
    ? "missed: Evenkeel was not running, and the source has no outputs of this time"
    : null;
  return { at, part: 0, most: null, replay: false, silent: missed, emptyReason };
}

/** Reads to the end of the source. Whole pages before the last are stored as they come; the last goes into the run's own transaction. */
export async function readAll(
  ground: Ground,
  watched: Watched,
  slotAt: number,
  options: RunOptions,
): Promise<LastPage | string> {
  const nothing: LastPage = { judged: [], asides: [], foreign: [], cursor: null };
  if (watched.source === null) return nothing;
  let { cursor } = ground.store.sources.get(watched.entry.id);
  let done = 0;
  for (;;) {
    const result = await readSource(ground, watched, cursor, {
      signal: options.signal,
      patient: options.patient,
    });
    if (!result.ok) return result.reason;
    const { read } = result;
    const timely = withoutFuture(read.outputs, ground.clock.now());
    const judged = await judgeDrafts(watched, timely.outputs, "source", slotAt - 1);
    const page: LastPage = {
      judged,
      asides: [...read.asides, ...timely.asides],
      foreign: read.foreign ?? [],
      cursor: read.cursor,
    };
    const nothingFits = allAside(page);
    if (nothingFits !== null) {
      ground.store.transaction(() => takeIn(ground, watched, [], page.asides));
      return nothingFits;
    }
    done += judged.length;
    options.onProgress?.({ automation: watched.entry.id, doing: "reading", done, of: null });
    if (!read.more || options.signal.aborted) return page;
    ground.store.transaction(() => storePage(ground, watched, page));
    cursor = read.cursor;
  }
}

/** So many records that all have to be put aside are no accident. */
const fewestAside = 5;

/**
 * Why a page counts as unreadable: records came, and none of them is an output. The cursor stays before them, so that
 * they are read once the mapping is mended. null: the page is as it should be.
 */
function allAside(page: LastPage): string | null {
  const first = page.asides[0];
  if (first === undefined || page.asides.length < fewestAside) return null;
  if (page.judged.length + page.foreign.length > 0) return null;
  return `${page.asides.length} records came and none is an output; the first, ${first.where}: ${first.reason}`;
}

/** Stores one page with its cursor; call inside a transaction. */
export function storePage(ground: Ground, watched: Watched, page: LastPage): void {
  takeIn(ground, watched, page.judged, page.asides);
  noteForeignRows(ground, watched, page.foreign);
  if (page.cursor !== null) ground.store.sources.readWell(watched.entry.id, page.cursor, ground.clock.now());
}

/** Closes the slots in order, several whole runs in one transaction; the last page joins the first of them. */
export async function closeAll(
  ground: Ground,
  watched: Watched,
  slots: readonly Slot[],
  page: LastPage,
  options: Pick<RunOptions, "levels" | "signal" | "onProgress">,
): Promise<number> {
  let outputs = 0;
  let heldBack: readonly StoredFinding[] = [];
  const takePage = () => {
    storePage(ground, watched, page);
    if (watched.source !== null) sightRegained(ground, watched);
  };
  // what is to be asked about has to be stored first: the answers outlive a kill, and so must what they are about
  const asks = askingChecks(watched).length > 0 && slots.some((slot) => !slot.replay);
  if (asks) ground.store.transaction(takePage);
  const atOnce = asks ? 1 : runsPerTransaction;
  for (let from = 0; from < slots.length && !options.signal.aborted; from += atOnce) {
    const only = asks ? slots[from] : undefined;
    const judged = only === undefined ? null : await judgeSlot(ground, watched, only, options.signal);
    // broken off by the stop: the slot stays due, and the answers are read back
    if (options.signal.aborted) break;
    outputs += ground.store.transaction(() => {
      if (from === 0 && !asks) takePage();
      // opened here: between two transactions a person may have decided about a metric
      const book = openBook(ground, watched);
      let taken = 0;
      for (const slot of slots.slice(from, from + atOnce)) {
        const closed = closeSlot(ground, watched, book, slot, { levels: options.levels, heldBack, judged });
        heldBack = closed.heldBack;
        taken += closed.outputs;
      }
      book.save(ground.clock.now());
      return taken;
    });
    const done = Math.min(slots.length, from + atOnce);
    options.onProgress?.({ automation: watched.entry.id, doing: "replaying", done, of: slots.length });
    await breath();
  }
  return outputs;
}

/** The source cannot be read: the runs failed, quality is unknown, and that is an incident of its own. */
function failRuns(ground: Ground, watched: Watched, slots: readonly number[], reason: string): void {
  const { store, clock } = ground;
  const now = clock.now();
  store.transaction(() => {
    for (const slotAt of slots) {
      const run = store.runs.begin({ automation: watched.entry.id, kind: "sampled", slotAt, part: 0 }, now);
      if (run !== null)
        store.runs.finish(run, {
          state: "failed",
          at: now,
          reason: redactText(reason),
          outputs: 0,
          drawn: 0,
        });
    }
    cannotRead(ground, watched, reason);
  });
}
