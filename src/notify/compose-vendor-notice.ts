import { sayCount } from "../wording/numbers.js";
import { upperFirst } from "../wording/sentences.js";
import { sayZone } from "../wording/times.js";
import { type AboutEvenkeel, aboutEvenkeel } from "./about-evenkeel.js";
import type { IncidentMessage, MessageMention } from "./message.js";

/** A day on which something changes with a vendor. */
export interface NoticedVendorDate {
  /** "Docread: price". */
  readonly title: string;
  /** "changes on 1 Mar 2027, in 30 days". */
  readonly when: string;
  /** What changes, or what is to be decided by then; null: not written. */
  readonly note: string | null;
  /** "touches Invoice extraction"; null: nothing of the register. */
  readonly touches: string | null;
}

/** What a reminder of such days tells, the earliest first. */
export interface VendorNoticeFacts extends AboutEvenkeel {
  readonly reader: MessageMention;
  readonly dates: readonly NoticedVendorDate[];
  readonly url: string | null;
}

/** Days named one by one. */
const mostNamed = 15;

/** The reminder that something changes with a vendor soon, today or did lately. */
export function composeVendorNotice(facts: VendorNoticeFacts, now: number): IncidentMessage {
  const { dates, reader, url, zone } = facts;
  const [only] = dates;
  const headline =
    only !== undefined && dates.length === 1
      ? `${only.title} ${only.when}`
      : `${sayCount(dates.length, "change")} with vendors`;
  const rest = dates.length - mostNamed;
  return aboutEvenkeel(
    facts,
    {
      kind: "notice",
      headline,
      alert: `${headline}.`,
      news: {
        line: "Written in “vendorDates” of the configuration; the review of the whole register looks at it.",
        details: [
          ...dates.slice(0, mostNamed).flatMap((each) => detailsOf(each, dates.length > 1)),
          ...(rest > 0 ? [`And ${sayCount(rest, "more", "more")}.`] : []),
        ],
      },
      url,
      mention: reader,
      commands: ["evenkeel review --governance"],
      smallPrint: `For ${reader.name} · ${sayZone(zone)}`,
    },
    now,
  );
}

/** Of several each has its own line; of one the headline has said when. */
function detailsOf({ title, when, note, touches }: NoticedVendorDate, several: boolean): readonly string[] {
  const more = [note, touches].filter((each) => each !== null).map(upperFirst);
  if (several) return [`${[`${title} ${when}`, ...more].join(". ")}.`];
  return more.map((each) => `${each}.`);
}
