/**
 * A person saw something odd: one journey for the command line, programs and pages.
 * In: who saw what, of which automation. Out: the report on record, and its finding: at level digest, or, where it may
 * still be going out, at level page, which opens an incident or joins the open one. Reports about the same output are one
 * finding that is seen again. No run ends it: only a person settles a report or closes the incident it is in.
 */
import { createHash } from "node:crypto";
import { KnownError, StoreError } from "../domain/errors.js";
import type { Report, ReportWay } from "../domain/report.js";
import type { StoredFinding } from "../store/finding.js";
import { excerpt } from "../text/excerpt.js";
import { meantHint } from "../text/nearest.js";
import { sayCount } from "../wording/numbers.js";
import { sayDayOfYear } from "../wording/times.js";
import type { Found } from "./describe.js";
import type { Ground, Watched } from "./ground.js";
import { raise } from "./raise.js";
import { type ReportRequest, readRequest } from "./report-request.js";
import { reportKey, subjectOf } from "./report-subject.js";
import { tellAlso, tellUntold } from "./tell.js";

/** Characters of a report in a headline, and in a sentence. */
const headlineMax = 90;
const sentenceMax = 400;
/** More of one automation wait for nobody: whoever goes on is told to look at them first. */
const mostOpen = 500;

/** How a report came, and how its sender would repeat it. */
export interface ReportArrival {
  readonly way: ReportWay;
  /** The same for each try of one sending; null: every sending is a report of its own. */
  readonly repeatKey: string | null;
}

/** What came of a report. */
export interface Reported {
  readonly report: Report;
  /** `repeated`: it was sent before, and nothing was done again. */
  readonly outcome: "recorded" | "repeated";
  /** The open incident it belongs to; null: it stands in the digest. */
  readonly incident: number | null;
  /** True where this report opened that incident, or opened it again. */
  readonly opened: boolean;
  /** How many reports about the same thing wait. */
  readonly alike: number;
  /** Whether the output is among those seen; null: none was named. */
  readonly outputKnown: boolean | null;
}

/** Records what someone saw; throws KnownError with what to write instead. */
export function reportProblem(ground: Ground, request: ReportRequest, arrival: ReportArrival): Reported {
  const watched = reportable(ground, request.automation);
  const read = readRequest(ground, watched, request);
  const now = ground.clock.now();
  const contentHash = hashOf(request);
  if (ground.store.state.room() === "full")
    throw new StoreError("store-full", "the disk of the data folder is full: nothing is taken in", {
      retryable: true,
    });
  return ground.store.transaction(() => {
    const { reports } = ground.store;
    const automation = watched.entry.id;
    const before = arrival.repeatKey === null ? null : reports.repeatOf(automation, arrival.repeatKey);
    if (before !== null) return repeated(ground, watched, before, contentHash);
    if (reports.open(automation).length >= mostOpen)
      throw new KnownError(
        "reports-many",
        `${mostOpen} reports of ${automation} wait already; settle some first`,
      );
    const subject = subjectOf(read);
    const id = reports.add({
      ...read,
      automation,
      subject,
      way: arrival.way,
      reportedAt: now,
      repeatKey: arrival.repeatKey,
      contentHash,
    });
    const opened = raiseReport(ground, watched, requireReport(ground, id), now);
    return { ...standing(ground, watched, requireReport(ground, id)), outcome: "recorded", opened };
  });
}

/** The automation of the register; throws KnownError that names the nearest one. */
function reportable({ register }: Ground, id: string): Watched {
  const found = register.automations.find((each) => each.entry.id === id);
  if (found !== undefined) return found;
  const known = register.automations.map((each) => each.entry.id);
  throw new KnownError("automation-unknown", `automation: no "${excerpt(id)}"; ${meantHint(id, known)}`);
}

/** The report of that number; throws KnownError where there is none. */
export function requireReport({ store }: Pick<Ground, "store">, id: number): Report {
  const report = store.reports.get(id);
  if (report === null)
    throw new KnownError("report-unknown", `No report ${id}; evenkeel reports lists them.`);
  return report;
}

/** What came of a report that is on record, as it stands now; null: there is none of that number about the automation. */
export function reportedBefore(
  ground: Ground,
  watched: Watched,
  id: number,
): Omit<Reported, "outcome"> | null {
  const report = ground.store.reports.get(id);
  if (report === null || report.automation !== watched.entry.id) return null;
  const stands = standing(ground, watched, report);
  const moves = stands.incident === null ? [] : ground.store.incidents.moves(stands.incident);
  const opens = moves.filter(({ event }) => event === "open" || event === "reopen");
  return { ...stands, opened: opens.some(({ at }) => at === report.reportedAt) };
}

