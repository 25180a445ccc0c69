/**
 * The state of a volume as bytes and back, exactly: a version, a JSON head, and 64-bit floats behind it. The hours lie
 * in the head as steps from one to the next, since they nearly always follow each other.
 */
import { z } from "zod";
import { KnownError, messageOf } from "../../domain/errors.js";
import { type LevelStories, levelCount, ratios } from "./level-stories.js";
import { type Hour, weekHours } from "./profile.js";
import type { VolumeState, VolumeWatch } from "./watched-hours.js";

const version = 1;
/** Version and length of the head, two 32-bit numbers. */
const prefixBytes = 8;
const floatBytes = 8;
const storyFloats = levelCount * (1 + ratios.length);

/** Steps of run, time and the outputs, three numbers an hour. */
const hours = z.array(z.number()).refine((steps) => steps.length % 3 === 0, "expected three numbers an hour");
const total = z.object({ seen: z.number(), expected: z.number() }).readonly();
const watchHead = z.object({
  profile: z.object({ phi: z.number(), outputs: z.number(), weeks: z.number() }),
  collected: hours.nullable(),
  older: total,
  history: hours,
  evidence: z.number(),
  silence: z.boolean(),
  latestAt: z.number(),
});
const alarm = z
  .object({
    explanation: z
      .object({
        what: z.literal("volume"),
        startRunId: z.number(),
        startAt: z.number(),
        evidence: z.number(),
        improvement: z.boolean(),
        hours: z.number(),
        expected: z.number(),
        seen: z.number(),
      })
      .readonly(),
    expectedToAlarm: z.number(),
    usualLevel: z.number(),
    hoursAfter: z.number(),
  })
  .readonly();
const stateHead = z.discriminatedUnion("phase", [
  z.object({ phase: z.literal("learning"), hours }),
  z.object({ phase: z.literal("watching"), watch: watchHead }),
  z.object({ phase: z.literal("alarmed"), watch: watchHead, alarm }),
]);

/** The state as bytes to be stored. */
export function encodeVolume(state: VolumeState): Uint8Array {
  const head = new TextEncoder().encode(JSON.stringify(headOf(state)));
  const floats = state.phase === "learning" ? [] : floatsOf(state.watch);
  const bytes = new Uint8Array(prefixBytes + head.length + floats.length * floatBytes);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, version, true);
  view.setUint32(4, head.length, true);
  bytes.set(head, prefixBytes);
  floats.forEach((value, at) => {
    view.setFloat64(prefixBytes + head.length + at * floatBytes, value, true);
  });
  return bytes;
}

/** The state that was stored. */
export function decodeVolume(bytes: Uint8Array): VolumeState {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < prefixBytes || view.getUint32(0, true) !== version) {
    throw unreadable(`begins unlike version ${version}, which this program writes`);
  }
  const headEnd = prefixBytes + view.getUint32(4, true);
  const head = readHead(new TextDecoder().decode(bytes.subarray(prefixBytes, headEnd)));
  if (head.phase === "learning") return { phase: "learning", hours: readHours(head.hours) };
  const watch = watchOf(head.watch, floatsFrom(view, headEnd));
  return head.phase === "watching"
    ? { phase: "watching", watch }
    : { phase: "alarmed", watch, alarm: head.alarm };
}

function unreadable(what: string): KnownError {
  return new KnownError("drift-state", `stored state of a volume: ${what}`);
}

function readHead(text: string): z.infer<typeof stateHead> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (thrown) {
    throw unreadable(messageOf(thrown));
  }
  const parsed = stateHead.safeParse(value);
  if (!parsed.success) throw unreadable(z.prettifyError(parsed.error));
  return parsed.data;
}

function headOf(state: VolumeState): z.infer<typeof stateHead> {
  switch (state.phase) {
    case "learning":
      return { phase: state.phase, hours: writeHours(state.hours) };
    case "watching":
      return { phase: state.phase, watch: watchHeadOf(state.watch) };
    case "alarmed":
      return { phase: state.phase, watch: watchHeadOf(state.watch), alarm: state.alarm };
  }
}

function watchHeadOf({ stories: _, profile, ...watch }: VolumeWatch): z.infer<typeof watchHead> {
  const { phi, outputs, weeks } = profile;
  return {
    ...watch,
    profile: { phi, outputs, weeks },
    collected: watch.collected === null ? null : writeHours(watch.collected),
    history: writeHours(watch.history),
  };
}

function writeHours(list: readonly Hour[]): number[] {
  let before = { runId: 0, at: 0 };
  return list.flatMap((hour) => {
    const step = [hour.runId - before.runId, hour.at - before.at, hour.seen];
    before = hour;
    return step;
  });
}

function readHours(steps: readonly number[]): Hour[] {
  let [runId, at] = [0, 0];
  return Array.from({ length: steps.length / 3 }, (_, index) => {
    runId += steps[3 * index] ?? 0;
    at += steps[3 * index + 1] ?? 0;
    return { runId, at, seen: steps[3 * index + 2] ?? 0 };
  });
}

/** The week, what was usual in each hour of the history, and the stories. */
function floatsOf({ profile, history, stories }: VolumeWatch): readonly number[] {
  return [
    ...profile.expected,
    ...history.map(({ expected }) => expected),
    ...stories.unchanged,
    ...stories.changed.flatMap((list) => [...list]),
  ];
}

function floatsFrom(view: DataView, start: number): Float64Array {
  const length = Math.floor((view.byteLength - start) / floatBytes);
  return Float64Array.from({ length: Math.max(0, length) }, (_, at) =>
    view.getFloat64(start + at * floatBytes, true),
  );
}

function watchOf(head: z.infer<typeof watchHead>, floats: Float64Array): VolumeWatch {
  const history = readHours(head.history);
  const storiesAt = weekHours + history.length;
  if (floats.length !== storiesAt + storyFloats) {
    throw unreadable(`has ${floats.length} weights, expected ${storiesAt + storyFloats}`);
  }
  return {
    ...head,
    profile: { ...head.profile, expected: [...floats.subarray(0, weekHours)] },
    collected: head.collected === null ? null : readHours(head.collected),
    history: history.map((hour, at) => ({ ...hour, expected: floats[weekHours + at] ?? 0 })),
    stories: storiesOf(floats.subarray(storiesAt)),
  };
}

function storiesOf(floats: Float64Array): LevelStories {
  const list = (index: number) => floats.slice(index * levelCount, (index + 1) * levelCount);
  return { unchanged: list(0), changed: ratios.map((_, k) => list(k + 1)) };
}
