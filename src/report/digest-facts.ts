import type { IncidentStatus } from "../domain/incident.js";
import type { Counts } from "../measure/counts.js";
import type { WatchState } from "../wording/states.js";

/** One automation in the week, as far as the reader reads of it. */
export interface DigestAutomation {
  readonly title: string;
  readonly state: WatchState;
  readonly reason: string;
  /** What people's judgements tell, never without its interval; null: nothing yet. */
  readonly quality: string | null;
  /** The check that passed least this week; null: none judged anything. */
  readonly passed: {
    readonly check: string;
    readonly now: Counts;
    /** The week before. */
    readonly before: Counts;
  } | null;
  readonly url: string | null;
}

/** Outputs of one automation that the reader is asked to judge. */
export interface DigestToJudge {
  readonly title: string;
  readonly question: string | null;
  readonly outputs: readonly {
    readonly spotCheck: number;
    /** Epoch ms UTC. */
    readonly at: number;
    /** As stored: redacted. */
    readonly input: string | null;
    readonly text: string;
    readonly link: string | null;
  }[];
}

/** Times of one automation that nothing was seen of. */
export type DigestGap =
  /** Runs that could not be made up for. */
  | { readonly kind: "missed"; readonly automation: string; readonly slots: number; readonly why: string }
  /** Its source could not be read, and can be again. */
  | {
      readonly kind: "unread";
      readonly automation: string;
      readonly times: number;
      /** All of them together. */
      readonly lastedMs: number;
      /** Epoch ms UTC. */
      readonly last: { readonly from: number; readonly to: number; readonly why: string };
    };

/** Everything a digest is made of. */
export interface DigestFacts {
  readonly instance: string;
  readonly reader: { readonly name: string; readonly weekday: number; readonly minute: number };
  readonly timeZone: string;
  /** Epoch ms UTC. */
  readonly now: number;
  /** The worst first. */
  readonly automations: readonly DigestAutomation[];
  readonly toJudge: readonly DigestToJudge[];
  /** How an output is judged: behind a link, by a button of the message itself, or by a command. */
  readonly judgeBy: "link" | "button" | "command";
  /** Outputs that wait for others to judge them. */
  readonly waitingForOthers: number;
  /** The newest first, perhaps not all. */
  readonly incidents: readonly {
    readonly id: number;
    readonly automation: string;
    readonly status: IncidentStatus;
    readonly title: string;
    readonly openedAt: number;
  }[];
  /** All that are open. */
  readonly openIncidents: number;
  /** What was found and is told by no incident, the newest first. */
  readonly findings: readonly { readonly at: number; readonly automation: string; readonly words: string }[];
  /** Reviews that are due or soon will be, the most urgent first; of an automation or a tool. */
  readonly reviewsDue: readonly { readonly title: string; readonly words: string }[];
  /** What was changed or accepted in the week, the newest first. */
  readonly changes: readonly { readonly at: number; readonly automation: string; readonly words: string }[];
  readonly costs: readonly { readonly automation: string; readonly words: string }[];
  readonly probation: readonly { readonly automation: string; readonly checks: readonly string[] }[];
  /** What people contradict: known answers, checks. */
  readonly contradicted: readonly string[];
  /** What was not watched in the week; a source that cannot be read still is an open incident. */
  readonly gaps: readonly DigestGap[];
  /** Automations nobody has judged, for how many weeks. */
  readonly unjudged: readonly { readonly automation: string; readonly weeks: number }[];
  /** Names nobody registered that send outputs, and that no digest has told of. */
  readonly unregistered: readonly {
    readonly name: string;
    readonly outputs: number;
    readonly sinceAt: number;
    /** Whence it is known: "with the token of Reply drafting". */
    readonly from: string;
  }[];
  /** Messages that could not be delivered. */
  readonly undeliverable: number;
  readonly url: string | null;
  readonly stopUrl: string | null;
  /** Until when links of this digest are good; null: it has none. */
  readonly linksUntil: number | null;
}
