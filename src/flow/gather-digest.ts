/**
 * What the week brought, for one reader. In: a reader, now. Out: the facts of their digest, read from what is indexed:
 * counts by hour, findings that stand, the newest moves. Changes nothing.
 */
import { dayMs } from "../domain/time.js";
import type { Counts } from "../measure/counts.js";
import type { DigestAutomation, DigestFacts, DigestToJudge } from "../report/digest-facts.js";
import type { DigestReader } from "../report/digest-settings.js";
import type { UnregisteredName } from "../store/unregistered.js";
import { sayMarker } from "./changes/say-marker.js";
import { decisionsSince } from "./decisions-since.js";
import { digestFindings, isBudgetTold } from "./digest-findings.js";
import { digestGaps } from "./digest-gaps.js";
import { type Ground, pageUrl, type Register, type Watched, watchedOf } from "./ground.js";
import { qualityWeeks, trueQuality } from "./human-quality.js";
import { itselfId } from "./itself.js";
import { stateOf } from "./overview.js";
import { untoldNames } from "./register/unregistered.js";
import { sayQuality } from "./say-quality.js";
import { monthOf, sayMonth } from "./watch-budget.js";

const weekMs = 7 * dayMs;
/** Incidents, changes and outputs that are read for a digest, which shows fewer. */
const readAtMost = 20;
/** Nobody judging for so long is told to the AI owner. */
const unjudgedMs = 4 * weekMs;

/** Addresses that belong to one digest. */
export interface DigestLinks {
  /** Where one output is judged; null: people have no address to reach it under. */
  readonly judge: (spotCheck: number) => string | null;
  /** How an output is judged. */
  readonly judgeBy: DigestFacts["judgeBy"];
  readonly stopUrl: string | null;
  /** Until when they are good; null: there are none. */
  readonly until: number | null;
}

/** A digest without addresses, as it is shown on the machine itself. */
export const noLinks: DigestLinks = {
  judge: () => null,
  judgeBy: "command",
  stopUrl: null,
  until: null,
};

/** The facts of a reader's digest; which reviews are due is another journey's to say. */
export function gatherDigest(
  ground: Ground,
  reader: DigestReader,
  links: DigestLinks,
  reviewsDue: DigestFacts["reviewsDue"],
): DigestFacts {
  const { register, clock, store } = ground;
  const now = clock.now();
  const since = now - weekMs;
  const read = register.automations.filter(({ entry }) => reader.automations.includes(entry.id));
  const judged = read.filter(({ entry }) => reader.judges.includes(entry.id));
  const person = register.people.get(reader.person) ?? register.aiOwner;
  const looksAfterAll = reader.person === register.aiOwner.name;
  const automations = read.map((watched) => automationOf(ground, watched, now));
  const newestFirst = (left: { at: number }, right: { at: number }) => right.at - left.at;
  return {
    instance: register.name,
    reader: { name: reader.person, weekday: reader.weekday, minute: reader.minute },
    timeZone: person.timeZone,
    now,
    automations,
    toJudge: judged.flatMap((watched) => toJudge(ground, watched, links)),
    judgeBy: links.judgeBy,
    waitingForOthers: read
      .filter((each) => !judged.includes(each))
      .reduce((sum, { entry }) => sum + waitingOf(ground, entry.id, now).length, 0),
    ...incidentsOf(ground, read, looksAfterAll),
    findings: read
      .flatMap((watched, at) => digestFindings(ground, watched, automations[at]?.reason ?? ""))
      .sort(newestFirst),
    reviewsDue,
    changes: read.flatMap((watched) => changesOf(ground, watched, since)).sort(newestFirst),
    costs: read.flatMap((watched) => {
      if (isBudgetTold(ground, watched)) return [];
      const month = monthOf(ground, watched, now);
      if (month === null) return [];
      return [{ automation: watched.entry.title, words: sayMonth(watched.entry, month, now) }];
    }),
    probation: read.flatMap((watched) => probationOf(ground, watched)),
    contradicted: read.flatMap(({ entry }) =>
      store.findings
        .active(entry.id)
        .flatMap(({ finding }) => (finding.rule === "contradicted" ? [finding.sentence] : [])),
    ),
    gaps: read.flatMap((watched) => digestGaps(ground, watched, since)),
    unjudged: looksAfterAll ? read.flatMap((watched) => unjudgedOf(ground, watched, now)) : [],
    unregistered: looksAfterAll ? untoldNames(ground).map((each) => unaskedOf(register, each)) : [],
    undeliverable: looksAfterAll ? store.outbox.tally().undeliverable : 0,
    url: pageUrl(register, "/"),
    stopUrl: links.stopUrl,
    linksUntil: links.until,
  };
}

