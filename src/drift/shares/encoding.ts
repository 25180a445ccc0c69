/**
 * The state of a metric as bytes and back, exactly: a version, a JSON head, and the weights of all stories as
 * 64-bit floats behind it. Nothing is rounded, and bytes that this code did not write are refused.
 */
import { KnownError } from "../../domain/errors.js";
import type { Stories } from "./share-detector.js";
import { readHead, type StateHead, type WatchHead, writeTally } from "./state-head.js";
import type { ShareState, Watch, WatchedShare } from "./watch.js";

const version = 1;
/** Version and length of the head, two 32-bit numbers. */
const prefixBytes = 8;
const weightBytes = 8;

/** The state as bytes to be stored. */
export function encodeState(state: ShareState): Uint8Array {
  const head = new TextEncoder().encode(JSON.stringify(headOf(state)));
  const weights = weightsOf(state);
  const length = weights.reduce((sum, list) => sum + list.length, 0);
  const bytes = new Uint8Array(prefixBytes + head.length + length * weightBytes);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, version, true);
  view.setUint32(4, head.length, true);
  bytes.set(head, prefixBytes);
  let offset = prefixBytes + head.length;
  for (const weight of weights.flatMap((list) => [...list])) {
    view.setFloat64(offset, weight, true);
    offset += weightBytes;
  }
  return bytes;
}

/** The state that was stored. */
export function decodeState(bytes: Uint8Array): ShareState {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < prefixBytes || view.getUint32(0, true) !== version) {
    throw unreadable(`begins unlike version ${version}, which this program writes`);
  }
  const headEnd = prefixBytes + view.getUint32(4, true);
  const head = readHead(new TextDecoder().decode(bytes.subarray(prefixBytes, headEnd)), unreadable);
  return stateOf(head, takeWeights(view, headEnd));
}

function unreadable(what: string): KnownError {
  return new KnownError("drift-state", `stored state of a metric: ${what}`);
}

function headOf(state: ShareState): StateHead {
  switch (state.phase) {
    case "learning":
      return { ...state, runs: state.runs.map((run) => ({ ...run, tally: writeTally(run.tally) })) };
    case "watching":
      return { phase: state.phase, watch: watchHead(state.watch) };
    case "alarmed":
      return { phase: state.phase, watch: watchHead(state.watch), alarm: state.alarm };
  }
}

function watchHead(watch: Watch): WatchHead {
  return {
    ...watch,
    shares: watch.shares.map(({ stories, ...share }) => ({
      ...share,
      stories: { known: stories.known, rates: stories.unchanged.length, factors: stories.changed.length },
    })),
    history: watch.history.map(
      ({ runId, at, n, hits, tally }) =>
        [runId, at, n, hits, tally === null ? null : writeTally(tally)] as const,
    ),
  };
}

function weightsOf(state: ShareState): Float64Array[] {
  return state.phase === "learning"
    ? []
    : state.watch.shares.flatMap(({ stories }) => [stories.unchanged, ...stories.changed]);
}

/** Hands out the stored weights in order, and refuses when they run out. */
function takeWeights(view: DataView, start: number): (count: number) => Float64Array {
  let offset = start;
  return (count) => {
    if (offset + count * weightBytes > view.byteLength) {
      throw unreadable(`ends after ${view.byteLength} bytes, expected more weights`);
    }
    return Float64Array.from({ length: count }, () => {
      const weight = view.getFloat64(offset, true);
      offset += weightBytes;
      return weight;
    });
  };
}

function stateOf(head: StateHead, take: (count: number) => Float64Array): ShareState {
  switch (head.phase) {
    case "learning":
      return { ...head, runs: head.runs.map((run) => ({ ...run, tally: new Map(run.tally) })) };
    case "watching":
      return { phase: head.phase, watch: watchOf(head.watch, take) };
    case "alarmed":
      return { phase: head.phase, watch: watchOf(head.watch, take), alarm: head.alarm };
  }
}

function watchOf(head: WatchHead, take: (count: number) => Float64Array): Watch {
  return {
    ...head,
    shares: head.shares.map((share): WatchedShare => ({ ...share, stories: storiesOf(share.stories, take) })),
    history: head.history.map(([runId, at, n, hits, tally]) => ({
      runId,
      at,
      n,
      hits,
      tally: tally === null ? null : new Map(tally),
    })),
  };
}

function storiesOf(
  { known, rates, factors }: WatchHead["shares"][number]["stories"],
  take: (count: number) => Float64Array,
): Stories {
  return { known, unchanged: take(rates), changed: Array.from({ length: factors }, () => take(rates)) };
}
