/**
 * What a review of an automation or tool looks back on. In: what is stored since the last one. Out: figures, and parts
 * with sentences for people. Changes nothing. Where there was no review, it looks back on one interval between two.
 */
import type { Json } from "../../domain/json.js";
import { dollarsOf } from "../../domain/money.js";
import { dayMs, monthMs } from "../../domain/time.js";
import { instantOf } from "../../measure/local-time.js";
import { openTime } from "../../review/open-time.js";
import { excerpt } from "../../text/excerpt.js";
import { sayDuration } from "../../wording/durations.js";
import { sayCount, sayNumber, sayOf } from "../../wording/numbers.js";
import { sayListUpTo, upperFirst } from "../../wording/sentences.js";
import { sayDate } from "../../wording/times.js";
import { sayMarker } from "../changes/say-marker.js";
import { decisionsSince } from "../decisions-since.js";
import type { Ground, Watched } from "../ground.js";
import { humanQuality } from "../human-quality.js";
import { registerEntry } from "../register/register-entries.js";
import { sayQuality } from "../say-quality.js";
import { monthOf, sayMonth } from "../watch-budget.js";
import { type DueReview, dueReview } from "./due-reviews.js";
import type { EvidencePart } from "./governance-evidence.js";

/** What there is to know for a review. */
export interface ReviewEvidence {
  readonly due: DueReview;
  /** Since when it looks: the last review, or one interval ago. */
  readonly sinceAt: number;
  readonly figures: Readonly<Record<string, Json>>;
  readonly parts: readonly EvidencePart[];
}

/** Changes, decisions and lessons read, and lines of them shown. */
const readAtMost = 50;
const linesAtMost = 12;
const longestText = 300;
const checksNamed = 8;

/** Everything about one automation or tool since its last review. */
export function reviewEvidence(ground: Ground, watched: Watched): ReviewEvidence {
  const due = dueReview(ground, watched);
  const now = ground.clock.now();
  const sinceAt = sinceOf(due, watched, now);
  const span = { sinceAt, now };
  const gathered = [
    quality(ground, watched, span),
    incidents(ground, watched, span),
    usage(ground, watched, span),
    checks(ground, watched, span),
    changes(ground, watched, span),
    lessons(ground, watched, span),
    registered(ground, watched),
  ];
  return {
    due,
    sinceAt,
    figures: Object.assign({}, ...gathered.map(({ figures }) => figures)),
    parts: gathered.map(({ title, lines }) => ({
      title,
      lines:
        lines.length > linesAtMost
          ? [...lines.slice(0, linesAtMost), `And ${lines.length - linesAtMost} more.`]
          : lines,
    })),
  };
}

interface Span {
  readonly sinceAt: number;
  readonly now: number;
}

interface Gathered extends EvidencePart {
  readonly figures: Readonly<Record<string, Json>>;
}

function sinceOf({ lastOn, newest, person }: DueReview, { entry }: Watched, now: number): number {
  if (lastOn === null) return now - entry.review.everyMonths * monthMs;
  const at = instantOf(Date.parse(lastOn), person.timeZone);
  // recorded here: to the minute, not from the beginning of that day
  return newest !== null && newest.at >= at && newest.at < at + dayMs ? newest.at : Math.min(at, now);
}

function quality(ground: Ground, watched: Watched, { sinceAt, now }: Span): Gathered {
  const { quality: estimate, waiting } = humanQuality(ground, watched, now);
  const judged = ground.store.reviewEvidence.judgedSince(watched.entry.id, sinceAt);
  const said =
    judged.outputs === 0
      ? "Nobody has judged an output since."
      : `People judged ${sayCount(judged.outputs, "output")} since: ${judged.wrong} wrong, ${judged.disputed} on which they disagree.`;
  return {
    title: "Quality, as people judge it",
    lines: [
      `${upperFirst(sayQuality(estimate))}.`,
      said,
      ...(waiting === 0
        ? []
        : [`${sayCount(waiting, "output")} ${waiting === 1 ? "waits" : "wait"} to be judged.`]),
    ],
    figures: {
      quality: estimate === null ? null : { ...estimate, interval: { ...estimate.interval } },
      judged: { ...judged },
    },
  };
}

function incidents({ store }: Ground, { entry }: Watched, { sinceAt, now }: Span): Gathered {
  const found = store.reviewEvidence.incidentsSince(entry.id, sinceAt);
  const open = found.filter(({ endedAt }) => endedAt === null).length;
  const openMs = openTime(found, sinceAt, now);
  const { slots, reason } = store.runs.missedSince(entry.id, sinceAt);
  return {
    title: "Incidents",
    lines: [
      found.length === 0
        ? "No incident."
        : `${sayCount(found.length, "incident")}, together open for ${sayDuration(openMs)}${open === 0 ? "" : `; ${open} still open`}.`,
      ...(slots === 0
        ? []
        : [
            `${sayCount(slots, "run")} missed (${excerpt(reason?.replace(/^missed: /, "") ?? "no reason was noted", longestText)}).`,
          ]),
    ],
    figures: {
      incidents: found.length,
      openIncidents: open,
      hoursOpen: Math.round(openMs / 36_000) / 100,
      missedRuns: slots,
    },
  };
}

