/**
 * What breaks when something goes down. In: a name: a vendor, model, tool, system, host, or an automation. Out: every
 * automation that rests on it, directly or through another one, with whom that hits and what people do meanwhile.
 * Reads the register and the newest outputs; says what would be, not what is.
 */
import type { Automation } from "../../domain/automation.js";
import { KnownError } from "../../domain/errors.js";
import { dayMs } from "../../domain/time.js";
import { meantHint } from "../../text/nearest.js";
import type { Ground, Watched } from "../ground.js";
import { type Tie, thingKey, thingsOf, tiesOf } from "./things.js";

/** How far back the usual number of outputs is counted. */
const weeks = 4;

/** One automation that is hit. */
export interface Hit {
  readonly entry: Automation;
  /** How it rests on the thing; "itself": it is the thing. */
  readonly ties: readonly (Tie | "itself")[];
  /** Titles of the automations between, the nearest to the thing first; empty: it rests on it directly. */
  readonly through: readonly string[];
  /** Outputs that usually come in a week; null: none came in four. */
  readonly outputsAWeek: number | null;
  /** Hours of work they are by hand; null: nobody said how long one takes, or none came. */
  readonly hoursAWeek: number | null;
  /** True: its fallback names the thing, so that it may not work either. */
  readonly fallbackNeedsIt: boolean;
}

/** What breaks. */
export interface Impact {
  readonly name: string;
  /** The nearest to the thing first. */
  readonly hits: readonly Hit[];
  /** Business processes they touch. */
  readonly processes: readonly string[];
  /** Whom it hits: owners, deputies, who does the fallbacks. */
  readonly people: readonly string[];
  /** Hours of work a week that come back, as far as they are known. */
  readonly hoursAWeek: number;
  /** Titles of those for which nothing is written down. */
  readonly withoutFallback: readonly string[];
}

/** What breaks when a thing goes down; throws KnownError that names the nearest thing where nothing rests on it. */
export function requireImpact(ground: Ground, name: string): Impact {
  const impact = impactOf(ground, name);
  if (impact === null) throw unknownThing(ground, name);
  return impact;
}

/** What breaks when a thing goes down; null: nothing rests on it. */
export function impactOf(ground: Ground, name: string): Impact | null {
  const reached = reach(ground, name);
  if (reached.length === 0) return null;
  const hits = reached.map((each) => hitOf(ground, each, name));
  const entries = hits.map(({ entry }) => entry);
  return {
    name: nameOf(ground, reached[0], name),
    hits,
    processes: distinct(entries.flatMap(({ processes }) => processes)),
    people: distinct(
      entries.flatMap(({ owner, deputy, fallback }) => [owner, deputy ?? owner, fallback?.by ?? owner]),
    ),
    hoursAWeek: hits.reduce((sum, { hoursAWeek }) => sum + (hoursAWeek ?? 0), 0),
    withoutFallback: entries.flatMap(({ title, fallback }) => (fallback === null ? [title] : [])),
  };
}

interface Reached {
  readonly watched: Watched;
  readonly ties: readonly (Tie | "itself")[];
  readonly through: readonly string[];
}

/** Breadth first, each automation once, so that a circle ends and the shortest way is told. */
function reach(ground: Ground, name: string): readonly Reached[] {
  const rests = ground.register.automations.map((watched) => ({ watched, ties: tiesOf(ground, watched) }));
  const reached = new Map<string, Reached>();
  const sought = thingKey(name);
  for (const { watched } of rests)
    if (isCalled(watched.entry, sought))
      reached.set(watched.entry.id, { watched, ties: ["itself"], through: [] });
  for (const { watched, ties } of rests) {
    const direct = ties.filter((each) => thingKey(each.name) === sought).map(({ tie }) => tie);
    if (direct.length > 0 && !reached.has(watched.entry.id))
      reached.set(watched.entry.id, { watched, ties: distinct(direct), through: [] });
  }
  // what is added here is walked over too
  for (const from of reached.values()) {
    const { entry } = from.watched;
    const names = new Set([thingKey(entry.id), thingKey(entry.title)]);
    const through = from.ties.includes("itself") ? [] : [...from.through, entry.title];
    for (const { watched, ties } of rests) {
      const needs = ties.some((each) => each.tie === "dependsOn" && names.has(thingKey(each.name)));
      if (needs && !reached.has(watched.entry.id))
        reached.set(watched.entry.id, { watched, ties: ["dependsOn"], through });
    }
  }
  return [...reached.values()];
}

function isCalled({ id, title }: Automation, sought: string): boolean {
  return thingKey(id) === sought || thingKey(title) === sought;
}

function hitOf(ground: Ground, { watched, ties, through }: Reached, name: string): Hit {
  const { entry } = watched;
  const now = ground.clock.now();
  const outputs = ground.store.outputs.countSince(entry.id, now - weeks * 7 * dayMs);
  const outputsAWeek = outputs === 0 ? null : outputs / weeks;
  const minutes = entry.fallback?.minutesPerItem ?? null;
  return {
    entry,
    ties,
    through,
    outputsAWeek,
    hoursAWeek: outputsAWeek === null || minutes === null ? null : (outputsAWeek * minutes) / 60,
    fallbackNeedsIt: !ties.includes("itself") && fallbackNames(entry, name),
  };
}

/** Whether what people do by hand, or where its inputs lie, names the thing that is down. */
function fallbackNames({ fallback }: Automation, name: string): boolean {
  if (fallback === null) return false;
  const words = thingKey([...fallback.steps, fallback.inputsAt ?? ""].join(" "));
  const sought = thingKey(name).replace(/[\\^$.*+?()[\]{}|/]/g, "\\$&");
  return new RegExp(`(?<![\\p{L}\\p{N}])${sought}(?![\\p{L}\\p{N}])`, "u").test(words);
}

/** As the register writes it. */
function nameOf(ground: Ground, nearest: Reached | undefined, name: string): string {
  if (nearest === undefined) return name;
  if (nearest.ties.includes("itself")) return nearest.watched.entry.title;
  const sought = thingKey(name);
  return tiesOf(ground, nearest.watched).find((each) => thingKey(each.name) === sought)?.name ?? name;
}

function unknownThing(ground: Ground, name: string): KnownError {
  const known = [
    ...thingsOf(ground).map((thing) => thing.name),
    ...ground.register.automations.map(({ entry }) => entry.id),
  ];
  return new KnownError(
    "impact-unknown",
    `nothing in the register rests on "${name}"; ${meantHint(name, known, "it rests on:")}; evenkeel impact lists all`,
  );
}

function distinct<T>(values: readonly T[]): readonly T[] {
  return [...new Set(values)];
}
