/**
 * Puts together what an import found. In: cases, and demands on the outputs of some of them. Out: one check for
 * equal demands, with a filter where they hold for some cases only, and a golden set with one known answer a case.
 * What no check can say is handed back with the reason. It reads and writes nothing.
 */
import { isJsonObject, type Json, type JsonObject } from "../domain/json.js";
import { canonicalJson } from "../text/json-value.js";
import { sayCount } from "../wording/numbers.js";
import { caseFilter } from "./case-filter.js";
import type {
  ComplaintAbout,
  Demand,
  Found,
  FoundCase,
  Imported,
  ImportedCase,
  ImportedCheck,
  NotCarried,
} from "./imported.js";
import { createNames, kebab, oneLine } from "./names.js";

/** Checks for single cases that one check file may hold; more hide the others. */
const mostForSingleCases = 200;

/** Makes checks and golden cases; a check that would be refused is not carried over. */
export function assemble(found: Found, complaintAbout: ComplaintAbout): Imported {
  const expected = knownAnswers(found);
  const notCarried: NotCarried[] = [...found.notCarried];
  const checks: ImportedCheck[] = [];
  const names = createNames();
  const reachOf = createReach(expected);
  let filtered = 0;
  for (const group of groupsOf(found.demands, expected)) {
    const reach = reachOf(group);
    const all = isGeneral(group, reach);
    if (!all) filtered += 1;
    const when = all || filtered > mostForSingleCases ? null : filterOf(group, reach, found.cases);
    const settings = { ...group.settings, ...(when === null ? {} : { when }) };
    const why = whyNot(all, filtered, when) ?? complaintAbout({ id: "x", ...settings });
    if (why === null) checks.push(checkOf(group, settings, names, found.cases));
    else notCarried.push({ place: group.first.place, what: group.first.named, why });
  }
  return { checks, goldenCases: goldenCases(found.cases, expected), notCarried: together(notCarried) };
}

function whyNot(all: boolean, filtered: number, when: string | null): string | null {
  if (all) return null;
  if (filtered > mostForSingleCases) {
    return `it holds for some cases only, and more than ${mostForSingleCases} such checks would hide the others; compare with known answers instead`;
  }
  return when === null
    ? "it holds for some cases only, and no filter on their inputs tells them from the others"
    : null;
}

interface Group {
  readonly first: Demand;
  readonly settings: JsonObject;
  /** True when it compares with the known answer of each case. */
  readonly compares: boolean;
  /** null: every output. */
  cases: number[] | null;
}

/** The first known answer of each case; answers about single fields make one object. */
function knownAnswers({ cases, demands }: Found): readonly Json[] {
  const known = new Map<number, Json>();
  for (const demand of demands) {
    if (demand.known === undefined) continue;
    for (const at of demand.cases ?? [])
      known.set(at, joined(known.get(at), demand.known, demand.settings.on));
  }
  return cases.map((_, at) => known.get(at) ?? null);
}

function joined(known: Json | undefined, answer: Json, on: Json | undefined): Json {
  if (typeof on !== "string") return known ?? answer;
  if (known === undefined) return { [on]: answer };
  return isJsonObject(known) && !Object.hasOwn(known, on) ? { ...known, [on]: answer } : known;
}

function groupsOf(demands: readonly Demand[], expected: readonly Json[]): readonly Group[] {
  const groups = new Map<string, Group>();
  for (const demand of demands) {
    const compares = demand.cases?.every((at) => isKnown(demand, expected[at] ?? null)) ?? false;
    const settings =
      demand.known === undefined || compares
        ? demand.settings
        : (demand.fixed ?? { ...demand.settings, expected: demand.known });
    const key = `${canonicalJson(settings)} ${demand.fillIn ?? ""}`;
    const group = groups.get(key);
    if (group === undefined) {
      groups.set(key, {
        first: demand,
        settings,
        compares,
        cases: demand.cases === null ? null : [...demand.cases],
      });
    } else if (group.cases === null || demand.cases === null) group.cases = null;
    else group.cases.push(...demand.cases);
  }
  return [...groups.values()];
}

