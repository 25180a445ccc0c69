import { wholeRegister } from "../domain/review.js";
import type { Ground } from "../flow/ground.js";
import { type DueReview, dueReviews } from "../flow/reviews/due-reviews.js";
import { type DueState, dueStateOf, sayDue, sayDueCounts } from "../flow/reviews/say-due.js";
import { upperFirst } from "../wording/sentences.js";
import type { WatchState } from "../wording/states.js";
import { sayDay } from "../wording/times.js";
import { clean, type Outcome } from "./outcome.js";
import { isWide, records, table } from "./table.js";
import type { Terminal } from "./terminal.js";

const columns = [{ head: "Review of" }, { head: "By" }, { head: "Last" }, { head: "Due" }] as const;

const looks: Readonly<Record<DueState, { readonly mark: string; readonly state: WatchState }>> = {
  overdue: { mark: "!", state: "incident" },
  soon: { mark: "-", state: "watching" },
  later: { mark: "=", state: "steady" },
};

/** Every review with who makes it, when the last one was, and when it is due; the most urgent first. */
export function reviewList(terminal: Terminal, ground: Ground): Outcome {
  const dues = dueReviews(ground);
  const rows = dues.map((due) => ({
    ...looks[dueStateOf(due)],
    cells: [nameOf(due), due.person.name, sayLast(due)],
    under: [upperFirst(sayDue(due))],
  }));
  const lines = isWide(terminal)
    ? table(
        terminal,
        columns,
        rows.map(({ under, ...row }) => ({ ...row, cells: [...row.cells, ...under] })),
      )
    : records(terminal, rows);
  const head = upperFirst(sayDueCounts(dues));
  const [first] = dues;
  const command =
    first?.automation === wholeRegister ? "review --governance" : `review ${first?.automation ?? ""}`;
  return clean(
    { reviews: dues.map(reviewData) },
    [terminal.colors.bold(head), "", ...lines],
    first === undefined ? {} : { next: { command, why: "shows what happened since the last one" } },
  );
}

function nameOf({ automation, title, watched }: DueReview): string {
  if (automation === wholeRegister) return title;
  return watched ? automation : `${automation} (listed only)`;
}

function sayLast({ lastOn, newest }: DueReview): string {
  if (lastOn === null) return "never";
  const decision = newest?.decision ?? null;
  return decision === null ? sayDay(lastOn) : `${sayDay(lastOn)}, ${decision}`;
}

/** A review as data. */
export function reviewData(due: DueReview): object {
  const { automation, title, person, watched, dueOn, daysLeft, lastOn, newest } = due;
  return {
    automation: automation === wholeRegister ? null : automation,
    title,
    who: person.name,
    watched,
    dueOn,
    daysLeft,
    state: dueStateOf(due),
    lastOn,
    lastDecision: newest?.decision ?? null,
  };
}