function automationOf(ground: Ground, watched: Watched, now: number): DigestAutomation {
  const { entry } = watched;
  const { state, reason } = stateOf(ground, watched);
  const quality = trueQuality(ground, entry.id, now);
  return {
    title: entry.title,
    state,
    reason,
    quality: quality === null ? null : sayQuality(quality),
    passed: worstPassed(ground, watched, now),
    url: pageUrl(ground.register, `/a/${entry.id}`),
  };
}

/** Of the checks that judged something this week, the one that passed least. */
function worstPassed({ store }: Ground, { entry, checks }: Watched, now: number): DigestAutomation["passed"] {
  const weeks = checks.map(({ id, title }) => {
    const hours = store.outputs.hoursOfCheck(entry.id, id, now - 2 * weekMs);
    const [before, since] = [
      hours.filter(({ hourAt }) => hourAt < now - weekMs),
      hours.filter(({ hourAt }) => hourAt >= now - weekMs),
    ];
    return { check: title, now: countsOf(since), before: countsOf(before) };
  });
  const [worst] = weeks
    .filter((each) => each.now.n > 0)
    .sort((left, right) => left.now.hits * right.now.n - right.now.hits * left.now.n);
  return worst ?? null;
}

function countsOf(hours: readonly { readonly pass: number; readonly judged: number }[]): Counts {
  return hours.reduce((sum, { pass, judged }) => ({ hits: sum.hits + pass, n: sum.n + judged }), {
    hits: 0,
    n: 0,
  });
}

/** Picked, with their text, and judged by nobody: the newest week first. */
function waitingOf({ store }: Ground, automation: string, now: number) {
  return store.spotChecks.waiting(automation, now - qualityWeeks * weekMs);
}

function toJudge(ground: Ground, { entry }: Watched, links: DigestLinks): readonly DigestToJudge[] {
  const outputs = waitingOf(ground, entry.id, ground.clock.now())
    .slice(0, readAtMost)
    .flatMap((row) => {
      const output = ground.store.spotChecks.outputOf(row.output);
      if (output === null) return [];
      const { input, text } = output;
      return [{ spotCheck: row.id, at: row.at, input, text, link: links.judge(row.id) }];
    });
  return outputs.length === 0 ? [] : [{ title: entry.title, question: entry.spotCheck.question, outputs }];
}

function incidentsOf(
  { store }: Ground,
  read: readonly Watched[],
  looksAfterAll: boolean,
): Pick<DigestFacts, "incidents" | "openIncidents"> {
  const titles = new Map(read.map(({ entry }) => [entry.id, entry.title]));
  if (looksAfterAll) titles.set(itselfId, "Evenkeel");
  const open = store.incidents.open().filter(({ automation }) => titles.has(automation));
  const newest = open.slice(-readAtMost).reverse();
  return {
    openIncidents: open.length,
    incidents: newest.map(({ id, automation, status, title, openedAt }) => ({
      id,
      automation: titles.get(automation) ?? automation,
      status,
      title,
      openedAt,
    })),
  };
}

function changesOf(ground: Ground, { entry }: Watched, since: number): DigestFacts["changes"] {
  const markers = ground.store.changes.list(entry.id, readAtMost).filter(({ at }) => at >= since);
  const changes = markers.map((marker) => ({
    at: marker.at,
    automation: entry.title,
    words: marker.kind === "golden-set" ? "the known answers were edited" : sayMarker(marker),
  }));
  const decided = decisionsSince(ground, entry.id, since, readAtMost);
  return [...changes, ...decided.map((each) => ({ ...each, automation: entry.title }))];
}

/** Checks that would page but for their probation. */
function probationOf({ store }: Ground, { entry, metrics }: Watched): DigestFacts["probation"] {
  const held = new Set(
    store.metrics.list(entry.id).flatMap((row) => (row.standing === "probation" ? [row.metric] : [])),
  );
  const checks = metrics
    .filter(({ id, check, level }) => check !== null && level === "page" && held.has(id))
    .map(({ title }) => title);
  return checks.length === 0 ? [] : [{ automation: entry.title, checks }];
}

function unaskedOf(
  register: Register,
  { name, outputs, firstSeenAt, sender, way }: UnregisteredName,
): DigestFacts["unregistered"][number] {
  const from = watchedOf(register, sender ?? "")?.entry.title ?? sender ?? "";
  return {
    name,
    outputs,
    sinceAt: firstSeenAt,
    from: `${way === "row" ? "in rows read for" : "with the token of"} ${from}`,
  };
}

function unjudgedOf(ground: Ground, { entry }: Watched, now: number): DigestFacts["unjudged"] {
  const oldest = waitingOf(ground, entry.id, now).at(-1);
  if (oldest === undefined) return [];
  const since = Math.max(oldest.untilAt, ground.store.judgements.lastAt(entry.id) ?? 0);
  const weeks = Math.floor((now - since) / weekMs);
  return now - since < unjudgedMs ? [] : [{ automation: entry.title, weeks }];
}
