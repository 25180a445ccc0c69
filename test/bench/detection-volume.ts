import { longestUsualGap } from "../../src/flow/watch-silence.js";
import {
  busyDays,
  hourMs,
  hoursUntilAlarm,
  learnWeeks,
  startVolume,
  type VolumeStream,
  type Week,
} from "../drift/volumes.js";
import { type Figure, meanOf, type Row } from "./detection-measure.js";

const seed = 20_261_125;
const alarmLevel = 1_000;
/** Variance = mean + mean² / 3: the widest noise of the reference. */
const widest = 1 / 3;

/** Hours whose volume follows a weekly pattern, without a change and halved. */
export function* volumeRows(streams: number): Generator<Row> {
  for (const mean of [0.5, 2, 5, 20]) {
    for (const [noise, clumped] of [
      ["Poisson", 0],
      ["widest noise", widest],
    ] as const) {
      yield {
        name: `${mean} an hour, ${noise}, no change`,
        unit: "alarms per 1,000 hours",
        measured: falseVolumeAlarms(mean, clumped, 4, streams),
        target: 1,
        reference: mean === 20 ? 0.41 : mean === 5 ? 0.5 : mean === 2 ? 0.6 : 0.81,
      };
    }
  }
  yield {
    name: "2 an hour, Poisson, two weeks of history",
    unit: "alarms per 1,000 hours",
    measured: falseVolumeAlarms(2, 0, 2, streams),
    target: null,
    reference: 1.01,
  };
  for (const [mean, clumped, target, reference] of [
    [20, 0, 4, 2.1],
    [20, widest, 24, 22],
    [2, 0, 24, 16],
    [2, widest, 96, 33],
    [0.5, 0, null, 51],
    [0.5, widest, null, 63],
  ] as const) {
    const { clockHours, meanHours } = hoursToNotice(mean, clumped, 0.5, streams);
    yield {
      name: `${mean} an hour, ${clumped === 0 ? "Poisson" : "widest noise"}, halved`,
      unit: "hours of the mean volume",
      measured: meanHours,
      target,
      reference,
    };
    yield { name: "  by the clock", unit: "hours", measured: clockHours, target: null, reference: null };
  }
}

/** Nothing comes any more. */
export function* silenceRows(streams: number): Generator<Row> {
  for (const mean of [0.5, 1, 2, 5]) {
    const missed = missedOutputs(mean, streams);
    yield {
      name: `silence at ${mean} an hour`,
      unit: "outputs missed, mean",
      measured: meanOf(missed),
      target: 16,
      reference: mean >= 5 ? 7 : 14,
    };
    const sorted = [...missed].sort((a, b) => a - b);
    yield {
      name: "  in nine of ten streams",
      unit: "outputs missed",
      measured: { value: sorted[Math.floor(sorted.length * 0.9)] ?? 0, error: 0 },
      target: 24,
      reference: null,
    };
  }
  for (const [name, weekdays, longest] of [
    ["scheduled every day: silence", 7, 24],
    ["scheduled Monday to Friday: silence", 5, 72],
  ] as const) {
    const hours = Array.from({ length: 12 * 7 }, (_, day) => day)
      .filter((day) => day % 7 < weekdays)
      .map((day) => day * 24 * hourMs)
      .reverse();
    yield {
      name,
      unit: "longest usual gaps",
      measured: {
        value: (longestUsualGap(hours) ?? Number.POSITIVE_INFINITY) / (longest * hourMs),
        error: 0,
      },
      target: 2.5,
      reference: weekdays === 7 ? 2.2 : null,
    };
  }
}

function learned(mean: number, clumped: number, weeks: number, at: number): VolumeStream {
  const stream = startVolume(seed + at, clumped);
  learnWeeks(stream, busyDays(mean), weeks);
  return stream;
}

function falseVolumeAlarms(mean: number, clumped: number, weeks: number, streams: number): Figure {
  let [alarms, hours] = [0, 0];
  for (let at = 0; at < streams; at += 1) {
    const found = hoursUntilAlarm(learned(mean, clumped, weeks, at), busyDays(mean), 1_000, alarmLevel);
    alarms += found.alarm === null ? 0 : 1;
    hours += found.hours;
  }
  return { value: (1_000 * alarms) / hours, error: (1_000 * Math.sqrt(Math.max(alarms, 1))) / hours };
}

/**
 * The change comes after a day to a week of usual hours; streams with an earlier alarm are left out. An hour of a
 * weekend night holds a sixth of the outputs of one at noon, and the daily pattern behind the reference is not stated:
 * so hours are counted by the outputs usual in them too, which is what an hour of a stream without a pattern is.
 */
function hoursToNotice(
  mean: number,
  clumped: number,
  factor: number,
  streams: number,
): { clockHours: Figure; meanHours: Figure } {
  const usual = busyDays(mean);
  const changed: Week = (hour) => factor * usual(hour);
  const clockHours: number[] = [];
  const meanHours: number[] = [];
  for (let at = 0; at < streams; at += 1) {
    const stream = learned(mean, clumped, 4, at);
    if (hoursUntilAlarm(stream, usual, 24 + ((at * 17) % 144), alarmLevel).alarm !== null) continue;
    const from = stream.hours;
    const { hours } = hoursUntilAlarm(stream, changed, 1_000, alarmLevel);
    clockHours.push(hours);
    meanHours.push(usualIn(usual, from, hours) / mean);
  }
  return { clockHours: meanOf(clockHours), meanHours: meanOf(meanHours) };
}

/** Outputs usual in so many hours from one on. */
function usualIn(usual: Week, from: number, hours: number): number {
  let expected = 0;
  for (let hour = from; hour < from + hours; hour += 1) expected += usual(hour % 168);
  return expected;
}

function missedOutputs(mean: number, streams: number): number[] {
  const usual = busyDays(mean);
  const missed: number[] = [];
  for (let at = 0; at < streams; at += 1) {
    const stream = learned(mean, 0, 4, at);
    if (hoursUntilAlarm(stream, usual, 24 + ((at * 17) % 144), alarmLevel).alarm !== null) continue;
    const from = stream.hours;
    const { hours } = hoursUntilAlarm(stream, () => 0, 1_000, alarmLevel);
    missed.push(usualIn(usual, from, hours));
  }
  return missed;
}