function usage(ground: Ground, watched: Watched, { sinceAt, now }: Span): Gathered {
  const { entry } = watched;
  const { outputs, priced, costMicros } = ground.store.reviewEvidence.usage(entry.id, sinceAt, now);
  // a span of less than a week says nothing of a month
  const months = Math.max((now - sinceAt) / monthMs, 0.25);
  const dollars = dollarsOf(costMicros);
  const month = monthOf(ground, watched, now);
  const spent =
    priced === 0
      ? []
      : [
          `They cost ${dollars.toFixed(2)} USD, about ${(dollars / months).toFixed(2)} a month${priced < outputs ? ` (the cost of ${sayOf({ hits: priced, n: outputs })} is known)` : ""}.`,
        ];
  return {
    title: "Usage and cost",
    lines: [
      outputs === 0
        ? "No outputs were seen."
        : `${sayCount(outputs, "output")}, about ${sayNumber(Math.round(outputs / months))} a month.`,
      ...spent,
      ...(month === null ? [] : [`This month: ${sayMonth(entry, month, now)}.`]),
      ...(entry.budget === null ? ["No budget is set."] : []),
      ...(entry.cost === null
        ? []
        : [
            `Stated in the register: ${entry.cost.perMonth} ${entry.cost.currency} a month${entry.seats === null ? "" : `, ${sayCount(entry.seats, "seat")}`}.`,
          ]),
      ...(entry.expectedReturn === null
        ? []
        : [`Expected of it: ${excerpt(entry.expectedReturn, longestText)}.`]),
    ],
    figures: { outputs, pricedOutputs: priced, costUsd: dollars },
  };
}

function checks(ground: Ground, watched: Watched, { now }: Span): Gathered {
  const standing = new Map(
    ground.store.metrics.list(watched.entry.id).map((row) => [row.metric, row.standing]),
  );
  const probation = watched.metrics
    .filter(({ id, check, level }) => check !== null && level === "page" && standing.get(id) === "probation")
    .map(({ title }) => excerpt(title, longestText));
  const contradicted = humanQuality(ground, watched, now)
    .checks.filter((check) => check.contradicted)
    .map(({ title }) => excerpt(title, longestText));
  const quoted = (titles: readonly string[]) =>
    sayListUpTo(
      titles.map((title) => `“${title}”`),
      checksNamed,
    );
  const count = watched.checks.length;
  return {
    title: "Checks",
    lines: [
      count === 0 ? "Nothing is checked." : `${sayCount(count, "check")}.`,
      ...(probation.length === 0 ? [] : [`On probation, so for the digest only: ${quoted(probation)}.`]),
      ...(contradicted.length === 0 ? [] : [`People contradict ${quoted(contradicted)}.`]),
    ],
    figures: { checks: count, onProbation: probation, contradicted },
  };
}

function changes(ground: Ground, { entry }: Watched, { sinceAt, now }: Span): Gathered {
  const markers = ground.store.changes
    .list(entry.id, readAtMost)
    .filter(({ at }) => at >= sinceAt)
    .map((marker) => ({ at: marker.at, words: sayMarker(marker) }));
  const all = [...markers, ...decisionsSince(ground, entry.id, sinceAt, readAtMost)].sort(
    (left, right) => right.at - left.at,
  );
  return {
    title: "Changed or decided",
    lines:
      all.length === 0
        ? ["Nothing was changed."]
        : all.map(
            ({ at, words }) =>
              `${upperFirst(sayDate(at, entry.timeZone, now))}: ${excerpt(words, longestText)}.`,
          ),
    figures: { changes: all.length },
  };
}

function lessons({ store }: Ground, { entry }: Watched, { sinceAt }: Span): Gathered {
  // no incident has the number 0
  const found = store.closings.lessons(entry.id, 0, readAtMost).filter(({ endedAt }) => endedAt >= sinceAt);
  return {
    title: "Lessons of its incidents",
    lines:
      found.length === 0
        ? ["None was written down."]
        : found.map(({ incident, lesson }) => `Incident ${incident}: ${excerpt(lesson, longestText)}`),
    figures: { lessons: found.length },
  };
}

function registered(ground: Ground, watched: Watched): Gathered {
  const { completeness } = registerEntry(ground, watched);
  const { done, of, missing } = completeness;
  return {
    title: "Its entry",
    lines: [
      `${done} of ${of} parts are there.`,
      ...missing.map(
        ({ words, needed, fix }) =>
          `${upperFirst(words)}${needed ? "" : " (its risk can do without)"}: ${fix}.`,
      ),
    ],
    figures: { completeDone: done, completeOf: of, missing: missing.map(({ words }) => words) },
  };
}
