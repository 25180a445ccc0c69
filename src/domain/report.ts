/** How a report can be settled. */
export const reportEndings = ["confirmed", "not-a-problem"] as const;

/** How a report was settled. */
export type ReportEnding = (typeof reportEndings)[number];

/** How a report came: by command, from a program, from a page, behind a link in a message. */
export type ReportWay = "command" | "api" | "page" | "link";

/** Something odd about an automation that a person saw. */
export interface Report {
  readonly id: number;
  readonly automation: string;
  /** Reports of one subject are one finding: the same output or, where none was named, the same words. */
  readonly subject: string;
  /** In the person's words, redacted like outputs. */
  readonly what: string;
  readonly who: string;
  readonly way: ReportWay;
  /** The id its output is stored under; null: none was named. */
  readonly output: string | null;
  readonly link: string | null;
  /** True: it may still be going out. */
  readonly urgent: boolean;
  readonly seenAt: number;
  readonly reportedAt: number;
  readonly settled: SettledReport | null;
}

/** What became of a report. */
export interface SettledReport {
  readonly as: ReportEnding;
  readonly by: string;
  readonly why: string;
  readonly at: number;
  /** The incident a confirmed one went to; null: none was about it. */
  readonly wentTo: number | null;
}
