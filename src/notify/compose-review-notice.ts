import { sayCount } from "../wording/numbers.js";
import { sayZone } from "../wording/times.js";
import { type AboutEvenkeel, aboutEvenkeel } from "./about-evenkeel.js";
import type { IncidentMessage, MessageMention } from "./message.js";

/** A review that someone is reminded of. */
export interface NoticedReview {
  readonly title: string;
  /** "due on 9 Dec 2026, in 13 days". */
  readonly words: string;
  readonly overdue: boolean;
  readonly command: string;
}

/** What a reminder of reviews tells, the most urgent review first. */
export interface ReviewNoticeFacts extends AboutEvenkeel {
  readonly reader: MessageMention;
  readonly reviews: readonly NoticedReview[];
  readonly url: string | null;
}

/** Reviews named one by one. */
const mostNamed = 15;

/** The reminder that reviews are due, soon will be or have been for a while. */
export function composeReviewNotice(facts: ReviewNoticeFacts, now: number): IncidentMessage {
  const { reviews, reader, url, zone } = facts;
  const headline = headlineOf(reviews);
  const rest = reviews.length - mostNamed;
  return aboutEvenkeel(
    facts,
    {
      kind: "notice",
      headline,
      alert: `${headline}.`,
      news: {
        line: "Each shows what happened since the last one, and takes what you decide.",
        details: [
          ...(reviews.length === 1
            ? []
            : reviews.slice(0, mostNamed).map(({ title, words }) => `${title}: ${words}.`)),
          ...(rest > 0 ? [`And ${sayCount(rest, "more", "more")}.`] : []),
        ],
      },
      url,
      mention: reader,
      commands: [reviews.length === 1 ? (reviews[0]?.command ?? "evenkeel review") : "evenkeel review"],
      smallPrint: `For ${reader.name} · ${sayZone(zone)}`,
    },
    now,
  );
}

function headlineOf(reviews: readonly NoticedReview[]): string {
  const [only] = reviews;
  if (only !== undefined && reviews.length === 1) return `Review of ${only.title}: ${only.words}`;
  const overdue = reviews.filter((each) => each.overdue).length;
  return `${sayCount(reviews.length, "review")} to make${overdue === 0 ? "" : `, ${overdue} overdue`}`;
}
