import { type Review, wholeRegister } from "../domain/review.js";
import type { Ground, Watched } from "../flow/ground.js";
import { governanceReview } from "../flow/reviews/due-reviews.js";
import { type EvidencePart, governanceEvidence } from "../flow/reviews/governance-evidence.js";
import { reviewEvidence } from "../flow/reviews/review-evidence.js";
import { sayDue } from "../flow/reviews/say-due.js";
import { vendorDatesAhead } from "../flow/reviews/vendor-dates.js";
import { hang } from "../notify/plain.js";
import { upperFirst } from "../wording/sentences.js";
import { sayDate, sayDay } from "../wording/times.js";
import { isoOf } from "./incident-data.js";
import { clean, type Outcome } from "./outcome.js";
import { reviewData } from "./review-list.js";
import { visible, widthOf, wrapped } from "./table.js";
import type { Terminal } from "./terminal.js";

/** Earlier reviews shown, and read for data. */
const shown = 5;
const readAtMost = 100;
/** Days of vendors in the data. */
const vendorDays = 365;

/** What there is to know for the review of one automation or tool. */
export function reviewShown(terminal: Terminal, ground: Ground, watched: Watched): Outcome {
  const { id, timeZone } = watched.entry;
  const { due, sinceAt, figures, parts } = reviewEvidence(ground, watched);
  const earlier = ground.store.reviews.list(id, readAtMost);
  const lines = [
    ...wrapped(terminal, `${due.title}: review ${sayDue(due)}`).map(terminal.colors.bold),
    ...wrapped(terminal, `By ${due.person.name}. Since ${sayDate(sinceAt, timeZone, ground.clock.now())}:`),
    ...partLines(terminal, parts),
    ...earlierLines(terminal, ground, earlier),
  ];
  const data = { ...reviewData(due), since: isoOf(sinceAt), figures, parts, earlier: earlier.map(asData) };
  return clean(data, lines, {
    next: { command: `review ${id} --decision keep --why "..."`, why: "or expand, reduce, replace, retire" },
  });
}

/** What there is to look at over the whole register. */
export function governanceShown(terminal: Terminal, ground: Ground): Outcome {
  const due = governanceReview(ground);
  const parts = governanceEvidence(ground);
  const earlier = ground.store.reviews.list(wholeRegister, readAtMost);
  const never = ground.register.governance.day === "never";
  const head = never ? `${due.title}: none is due by itself` : `${due.title}: review ${sayDue(due)}`;
  const lines = [
    ...wrapped(terminal, head).map(terminal.colors.bold),
    ...wrapped(terminal, `By ${due.person.name}.`),
    ...partLines(terminal, parts),
    ...earlierLines(terminal, ground, earlier),
  ];
  const data = {
    ...reviewData(due),
    parts,
    vendorDates: vendorDatesAhead(ground, vendorDays),
    earlier: earlier.map(asData),
  };
  return clean(data, lines, {
    next: { command: 'review --governance --why "..."', why: "records that you made it" },
  });
}

function partLines(terminal: Terminal, parts: readonly EvidencePart[]): readonly string[] {
  return parts.flatMap(({ title, lines }) => [
    "",
    terminal.colors.bold(title),
    ...lines.flatMap((line) => indented(terminal, line)),
  ]);
}

function earlierLines(terminal: Terminal, ground: Ground, earlier: readonly Review[]): readonly string[] {
  if (earlier.length === 0) return [];
  const { register, clock } = ground;
  return [
    "",
    terminal.colors.bold("Earlier reviews"),
    ...earlier.slice(0, shown).flatMap(({ decision, who, why, at, nextOn }) => {
      const when = upperFirst(sayDate(at, register.timeZone, clock.now()));
      const said = decision === null ? who : `${decision}, ${who}`;
      return indented(terminal, `${when}, ${said}: ${why} (next ${sayDay(nextOn)})`);
    }),
  ];
}

function indented(terminal: Terminal, text: string): readonly string[] {
  return hang([visible(text)], { first: "  ", rest: "    ", width: widthOf(terminal) });
}

function asData({ at, ...review }: Review): object {
  return { ...review, at: isoOf(at) };
}
