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
  const expected = found.cases.map((_, at) => knownAnswer(found.demands, at));
  const groups = groupsOf(found.demands, expected);
  const notCarried: NotCarried[] = [...found.notCarried];
  const checks: ImportedCheck[] = [];
  const names = createNames();
  let single = 0;
  for (const group of groups) {
    const scope = scopeOf(group, found.cases, expected);
    if (scope.when !== null) single += 1;
    const settings = { ...group.settings, ...(scope.when === null ? {} : { when: scope.when }) };
    const why =
      scope.why ?? (single > mostForSingleCases ? tooMany : complaintAbout({ id: "x", ...settings }));
    if (why === null) checks.push(checkOf(group, settings, names, found.cases));
    else notCarried.push({ place: group.first.place, what: group.first.named, why });
  }
  return { checks, goldenCases: goldenCases(found.cases, expected), notCarried: together(notCarried) };
}

const tooMany = `it holds for single cases, and more than ${mostForSingleCases} checks for single cases would hide the others; compare with known answers instead`;

interface Group {
  readonly first: Demand;
  readonly settings: JsonObject;
  /** True when it compares with the known answer of each case. */
  readonly compares: boolean;
  /** null: every output. */
  cases: readonly number[] | null;
}

/** The first known answer of a case; answers about single fields make one object. */
function knownAnswer(demands: readonly Demand[], at: number): Json {
  let known: Json | undefined;
  for (const demand of demands) {
    if (demand.known === undefined || demand.cases === null || !demand.cases.includes(at)) continue;
    const { on } = demand.settings;
    if (typeof on !== "string") known ??= demand.known;
    else if (known === undefined) known = { [on]: demand.known };
    else if (isJsonObject(known) && !Object.hasOwn(known, on)) known = { ...known, [on]: demand.known };
  }
  return known ?? null;
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
    if (group === undefined) groups.set(key, { first: demand, settings, compares, cases: demand.cases });
    else {
      group.cases = group.cases === null || demand.cases === null ? null : [...group.cases, ...demand.cases];
    }
  }
  return [...groups.values()];
}

function isKnown(demand: Demand, expected: Json): boolean {
  if (demand.known === undefined) return false;
  const { on } = demand.settings;
  const there = typeof on === "string" && isJsonObject(expected) ? (expected[on] ?? null) : expected;
  return canonicalJson(there) === canonicalJson(demand.known);
}

/** Which outputs a group is about: all, or those that a filter tells. */
function scopeOf(
  { cases: chosen, compares, settings }: Group,
  cases: readonly FoundCase[],
  expected: readonly Json[],
): { when: string | null; why: string | null } {
  if (chosen === null) return { when: null, why: null };
  const { on } = settings;
  const hasAnswer = (at: number) => {
    const known = expected[at] ?? null;
    return known !== null && (typeof on !== "string" || (isJsonObject(known) && Object.hasOwn(known, on)));
  };
  const those = cases.flatMap((_, at) => (compares && !hasAnswer(at) ? [] : [at]));
  const covered = those.every((at) => chosen.includes(at));
  if (covered && (compares || those.length > 1)) return { when: null, why: null };
  const considered = those.map((at) => cases[at]?.input ?? null);
  const when = caseFilter(
    considered,
    those.flatMap((at, index) => (chosen.includes(at) ? [index] : [])),
  );
  return when === null
    ? { when, why: "it holds for some cases only, and no filter on their inputs tells them from the others" }
    : { when, why: null };
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
