import type { Output } from "./output.js";
import type { Verdict } from "./verdict.js";

/** How loud a finding is: it may wake someone, it waits for the digest, or it is only kept. */
export type Level = "page" | "digest" | "record";

/** When verdicts become a finding. */
export type Rule =
  | { readonly kind: "zero-tolerance" }
  | { readonly kind: "floor"; readonly share: number }
  | { readonly kind: "drift" };

/** A declared check, compiled: ready to judge outputs of its automation. */
export interface Check {
  /** Unique within the automation. */
  readonly id: string;
  readonly type: string;
  /** What people read: "Category is one of ours". */
  readonly title: string;
  /** null: the automation's default for its risk. */
  readonly level: Level | null;
  readonly rule: Rule;
  /** Judges one output; never throws: a check that breaks says `error`. */
  readonly judge: (output: Output) => Verdict | Promise<Verdict>;
}