/** What came of the report of one form of a link's page; null: none was sent with it. */
export function reportedByLink(
  ground: Ground,
  watched: Watched,
  once: string,
): Omit<Reported, "outcome"> | null {
  const known = ground.store.reports.repeatOf(watched.entry.id, linkKey(once));
  return known === null ? null : reportedBefore(ground, watched, known.id);
}

/** Under which a form of a link's page is sent again. */
export function linkKey(once: string): string {
  return `link:${once}`;
}

/** The finding that a report counts to; null: it is over. */
export function findingOf({ store }: Pick<Ground, "store">, report: Report): StoredFinding | null {
  const key = reportKey(report.subject);
  return store.findings.active(report.automation).find((each) => each.key === key) ?? null;
}

function hashOf(request: ReportRequest): string {
  const { automation, what, by, output = null, link = null, seenAt = null, urgent } = request;
  const said = JSON.stringify([automation, what, by, output, link, seenAt, urgent]);
  return createHash("sha256").update(said).digest("hex");
}

function repeated(
  ground: Ground,
  watched: Watched,
  before: { id: number; contentHash: string },
  contentHash: string,
): Reported {
  if (before.contentHash !== contentHash)
    throw new KnownError(
      "report-conflict",
      `report ${before.id} was sent under this key before, with other content; send another key`,
    );
  return {
    ...standing(ground, watched, requireReport(ground, before.id)),
    outcome: "repeated",
    opened: false,
  };
}

function standing(ground: Ground, watched: Watched, report: Report): Omit<Reported, "outcome" | "opened"> {
  const { store } = ground;
  const open = store.incidents.openOf(report.automation, "outputs");
  const finding = findingOf(ground, report);
  const { output } = report;
  return {
    report,
    incident: open !== null && finding?.incident === open.id ? open.id : null,
    alike: store.reports
      .ofSubject(report.automation, report.subject)
      .filter(({ settled }) => settled === null).length,
    outputKnown:
      output === null ? null : store.outputs.knownHash(watched.entry.id, "source", output) !== null,
  };
}

/** Makes or renews the finding, and tells what is to be told. True where it opened an incident. */
function raiseReport(ground: Ground, watched: Watched, report: Report, now: number): boolean {
  const { store } = ground;
  const { automation } = report;
  const openBefore = store.incidents.openOf(automation, "outputs");
  const joined = raise(ground, {
    automation,
    kind: "outputs",
    at: now,
    found: [foundBy(ground, watched, report, now)],
    endedKeys: [],
  });
  const open = store.incidents.openOf(automation, "outputs");
  const finding = findingOf(ground, report);
  if (open !== null && finding !== null) {
    if (finding.incident !== open.id) store.findings.attach(finding.id, open.id);
    // what raise put on the timeline names who and what already
    if (!joined.some(({ id }) => id === finding.id)) noteReport(ground, open.id, report, now);
  }
  for (const each of joined)
    if (each.incident !== null) tellAlso(ground, watched, each.incident, each.finding, now);
  tellUntold(ground, watched, now);
  return open !== null && open.id !== openBefore?.id;
}

function noteReport({ store }: Ground, incident: number, report: Report, now: number): void {
  const row = store.incidents.get(incident);
  if (row === null) return;
  store.incidents.record(incident, {
    at: now,
    event: "report",
    from: row.status,
    to: row.status,
    who: report.who,
    why: `“${report.what}”${ofOutput(report)}`,
  });
}

function foundBy(ground: Ground, watched: Watched, report: Report, now: number): Found {
  const known = findingOf(ground, report);
  const { what, who, seenAt, subject } = report;
  const alike = ground.store.reports
    .ofSubject(report.automation, subject)
    .filter(({ settled }) => settled === null);
  // once someone has been called, a calmer voice calls nobody back
  const pages = report.urgent || known?.finding.level === "page";
  const firstSeenAt = Math.min(seenAt, ...alike.map((each) => each.seenAt));
  const more = alike.length > 1 ? `; ${sayCount(alike.length, "report")} of it` : "";
  // it is read days later too
  const { timeZone } = watched.entry;
  const when = sayDayOfYear(seenAt, timeZone);
  return {
    headline: `reported as odd by ${who}: “${excerpt(what, headlineMax)}”`,
    finding: {
      rule: "report",
      metric: subject,
      check: null,
      level: pages ? "page" : "digest",
      baseline: null,
      current: null,
      evidence: null,
      changedAt: firstSeenAt,
      foundAt: now,
      chanceMonths: null,
      sentence: `reported by ${who}, seen ${when}: “${excerpt(what, sentenceMax)}”${ofOutput(report)}${more}`,
      improvement: false,
    },
  };
}

function ofOutput({ output, link }: Report): string {
  const parts = [...(output === null ? [] : [`output ${output}`]), ...(link === null ? [] : [link])];
  return parts.length === 0 ? "" : ` (${parts.join(", ")})`;
}
