/**
 * What the monthly review of the whole register looks at. In: the register, what was noted since. Out: parts with a
 * sentence for each thing that wants an answer, and what is in order said in one. Changes nothing.
 */
import type { Automation } from "../../domain/automation.js";
import { sensitiveAmong } from "../../review/sensitive-data.js";
import { excerpt } from "../../text/excerpt.js";
import { sayCount } from "../../wording/numbers.js";
import { sayList, sayListUpTo } from "../../wording/sentences.js";
import type { Ground, Register } from "../ground.js";
import { sayUnregistered } from "../register/say-unregistered.js";
import { unregisteredActivity } from "../register/unregistered.js";
import { dueReviews } from "./due-reviews.js";
import { sayDue } from "./say-due.js";
import { sayVendorDate, vendorDatesAhead } from "./vendor-dates.js";

/** One part of what a review looks at. */
export interface EvidencePart {
  readonly title: string;
  readonly lines: readonly string[];
}

/** Things named in one line, and lines of one part. */
const namedAtMost = 12;
const linesAtMost = 40;
const longestName = 80;
/** Days of vendors that are shown ahead. */
const vendorDays = 90;

/** What there is to look at over the whole register. */
export function governanceEvidence(ground: Ground): readonly EvidencePart[] {
  const entries = ground.register.automations.map(({ entry }) => entry);
  return [
    part("Access", access(ground.register, entries)),
    part("Data", data(entries, ground.register.governance.sensitiveData)),
    part("Approvals", approvals(entries)),
    part("Not registered", unregistered(ground)),
    part("Vendors: terms, prices, licences, contracts", vendors(ground)),
    part("Reviews overdue", overdue(ground)),
  ];
}

function part(title: string, lines: readonly string[]): EvidencePart {
  const rest = lines.length - linesAtMost;
  return { title, lines: rest > 0 ? [...lines.slice(0, linesAtMost), `And ${rest} more.`] : lines };
}

const titlesOf = (entries: readonly Automation[]): string =>
  sayListUpTo(
    entries.map(({ title }) => excerpt(title, longestName)),
    namedAtMost,
  );

function access(register: Register, entries: readonly Automation[]): readonly string[] {
  const owners = [...new Set(entries.map(({ owner }) => owner))];
  const without = entries.filter(({ deputy }) => deputy === null);
  const unreachable = owners.filter((name) => {
    const person = register.people.get(name);
    return person === undefined || (person.email === null && person.slackId === null);
  });
  const idle = idlePeople(register, entries);
  return [
    ...owners.map((owner) => `${owner} owns ${titlesOf(entries.filter((each) => each.owner === owner))}.`),
    without.length === 0 ? "Each entry has a deputy." : `Without a deputy: ${titlesOf(without)}.`,
    ...(unreachable.length === 0
      ? []
      : [`No address is known of ${sayListUpTo(unreachable, namedAtMost)}: have they left? See “people”.`]),
    ...(idle.length === 0
      ? []
      : [
          `${sayListUpTo(idle, namedAtMost)} ${idle.length === 1 ? "looks" : "look"} after nothing: if they have left, take them out of “people”.`,
        ]),
  ];
}

/** People of the configuration whom nothing names. */
function idlePeople(register: Register, entries: readonly Automation[]): readonly string[] {
  const { people, aiOwner, governance, digest } = register;
  const named = new Set([
    ...[aiOwner.name, governance.who],
    ...digest.map(({ person }) => person),
    ...[...people.values()].flatMap(({ members = [] }) => members),
    ...entries.flatMap(({ owner, deputy, onCall, fallback, sla }) => [
      ...[owner, deputy, fallback?.by ?? null, sla.hoursOf],
      ...(onCall.kind === "person" ? [onCall.name] : onCall.names),
    ]),
  ]);
  return [...people.values()]
    .filter(({ name, members }) => members === undefined && !named.has(name))
    .map(({ name }) => name);
}

function data(entries: readonly Automation[], words?: readonly string[]): readonly string[] {
  const kinds = [...new Set(entries.flatMap(({ dataClasses }) => dataClasses))].sort((left, right) =>
    left.localeCompare(right, "en"),
  );
  const unstated = entries.filter(({ dataClasses }) => dataClasses.length === 0);
  const unapproved = entries.filter(
    ({ dataClasses, approval }) =>
      approval.status !== "approved" && sensitiveAmong(dataClasses, words).length > 0,
  );
  return [
    ...unapproved.map(
      ({ title, dataClasses, approval }) =>
        `${excerpt(title, longestName)} sees ${sayList(sensitiveAmong(dataClasses, words))} and is not approved (${sayStatus(approval.status)}).`,
    ),
    ...(unstated.length === 0 ? [] : [`What data they see is not stated: ${titlesOf(unstated)}.`]),
    ...kinds.map(
      (kind) =>
        `${excerpt(kind, longestName)}: ${titlesOf(entries.filter(({ dataClasses }) => dataClasses.includes(kind)))}.`,
    ),
  ];
}

function approvals(entries: readonly Automation[]): readonly string[] {
  const open = entries.filter(({ approval }) => approval.status !== "approved");
  const unsigned = entries.filter(
    ({ approval }) => approval.status === "approved" && (approval.by === null || approval.on === null),
  );
  if (open.length + unsigned.length === 0) return ["Each entry is approved, with name and date."];
  return [
    ...open.map(({ title, approval }) => `${excerpt(title, longestName)}: ${sayStatus(approval.status)}.`),
    ...(unsigned.length === 0 ? [] : [`Approved, but by whom or when is not stated: ${titlesOf(unsigned)}.`]),
  ];
}

function sayStatus(status: string): string {
  return status === "not-stated" ? "approval not stated" : `approval: ${status}`;
}

function unregistered(ground: Ground): readonly string[] {
  const { names, dropped } = unregisteredActivity(ground);
  if (names.length + dropped === 0) return ["Nothing sends outputs under a name that nobody registered."];
  return [
    ...names.map((each) => `${each.name}: ${sayUnregistered(ground, each)}.`),
    ...(dropped === 0
      ? []
      : [`${sayCount(dropped, "request")} under further names, of which nothing is kept.`]),
  ];
}

function vendors(ground: Ground): readonly string[] {
  const dates = vendorDatesAhead(ground, vendorDays);
  if (dates.length === 0)
    return [
      ground.register.vendorDates.length === 0
        ? "No dates are known; “vendorDates” in the configuration takes them."
        : `Nothing has passed, and nothing comes within ${vendorDays} days.`,
    ];
  return dates.map((each) => `${each.title}, ${sayVendorDate(each)}.`);
}

function overdue(ground: Ground): readonly string[] {
  const late = dueReviews(ground).filter(({ daysLeft }) => daysLeft < 0);
  if (late.length === 0) return ["None is overdue."];
  return late.map((each) => `${excerpt(each.title, longestName)} (${each.person.name}): ${sayDue(each)}.`);
}
