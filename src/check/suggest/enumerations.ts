import { closedValues } from "./closed-values.js";
import { isText, leavesOf } from "./field.js";
import { idFor, placeOf } from "./naming.js";
import type { Proposer } from "./proposal.js";

/** Fields with few values, when the set of them looks closed. */
export const proposeEnumerations: Proposer = ({ root, formatOf }) => {
  if (root === null) return [];
  return leavesOf(root).flatMap((placed) => {
    const { field, parents } = placed;
    // inside lists the JSON Schema says it
    if (!isText(field) || parents.some(({ lists }) => lists > 0)) return [];
    const closed = formatOf(field.texts) === null ? closedValues(field.path, field.texts) : null;
    if (closed === null) return [];
    return [
      {
        settings: {
          id: idFor(field.path, "known"),
          type: "one-of",
          ...placeOf(placed),
          values: closed.values,
        },
        because: `${closed.values.length === 1 ? "One value" : `${closed.values.length} values`}, each seen ${closed.rarest} times or more, and less than 2% of values is likely still unseen.`,
        ofForm: true as const,
      },
    ];
  });
};
