import type { JsonObject } from "../../domain/json.js";
import type { Output } from "../../domain/output.js";
import type { Field } from "./field.js";
import type { FormatOf } from "./text-format.js";

/** What a kind of suggestion sees: the outputs it is fitted on, in order of time. */
export interface Fitted {
  readonly outputs: readonly Output[];
  /** What the outputs hold, when they are JSON; null: they are texts. */
  readonly root: Field | null;
  readonly formatOf: FormatOf;
}

/** A check that could be declared. */
export interface Proposal {
  /** With its id, without a rule. */
  readonly settings: JsonObject;
  /** Why it is as it is, for the comment above it. */
  readonly because: string;
  /** True when it says something of the form: then a floor is recommended once it has always held. */
  readonly ofForm?: true;
  /** The same with more room; null: there is none. */
  readonly wider?: () => Proposal | null;
  /** Id of a proposal that says the same of more: only where that one is left out this one counts. */
  readonly unless?: string;
}

/** One kind of suggestion. */
export type Proposer = (fitted: Fitted) => readonly Proposal[] | Promise<readonly Proposal[]>;
