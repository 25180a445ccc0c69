/**
 * How far checks and people agree on the same outputs. In: the store of a replay. Out: per check how often it was
 * right when it failed an output, and how much of what people changed it would have caught. A person who approved an
 * output held it for right; one who edited or rejected it, for wrong.
 */
import type { Check } from "../domain/check.js";
import type { Counts } from "../measure/counts.js";
import { type Interval, wilsonInterval } from "../measure/wilson-interval.js";
import type { CheckVotes } from "../store/output-reader.js";
import type { Ground } from "./ground.js";

/** A share with its interval (95%). */
export interface Judged extends Counts, Interval {}

/** One check beside people. */
export interface CheckAgreement {
  readonly check: string;
  readonly title: string;
  /** Of the outputs it failed and people decided about: those they edited or rejected. null: it failed none of them. */
  readonly precision: Judged | null;
  /** Of the outputs people edited or rejected and it judged: those it failed. null: there is none. */
  readonly recall: Judged | null;
}

/** What people decided in this history, and how the checks stand to it. */
export interface Agreement {
  readonly approved: number;
  readonly edited: number;
  readonly rejected: number;
  /** Checks that judged at least one output people decided about. */
  readonly checks: readonly CheckAgreement[];
}

/** Checks beside people; without any decision of theirs all counts are 0. */
export function agreementWithPeople(
  { store }: Pick<Ground, "store">,
  automation: string,
  checks: readonly Check[],
): Agreement {
  const decided = new Map(store.outputs.approvals(automation).map((each) => [each.approval, each.outputs]));
  const votes = store.outputs.votesByCheck(automation);
  return {
    approved: decided.get("approved") ?? 0,
    edited: decided.get("edited") ?? 0,
    rejected: decided.get("rejected") ?? 0,
    checks: checks.flatMap(({ id, title }) => {
      const own = votes.filter((each) => each.check === id);
      return own.length === 0 ? [] : [{ check: id, title, ...agreementOf(own) }];
    }),
  };
}

function agreementOf(votes: readonly CheckVotes[]): Pick<CheckAgreement, "precision" | "recall"> {
  const count = (wanted: (each: CheckVotes) => boolean) =>
    votes.filter(wanted).reduce((sum, each) => sum + each.outputs, 0);
  const caught = count((each) => each.status === "fail" && each.approval !== "approved");
  return {
    precision: judged(
      caught,
      count((each) => each.status === "fail"),
    ),
    recall: judged(
      caught,
      count((each) => each.approval !== "approved"),
    ),
  };
}

function judged(hits: number, n: number): Judged | null {
  return n === 0 ? null : { hits, n, ...wilsonInterval({ hits, n }) };
}
