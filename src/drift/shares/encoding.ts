/**
 * The state of a metric as bytes and back, exactly: a version, a packed JSON head, and the changed stories as 64-bit floats
 * behind it. Nothing is rounded; it is small because stories keep only the rates that matter, because shares that have
 * seen the same share theirs, and because a line of a shape is written once. Bytes that this code did not write are
 * refused.
 */
import { constants, deflateRawSync, inflateRawSync } from "node:zlib";
import { KnownError, messageOf } from "../../domain/errors.js";
import type { Stories } from "./share-detector.js";
import { readHead, type StateHead, type WatchHead } from "./state-head.js";
import { linesOf, tallyReader, tallyWriter } from "./stored-values.js";
import type { Tally } from "./tally.js";
import type { ShareState, Watch, WatchedShare } from "./watch.js";

const version = 2;
/** Version and length of the head, two 32-bit numbers. */
const prefixBytes = 8;
const weightBytes = 8;
/** The quickest: a third of the size for a millisecond; slower ones hardly gain. */
const packing = { level: constants.Z_BEST_SPEED };
/** Longer than any head this code writes. */
const longestHead = 256 * 1024 * 1024;

/** The state as bytes to be stored. */
export function encodeState(state: ShareState): Uint8Array {
  const head = deflateRawSync(JSON.stringify(headOf(state)), packing);
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
  const head = readHead(unpacked(bytes.subarray(prefixBytes, headEnd)), unreadable);
  return stateOf(head, takeWeights(view, headEnd));
}

function unpacked(head: Uint8Array): string {
  try {
    return inflateRawSync(head, { maxOutputLength: longestHead }).toString();
  } catch (thrown) {
    throw unreadable(`its head cannot be unpacked: ${messageOf(thrown)}`);
  }
}

function unreadable(what: string): KnownError {
  return new KnownError("drift-state", `stored state of a metric: ${what}`);
}

function headOf(state: ShareState): StateHead {
  const runs = state.phase === "learning" ? state.runs : state.watch.history;
  const lines = linesOf(runs.map(({ tally }) => tally));
  const write = tallyWriter(lines);
  switch (state.phase) {
    case "learning":
      return { ...state, lines, runs: state.runs.map((run) => ({ ...run, tally: write(run.tally) })) };
    case "watching":
      return { lines, phase: state.phase, watch: watchHead(state.watch, write) };
    case "alarmed":
      return { lines, phase: state.phase, watch: watchHead(state.watch, write), alarm: state.alarm };
  }
}

function watchHead(watch: Watch, write: ReturnType<typeof tallyWriter>): WatchHead {
  const distinct = distinctStories(watch);
  const placeOf = new Map(distinct.map((stories, at) => [stories, at]));
  return {
    ...watch,
    stories: distinct.map(({ changed, ...stories }) => ({
      ...stories,
      rates: changed[0]?.length ?? 0,
      factors: changed.length,
    })),
    shares: watch.shares.map((share) => ({ ...share, stories: placeOf.get(share.stories) ?? 0 })),
    history: watch.history.map(
      ({ runId, at, n, hits, tally }) => [runId, at, n, hits, tally === null ? null : write(tally)] as const,
    ),
  };
}

function distinctStories({ shares }: Watch): readonly Stories[] {
  return [...new Set(shares.map(({ stories }) => stories))];
}

function weightsOf(state: ShareState): readonly Float64Array[] {
  return state.phase === "learning" ? [] : distinctStories(state.watch).flatMap(({ changed }) => changed);
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
  const read = tallyReader(head.lines, unreadable);
  switch (head.phase) {
    case "learning": {
      const { phase, accepted, runs } = head;
      return { phase, accepted, runs: runs.map((run) => ({ ...run, tally: read(run.tally) })) };
    }
    case "watching":
      return { phase: head.phase, watch: watchOf(head.watch, read, take) };
    case "alarmed":
      return { phase: head.phase, watch: watchOf(head.watch, read, take), alarm: head.alarm };
  }
}

function watchOf(
  { stories: storiesHeads, ...head }: WatchHead,
  read: (tally: NonNullable<WatchHead["history"][number][4]>) => Tally,
  take: (count: number) => Float64Array,
): Watch {
  const stories = storiesHeads.map((each) => storiesOf(each, take));
  return {
    ...head,
    shares: head.shares.map((share): WatchedShare => {
      const own = stories[share.stories];
      if (own === undefined) throw unreadable(`names stories ${share.stories}, of ${stories.length}`);
      return { ...share, stories: own };
    }),
    history: head.history.map(([runId, at, n, hits, tally]) => ({
      runId,
      at,
      n,
      hits,
      tally: tally === null ? null : read(tally),
    })),
  };
}

function storiesOf(
  { rates, factors, ...stories }: WatchHead["stories"][number],
  take: (count: number) => Float64Array,
): Stories {
  return { ...stories, changed: Array.from({ length: factors }, () => take(rates)) };
}
