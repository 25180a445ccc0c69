/**
 * What people decide in a review. In: who decides what, why, and when to look again. Out: the review on record, which is
 * never changed, and what is now to be edited in the configuration. Evenkeel edits nothing by itself.
 */
import { z } from "zod";
import { KnownError } from "../../domain/errors.js";
import { type Review, type ReviewDecision, reviewDecisions, wholeRegister } from "../../domain/review.js";
import { dateOf, wallTime } from "../../measure/local-time.js";
import { monthsAfter, nextGovernanceDay, workingDayFrom } from "../../review/review-times.js";
import { meantHint } from "../../text/nearest.js";
import type { Ground, Watched } from "../ground.js";
import { type DueReview, dayOfMonth, dueReview, governanceReview } from "./due-reviews.js";
import { noteDue } from "./note-due.js";

/** Nobody plans further ahead, and a date that far off is a slip of the pen. */
const furthestMonths = 36;

const said = {
  who: z.string().trim().min(1).max(200),
  why: z.string().trim().min(1).max(2000),
  next: z.iso.date().nullable(),
};

/** What is recorded of an automation or tool. */
export const reviewRequest = z.strictObject({
  automation: z.string().max(200),
  decision: z.enum(reviewDecisions),
  ...said,
});

/** What is recorded of the whole register. */
export const governanceRequest = z.strictObject(said);

/** What came of it. */
export interface RecordedReview {
  readonly automation: string;
  readonly title: string;
  /** Local date. */
  readonly nextOn: string;
  /** The same had been recorded on the same day: it counts once. */
  readonly repeated: boolean;
  /** What to edit in the configuration now. */
  readonly edit: readonly string[];
}

/** The automation or tool of that id; throws KnownError that names the nearest one. */
export function requireRegistered({ register }: Pick<Ground, "register">, id: string): Watched {
  const found = register.automations.find(({ entry }) => entry.id === id);
  if (found !== undefined) return found;
  const known = register.automations.map(({ entry }) => entry.id);
  throw new KnownError("automation-unknown", `no automation "${id}"; ${meantHint(id, known)}`);
}

/** Records the review of an automation or tool. */
export function recordReview(ground: Ground, request: z.infer<typeof reviewRequest>): RecordedReview {
  const watched = requireRegistered(ground, request.automation);
  const due = dueReview(ground, watched);
  const today = todayOf(ground, due);
  const usual = workingDayFrom(monthsAfter(today, watched.entry.review.everyMonths), due.person);
  const nextOn = nextDate(request.next, today, usual);
  const { automation, decision, who, why } = request;
  const repeated = record(ground, due, { automation, decision, who, why, nextOn });
  return { automation, ...reviewOnRecord(ground, watched), repeated };
}

/** What the newest review of an automation or tool came to, as it stands now. */
export function reviewOnRecord(
  ground: Ground,
  watched: Watched,
): Pick<RecordedReview, "title" | "nextOn" | "edit"> {
  const { title, dueOn, newest } = dueReview(ground, watched);
  const decision = newest?.decision ?? null;
  return { title, nextOn: dueOn, edit: decision === null ? [] : whatToEdit(watched, decision) };
}

/** Records the review of the whole register. */
export function recordGovernance(ground: Ground, request: z.infer<typeof governanceRequest>): RecordedReview {
  const due = governanceReview(ground);
  const today = todayOf(ground, due);
  const day = dayOfMonth(ground.register.governance);
  const nextOn = nextDate(request.next, today, nextGovernanceDay(today, day, due.person));
  const { who, why } = request;
  const repeated = record(ground, due, { automation: wholeRegister, decision: null, who, why, nextOn });
  return { automation: wholeRegister, ...governanceOnRecord(ground), repeated };
}

/** What the newest review of the whole register came to, as it stands now. */
export function governanceOnRecord(ground: Ground): Pick<RecordedReview, "title" | "nextOn" | "edit"> {
  const { title, dueOn } = governanceReview(ground);
  return { title, nextOn: dueOn, edit: [] };
}

function todayOf({ clock }: Ground, { person }: DueReview): string {
  return dateOf(wallTime(clock.now(), person.timeZone));
}

function nextDate(asked: string | null, today: string, usual: string): string {
  if (asked === null) return usual;
  const furthest = monthsAfter(today, furthestMonths);
  if (asked > today && asked <= furthest) return asked;
  throw new KnownError(
    "review-next",
    `the next review on ${asked}: expected a date after today (${today}), ${furthest} at the latest`,
  );
}

/** Puts it on record with its next date; true: the same person had recorded the same on the same day. */
function record(ground: Ground, due: DueReview, said: Omit<Review, "at">): boolean {
  const { store, clock } = ground;
  const { newest } = due;
  const repeated =
    newest !== null &&
    due.lastOn === todayOf(ground, due) &&
    newest.decision === said.decision &&
    newest.who === said.who &&
    newest.why === said.why &&
    newest.nextOn === said.nextOn;
  if (repeated) return true;
  store.transaction(() => {
    store.reviews.add({ ...said, at: clock.now() });
    const watched = ground.register.automations.find(({ entry }) => entry.id === said.automation);
    noteDue(ground, watched === undefined ? governanceReview(ground) : dueReview(ground, watched));
  });
  return false;
}

function whatToEdit({ entry, source }: Watched, decision: ReviewDecision): readonly string[] {
  const { id } = entry;
  switch (decision) {
    case "keep":
      return [];
    case "expand":
    case "reduce":
      return [
        `bring the entry "${id}" up to date where that changes it: "does", "processes", "dataClasses", "seats", "budget"`,
      ];
    case "replace":
      return [
        `give what comes instead an entry of its own in "automations"; once it runs, take "${id}" out`,
        `evenkeel impact ${id} shows what depends on it`,
      ];
    case "retire":
      return [
        `write "approval": { "status": "retired" } into the entry "${id}" now, so that the register shows it`,
        source === null
          ? `once nobody uses it, take "${id}" out of "automations"`
          : `once it is switched off, take "${id}" out of "automations": until then it goes on being watched`,
        `evenkeel impact ${id} shows what depends on it`,
      ];
  }
}
