import { checkTypes } from "../registry.js";
import { leavesOf } from "./field.js";
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
      .filter(({ field }) => field.texts.length + field.numbers.length >= fewestValues)
      .map((placed) => ({
        settings: { id: idFor(placed.field.path, "grounded"), type, ...placeOf(placed) },
        because: "What stands here stood in the input.",
        unless: whole,
      })),
  ];
};
