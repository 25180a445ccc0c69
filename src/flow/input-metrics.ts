/**
 * What is followed of an automation's inputs, so that a change of the work is told apart from a change of the AI.
 * In: one output with what it was made from. Out: the length of its input; its language is read in language-metrics.ts.
 */
import type { Level } from "../domain/check.js";
import type { Output } from "../domain/output.js";
import { countCodePoints } from "../text/count-code-points.js";
import { inputLanguage } from "./language-metrics.js";

const digest: Level = "digest";
const inputLength = "input-length";

/** The metrics that are about the work, not about what was made of it, and what each is of the inputs. */
export const aboutInputs: ReadonlyMap<string, string> = new Map([
  [inputLength, "length"],
  [inputLanguage, "language"],
]);

/** The metrics of inputs that can be read at once, as drafts of plans. */
export const inputMetrics = [
  {
    id: inputLength,
    title: "length of inputs",
    kind: "number",
    unit: "characters",
    level: digest,
    observe: ({ input }: Output) => (input === null ? undefined : countCodePoints(input)),
  },
] as const;