function isKnown(demand: Demand, expected: Json): boolean {
  if (demand.known === undefined) return false;
  const { on } = demand.settings;
  const there = typeof on === "string" && isJsonObject(expected) ? (expected[on] ?? null) : expected;
  return canonicalJson(there) === canonicalJson(demand.known);
}

/** Says which cases a group could be about; looked up once, for there may be as many groups as cases. */
function createReach(expected: readonly Json[]): (group: Group) => readonly number[] {
  const reaches = new Map<string, readonly number[]>();
  return ({ compares, settings: { on } }) => {
    const key = compares ? `compares ${typeof on === "string" ? on : ""}` : "all";
    const known = reaches.get(key);
    if (known !== undefined) return known;
    const reach = expected.flatMap((answer, at) => (compares && !hasAnswer(answer, on) ? [] : [at]));
    reaches.set(key, reach);
    return reach;
  };
}

/** True when a group is about every case that it could be about, and so about every output. */
function isGeneral({ cases: chosen, compares }: Group, reach: readonly number[]): boolean {
  if (chosen === null) return true;
  if (chosen.length < reach.length || (reach.length < 2 && !compares)) return false;
  const inside = new Set(chosen);
  return reach.every((at) => inside.has(at));
}

function filterOf(
  { cases: chosen }: Group,
  reach: readonly number[],
  cases: readonly FoundCase[],
): string | null {
  const inside = new Set(chosen);
  return caseFilter(
    reach.map((at) => cases[at]?.input ?? null),
    reach.flatMap((at, index) => (inside.has(at) ? [index] : [])),
  );
}

function hasAnswer(known: Json, on: Json | undefined): boolean {
  if (typeof on !== "string") return known !== null;
  return isJsonObject(known) && Object.hasOwn(known, on);
}

function checkOf(
  { first, compares, cases: chosen }: Group,
  settings: JsonObject,
  names: (name: string) => string,
  cases: readonly FoundCase[],
): ImportedCheck {
  const about = chosen?.length === 1 ? cases[chosen[0] ?? 0]?.name : undefined;
  const title =
    first.title ??
    (about === undefined || settings.when === undefined ? null : `${idWords(first, compares)} (${about})`);
  return {
    settings: {
      id: names(kebab(idWords(first, compares), "check")),
      ...(title === null ? {} : { title: oneLine(title, 120) }),
      ...settings,
    },
    comments: [
      ...(first.remarks ?? []),
      ...(first.fillIn === undefined ? [] : [`Fill in, then take the slashes away: ${first.fillIn}.`]),
    ],
    active: first.fillIn === undefined,
  };
}

/** A check on known answers is not named after the first of them. */
function idWords({ title, named }: Demand, compares: boolean): string {
  return title === null && compares ? `${named.split(" ")[0]} known answer` : named;
}

function goldenCases(cases: readonly FoundCase[], expected: readonly Json[]): readonly ImportedCase[] {
  const names = createNames();
  return cases.map(({ name, input, tags }, at) => ({
    id: names(kebab(name, `case-${at + 1}`)),
    input,
    expected: expected[at] ?? null,
    tags,
  }));
}

/** What stays behind for the same reason many times is said once. */
function together(notCarried: readonly NotCarried[]): readonly NotCarried[] {
  const counted = new Map<string, { first: NotCarried; times: number }>();
  for (const each of notCarried) {
    const key = `${each.what}\n${each.why}`;
    const known = counted.get(key);
    if (known === undefined) counted.set(key, { first: each, times: 1 });
    else known.times += 1;
  }
  return [...counted.values()].map(({ first, times }) =>
    times === 1 ? first : { ...first, what: `${first.what} (${sayCount(times, "time")})` },
  );
}
