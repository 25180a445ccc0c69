/**
 * A judged output becomes a known answer, or is one no longer. In: a spot check, who decides. Out: a case of the golden
 * set in the store, with which output, whose word and which correction it rests on; the decision on record. The owner's
 * file of cases is never written to. What is taken is what is stored: personal data is hidden in it.
 */
import { z } from "zod";
import { KnownError } from "../../domain/errors.js";
import { dateOf, wallTime } from "../../measure/local-time.js";
import type { SpotCheckRow } from "../../store/spot-check.js";
import { meantHint } from "../../text/nearest.js";
import type { Ground, Watched } from "../ground.js";
import { requireSpotCheck } from "../take-judgement.js";
import { lookForContradictions } from "./contradicted-cases.js";
import { caseIdOf, knownAnswerOf } from "./known-answer.js";

const who = z.string().trim().min(1).max(400);

/** Someone makes a judged output a known answer. */
export const promotionRequest = z.strictObject({
  spotCheck: z.int(),
  who,
  /** Local date by which someone should look whether it still holds; null: after as many months as the automation's review. */
  reviewBy: z.iso.date().nullable(),
});

/** Someone takes a known answer that was an output out of the set again. */
export const withdrawalRequest = z.strictObject({
  automation: z.string(),
  case: z.string().min(1).max(200),
  who,
  why: z.string().trim().min(1).max(2_000),
});

/** What became a known answer. */
export interface Promoted {
  readonly automation: string;
  readonly case: string;
  readonly output: string;
  /** Whose word it rests on. */
  readonly saidBy: string;
  readonly corrected: boolean;
  readonly reviewBy: string;
  /** Personal data is hidden in it, and so the automation is asked. */
  readonly redacted: boolean;
}

/** The case that the output of a spot check has become; null: it has not. */
export function promotedAs(
  { store }: Ground,
  row: SpotCheckRow,
): { readonly case: string; readonly who: string; readonly reviewBy: string } | null {
  const known = store.goldenPromoted.of(row.automation).find(({ output }) => output === row.output);
  return known === undefined ? null : { case: known.caseId, who: known.who, reviewBy: known.reviewBy };
}

/** Why an output cannot become a known answer now; null: it can. */
export function whyNotPromoted(ground: Ground, row: SpotCheckRow): string | null {
  try {
    knownAnswerOf(ground, row);
    return null;
  } catch (thrown) {
    if (thrown instanceof KnownError) return thrown.message;
    throw thrown;
  }
}

/** Makes it one, with the way the decision came by on record; throws KnownError that says what is missing. */
export function promoteOutput(
  ground: Ground,
  request: z.infer<typeof promotionRequest>,
  via: string | null = null,
): Promoted {
  const { store, clock } = ground;
  const row = requireSpotCheck(ground, request.spotCheck);
  const { watched, known, said, corrected } = knownAnswerOf(ground, row);
  const { entry, storeMode } = watched;
  const at = clock.now();
  const reviewBy = request.reviewBy ?? monthsLater(at, entry.timeZone, entry.review.everyMonths);
  const caseId = caseIdOf(row.id);
  const { automation, output } = row;
  const by = { who: request.who, at };
  store.transaction(() => {
    store.goldenPromoted.put({
      ...{ automation, output, caseId, ...known, corrected, reviewBy, ...by },
      saidBy: said.who,
    });
    const what = corrected ? "the correction" : "the output";
    const way = via === null ? "" : `, by the ${via}`;
    const why = `${what} of ${said.who}'s judgement of output ${row.outputId}${way}`;
    store.decisions.record({ ...by, why, what: "promote-golden", automation, subject: caseId });
    lookForContradictions(ground, watched, at);
  });
  return {
    automation,
    case: caseId,
    output: row.outputId,
    saidBy: said.who,
    corrected,
    reviewBy,
    redacted: storeMode !== "full",
  };
}

/** Takes one out again; throws KnownError where there is none of that id. */
export function withdrawCase(ground: Ground, watched: Watched, request: z.infer<typeof withdrawalRequest>) {
  const { store, clock } = ground;
  const { id } = watched.entry;
  const known = store.goldenPromoted.of(id).map(({ caseId }) => caseId);
  const { case: caseId, who: by, why } = request;
  if (!known.includes(caseId))
    throw new KnownError(
      "golden-not-promoted",
      `${id} has no known answer "${caseId}" that was an output${known.length === 0 ? "" : `; ${meantHint(caseId, known)}`}. Cases of the file are taken out there.`,
    );
  const at = clock.now();
  store.transaction(() => {
    store.goldenPromoted.remove(id, caseId);
    store.decisions.record({ at, who: by, why, what: "withdraw-golden", automation: id, subject: caseId });
    lookForContradictions(ground, watched, at);
  });
  return { automation: id, case: caseId };
}

/** The local date so many months on; the last of that month where it has no such day. */
function monthsLater(at: number, timeZone: string, months: number): string {
  const today = new Date(wallTime(at, timeZone));
  const [year, month] = [today.getUTCFullYear(), today.getUTCMonth() + months];
  const last = new Date(Date.UTC(year, month + 1, 0)).getUTCDate();
  return dateOf(Date.UTC(year, month, Math.min(today.getUTCDate(), last)));
}
