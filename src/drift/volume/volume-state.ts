/**
 * What becomes of the state of a volume: hour by hour, and when a person decides.
 * In: a state and an hour, or a decision. Out: the next state. Never looks at a clock; hours that come out of order,
 * twice, or without a count leave everything as it was.
 */
import { freshLevels, tellHour } from "./level-stories.js";
import { type Hour, hourOfWeek, type Profile, profileOf, weekHours } from "./profile.js";
import { addVolume, noVolume, type SeenHour, type VolumeState, type VolumeWatch } from "./watched-hours.js";

/** Full weeks after which a profile is used. */
const fewestWeeks = 2;
/** Full weeks after which a profile is complete. */
const mostWeeks = 4;
/** Hours that are kept to search the start of a change in. */
const historyHours = 2 * weekHours;

/** A profile of nothing. */
export const nothingLearned: VolumeState = { phase: "learning", hours: [] };

/** Learns one more hour; a history begins with its first output. */
export function learnHour(hours: readonly Hour[], hour: Hour, timeZone: string): VolumeState {
  if (hours.length === 0 && hour.seen === 0) return nothingLearned;
  return settled([...hours, hour], timeZone);
}

function settled(hours: readonly Hour[], timeZone: string): VolumeState {
  const latest = hours.at(-1);
  if (latest === undefined || hours.length < fewestWeeks * weekHours) return { phase: "learning", hours };
  return { phase: "watching", watch: watchFrom(hours, latest.at, timeZone) };
}

function watchFrom(hours: readonly Hour[], latestAt: number, timeZone: string): VolumeWatch {
  const full = hours.slice(-mostWeeks * weekHours);
  const complete = full.length >= mostWeeks * weekHours;
  return begun(profileOf(full, timeZone), complete ? null : full, latestAt);
}

function begun(profile: Profile, collected: VolumeWatch["collected"], latestAt: number): VolumeWatch {
  return {
    profile,
    collected,
    stories: freshLevels(profile),
    older: noVolume,
    history: [],
    evidence: 0,
    silence: false,
    latestAt,
  };
}

/** The hour with what is usual in it. */
export function placed({ profile }: VolumeWatch, hour: Hour, timeZone: string): SeenHour {
  return { ...hour, expected: profile.expected[hourOfWeek(hour.at, timeZone)] ?? 0 };
}

/** Appends an hour without judging it. Of the hours that fall out, those before `changedAt` count as usual ones. */
export function recorded(watch: VolumeWatch, hour: SeenHour, changedAt: number): VolumeWatch {
  const history = [...watch.history, hour];
  const dropped = history.length > historyHours ? history.shift() : undefined;
  const older =
    dropped === undefined || dropped.at >= changedAt ? watch.older : addVolume(watch.older, dropped);
  return { ...watch, older, history, latestAt: hour.at };
}

/** Tells the stories the hour, which also counts towards a fuller profile. */
export function weighed(watch: VolumeWatch, hour: SeenHour): VolumeWatch {
  const { phi } = watch.profile;
  const next = recorded(watch, hour, Number.POSITIVE_INFINITY);
  const { runId, at, seen } = hour;
  const collected = next.collected === null ? null : [...next.collected, { runId, at, seen }];
  return { ...next, ...tellHour(watch.stories, seen / phi, hour.expected / phi), collected };
}

/** A fuller profile once another week is there: of two, three and at last four weeks; then it stands still. */
export function improved(watch: VolumeWatch, timeZone: string): VolumeWatch {
  const { collected, profile } = watch;
  const wanted = Math.max(fewestWeeks, profile.weeks + 1);
  return collected === null || collected.length < wanted * weekHours
    ? watch
    : watchFrom(collected, watch.latestAt, timeZone);
}

/** Hours of a change are none of the usual ones. */
export function withoutHoursSince(watch: VolumeWatch, changedAt: number): VolumeWatch {
  return { ...watch, collected: watch.collected?.filter(({ at }) => at < changedAt) ?? null };
}

/** The same profile with nothing seen since. */
export function restarted(watch: VolumeWatch): VolumeWatch {
  return begun(watch.profile, watch.collected, watch.latestAt);
}

/**
 * "Expected": the week keeps its shape and gets the level of the hours since the change, known as well as their
 * outputs; from two new full weeks on it is learned from these. After silence everything is learned anew.
 */
export function accepted(state: VolumeState, timeZone: string): VolumeState {
  if (state.phase !== "alarmed") return state;
  const { watch, alarm } = state;
  const { seen, startAt } = alarm.explanation;
  if (seen === 0) return nothingLearned;
  const start = watch.history.findIndex(({ at }) => at >= startAt);
  const since = watch.history.slice(Math.max(0, start));
  const hours = since.map(({ runId, at, seen: count }) => ({ runId, at, seen: count }));
  if (hours.length >= fewestWeeks * weekHours) return settled(hours, timeZone);
  const total = since.reduce(addVolume, noVolume);
  const level = total.seen / Math.max(total.expected, Number.MIN_VALUE);
  const profile: Profile = {
    expected: watch.profile.expected.map((each) => each * level),
    phi: watch.profile.phi,
    outputs: total.seen,
    weeks: 0,
  };
  return { phase: "watching", watch: begun(profile, hours, watch.latestAt) };
}

/** The hours and outputs that the usual week rests on. */
export function learnedOf(state: VolumeState): { readonly outputs: number; readonly runs: number } {
  if (state.phase === "learning") {
    return { outputs: state.hours.reduce((sum, { seen }) => sum + seen, 0), runs: state.hours.length };
  }
  const { profile, collected } = state.watch;
  return { outputs: profile.outputs, runs: Math.max(profile.weeks * weekHours, collected?.length ?? 0) };
}
