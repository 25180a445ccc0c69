import type { Asking } from "./asking.js";
import type { Output } from "./output.js";
import type { Verdict } from "./verdict.js";

/** How loud a finding can be, the loudest first: it may wake someone, it waits for the digest, or it is only kept. */
export const levels = ["page", "digest", "record"] as const;

/** How loud a finding is. */
export type Level = (typeof levels)[number];

/** When verdicts become a finding. */
export type Rule =
  | { readonly kind: "zero-tolerance" }
  | { readonly kind: "floor"; readonly share: number }
  | { readonly kind: "drift" };

/** An output whose verdict is known, put to a judge to see whether the judge can be trusted. */
export interface PlantedOutput {
  /** What it is, for the message when the judge is wrong about it: "the planted bad answer". */
  readonly name: string;
  readonly text: string;
  readonly input: string | null;
  readonly reference: Output["reference"];
  readonly passes: boolean;
}

/** A planted output, ready to be judged. */
export interface PlantedTrial extends PlantedOutput {
  /** Judges it as the very thing the check judges, whatever its path, filter or `not`; never throws. */
  readonly judge: (asking: Asking) => Verdict | Promise<Verdict>;
}

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
  /** True when it asks a model or service: it then judges the sample only, as it is stored. */
  readonly asks: boolean;
  readonly planted: readonly PlantedTrial[];
  /** Judges one output; never throws: a check that breaks says `error`. */
  readonly judge: (output: Output, asking: Asking) => Verdict | Promise<Verdict>;
}
