import type { Json } from "../domain/json.js";
import type { Mapped } from "./imported.js";

/** An assert of promptfoo with its templates filled in. */
export interface Assert {
  /** Without `not-`. */
  readonly type: string;
  readonly not: boolean;
  readonly value: Json | undefined;
  readonly threshold: number | null;
}

/** Why an assert stays behind that gives nothing to compare with. */
export const noValue = "it has no value to compare with";

/** What an assert becomes, or why it stays behind. */
export type Mapping = (assert: Assert) => Mapped | string;
