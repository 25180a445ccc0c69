import type { Automation } from "../domain/automation.js";

/** What a complete entry of the register has, in the order of its importance. */
export const registerParts = ["owner", "deputy", "fallback", "sla", "checks", "golden", "review"] as const;

/** A part of an entry. */
export type RegisterPart = (typeof registerParts)[number];

/** What an entry lacks. */
export interface MissingPart {
  readonly part: RegisterPart;
  /** False: its risk can do without, for now. */
  readonly needed: boolean;
  /** "no deputy", "never reviewed". */
  readonly words: string;
  /** What to write where. */
  readonly fix: string;
}

/** How complete an entry is. */
export interface Completeness {
  readonly done: number;
  readonly of: number;
  /** What is needed first. */
  readonly missing: readonly MissingPart[];
}

/** What the entry itself does not tell. */
export interface EntrySurroundings {
  /** Whether a message can reach the owner: an e-mail address, a Slack id, or members. */
  readonly ownerReachable: boolean;
  readonly checks: number;
  readonly goldenCases: number;
  /** True: its outputs are read, so that checks have something to judge. */
  readonly hasSource: boolean;
  /** Local dates: of the last review, null: there was none; of the next one; and of today. */
  readonly reviewedOn: string | null;
  readonly reviewDueOn: string;
  readonly today: string;
}

/** Scores an entry: one for each part that is there, and what to do about the others. */
export function completenessOf(entry: Automation, around: EntrySurroundings): Completeness {
  const missing = registerParts.flatMap((part) => {
    const lack = lacks[part](entry, around);
    return lack === null ? [] : [{ part, ...lack }];
  });
  const ordered = [...missing.filter(({ needed }) => needed), ...missing.filter(({ needed }) => !needed)];
  return { done: registerParts.length - missing.length, of: registerParts.length, missing: ordered };
}

type Lack = Omit<MissingPart, "part"> | null;

const lacks: Readonly<Record<RegisterPart, (entry: Automation, around: EntrySurroundings) => Lack>> = {
  owner: ({ owner }, { ownerReachable }) =>
    ownerReachable
      ? null
      : {
          needed: true,
          words: "owner cannot be reached",
          fix: `give ${owner} an "email" or a "slackId" under "people"`,
        },
  deputy: ({ deputy, risk }) =>
    deputy !== null
      ? null
      : {
          needed: risk !== "low",
          words: "no deputy",
          fix: 'name who answers when the owner cannot:  "deputy": "..."',
        },
  fallback: ({ fallback, risk }) =>
    fallback !== null
      ? null
      : {
          needed: risk !== "low",
          words: "no fallback",
          fix: 'write what people do by hand meanwhile:  "fallback": { "steps": ["..."], "minutesPerItem": 2 }',
        },
  sla: ({ slaStated }) =>
    slaStated
      ? null
      : {
          needed: false,
          words: "SLA is the default of its risk",
          fix: 'confirm or change it:  "sla": { "acknowledge": "1h", "restore": "8h" }',
        },
  checks: (_entry, { checks, hasSource }) =>
    checks > 0
      ? null
      : {
          needed: hasSource,
          words: hasSource ? "no checks" : "not watched, no checks",
          fix: hasSource
            ? 'evenkeel suggest drafts them; then name the file:  "checks": ["..."]'
            : 'say where its outputs are read from ("source"), then name checks',
        },
  golden: ({ risk }, { goldenCases }) =>
    goldenCases > 0
      ? null
      : {
          needed: risk === "high",
          words: "no golden set",
          fix: 'keep known inputs with known-good answers:  "golden": { "cases": "...", "probe": { ... } }',
        },
  review: ({ id }, { reviewedOn, reviewDueOn, today }) =>
    reviewedOn !== null && reviewDueOn >= today
      ? null
      : {
          needed: true,
          words: reviewedOn === null ? "never reviewed" : `review overdue since ${reviewDueOn}`,
          fix: `look it through with evenkeel review ${id}, which takes what you decide; or write the day:  "review": { "last": "${today}" }`,
        },
};
