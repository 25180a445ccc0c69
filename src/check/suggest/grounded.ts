import { checkTypes } from "../registry.js";
import { closedValues } from "./closed-values.js";
import { type Field, leavesOf } from "./field.js";
import { idFor, placeOf } from "./naming.js";
import type { Proposer } from "./proposal.js";

const type = "grounded-values";
const whole = "grounded";
/** Share of the outputs that must come with their input. */
const leastShare = 0.9;
const fewestValues = 30;

/** Numbers, dates and names come from the input: all of them, otherwise field by field where it holds. */
export const proposeGrounded: Proposer = ({ outputs, root }) => {
  const withInput = outputs.filter(({ input }) => input !== null && input.trim() !== "").length;
  if (!checkTypes.has(type) || withInput < Math.max(fewestValues, outputs.length * leastShare)) return [];
  const fields = root === null ? [] : leavesOf(root);
  return [
    {
      settings: { id: whole, type },
      because: "What the outputs say stood in their inputs.",
    },
    ...fields
      .filter(({ field }) => field.texts.length + field.numbers.length >= fewestValues && claims(field))
      .map((placed) => ({
        settings: { id: idFor(placed.field.path, "grounded"), type, ...placeOf(placed) },
        because: "What stands here stood in the input.",
        unless: whole,
      })),
  ];
};

/** True when most values say something that could be wrong: a number, an identifier, a name; not one of a few labels. */
function claims({ path, texts, numbers }: Field): boolean {
  if (closedValues(path, texts) !== null) return false;
  const telling = texts.filter((text) => /\d|\p{Lu}\p{Ll}/u.test(text)).length;
  return telling + numbers.length > (texts.length + numbers.length) / 2;
}
