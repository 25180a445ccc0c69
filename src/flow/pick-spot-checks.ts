/**
 * The outputs of last week that people are asked to look at. In: a watched automation, now. Out: spot checks in the
 * store, once per week whatever restarts come between. Some by chance, which tell the true quality without bias; one on
 * which checks disagree or which passed by little; one of a rare kind. Never one that was picked or judged before.
 */
import type { SpotCheck, SpotReason } from "../domain/judgement.js";
import { dayMs } from "../domain/time.js";
import { instantOf, startOfDay, wallTime, weekdayOf } from "../measure/local-time.js";
import { spotPlan } from "../review/spot-plan.js";
import type { Span } from "../store/spot-check.js";
import { excerpt } from "../text/excerpt.js";
import { sayCount } from "../wording/numbers.js";
import type { Ground, Watched } from "./ground.js";

/** Candidates that are read where one of several is taken. */
const candidates = 50;

/** The last whole week, Monday to Sunday, in a time zone. */
export function lastWeek(now: number, timeZone: string): Span {
  const wall = startOfDay(wallTime(now, timeZone));
  const monday = wall - weekdayOf(wall) * dayMs;
  return { fromAt: instantOf(monday - 7 * dayMs, timeZone), untilAt: instantOf(monday, timeZone) };
}

/** Picks last week's, unless that was done; call inside a transaction. Returns how many. */
export function pickSpotChecks(ground: Ground, watched: Watched, now: number): number {
  const { store } = ground;
  const { id, spotCheck, timeZone } = watched.entry;
  const span = lastWeek(now, timeZone);
  if (store.spotChecks.ofSpan(id, span.untilAt).length > 0) return 0;
  const plan = spotPlan(spotCheck.perWeek);
  const chosen = pick(ground, { automation: id, ...span }, plan);
  for (const each of chosen) store.spotChecks.add(id, span, each, now);
  return chosen.length;
}

type Pool = Span & { readonly automation: string };

function pick(ground: Ground, pool: Pool, plan: readonly SpotReason[]): readonly SpotCheck[] {
  const outputs = ground.store.spotCandidates.size(pool);
  const special = plan
    .filter((reason) => reason !== "random")
    .flatMap(
      (reason) => (reason === "disputed" ? disputed(ground, pool) : rare(ground, pool, outputs)) ?? [],
    );
  // what could not be found is left to chance, before anything else is taken from the pool
  const byChance = Math.min(outputs, plan.length - special.length);
  const random = drawn(ground, pool, { outputs, wanted: byChance });
  const taken = new Set(random.map((each) => each.output));
  return [...random, ...special.filter((each, at) => !taken.has(each.output) && isFirst(special, at))];
}

function isFirst(picks: readonly SpotCheck[], at: number): boolean {
  return picks.findIndex((each) => each.output === picks[at]?.output) === at;
}

/**
 * Without replacement, each output as likely as any other: R. W. Floyd's algorithm (J. Bentley, 1987, "Programming
 * pearls: a sample of brilliance"), which ends after as many draws as outputs are wanted, whatever chance gives.
 */
function drawn(ground: Ground, pool: Pool, { outputs, wanted }: { outputs: number; wanted: number }) {
  const places = new Set<number>();
  for (let last = outputs - wanted; last < outputs; last += 1) {
    const place = Math.floor(ground.random.next() * (last + 1));
    places.add(places.has(place) ? last : place);
  }
  return [...places].flatMap((place): SpotCheck[] => {
    const output = ground.store.spotCandidates.at(pool, place);
    if (output === null) return [];
    const why = `by chance, one of ${sayCount(outputs, "output")} of that week`;
    return [{ output, reason: "random", why, inclusion: wanted / outputs }];
  });
}

function disputed(ground: Ground, pool: Pool): SpotCheck | null {
  const { spotCandidates } = ground.store;
  const disagreeing = oneOf(ground, spotCandidates.disagreeing(pool, candidates));
  if (disagreeing !== null) {
    const { output, failed, passed } = disagreeing;
    const why = `checks disagree on it: “${failed}” failed it, “${passed}” passed it`;
    return { output, reason: "disputed", why, inclusion: null };
  }
  const [narrow] = spotCandidates.narrow(pool, 1);
  if (narrow === undefined) return null;
  const why = `“${narrow.passed}” passed it by less than any other of that week`;
  return { output: narrow.output, reason: "disputed", why, inclusion: null };
}

/** One of the rarest segment; where there is but one, of the rarest model. */
function rare(ground: Ground, pool: Pool, outputs: number): SpotCheck | null {
  const { spotCandidates } = ground.store;
  const [segment, otherSegment] = spotCandidates.segments(pool);
  if (segment !== undefined && otherSegment !== undefined) {
    const output = spotCandidates.ofSegment(pool, segment.name, placeIn(ground, segment.outputs));
    return rareOne(output, `segment “${excerpt(segment.name)}”`, segment.outputs, outputs);
  }
  const [model, otherModel] = spotCandidates.models(pool);
  if (model === undefined || otherModel === undefined) return null;
  const output = spotCandidates.ofModel(pool, model.name, placeIn(ground, model.outputs));
  return rareOne(output, `model “${excerpt(model.name)}”`, model.outputs, outputs);
}

function rareOne(output: number | null, kind: string, seen: number, outputs: number): SpotCheck | null {
  if (output === null) return null;
  const why = `a rare kind: ${kind}, ${seen} of ${sayCount(outputs, "output")} of that week`;
  return { output, reason: "rare", why, inclusion: null };
}

function placeIn(ground: Ground, outputs: number): number {
  return Math.floor(ground.random.next() * outputs);
}

function oneOf<T>(ground: Ground, some: readonly T[]): T | null {
  return some[placeIn(ground, some.length)] ?? null;
}
