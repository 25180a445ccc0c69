import { bandOf, fewestForBand } from "./bands.js";
import { isNumber, leavesOf, type PlacedField } from "./field.js";
import { idFor, placeOf } from "./naming.js";
import type { Proposal, Proposer } from "./proposal.js";

/** Share of the width that a band gets on either side. */
const room = 0.5;

/** Numbers stay in a band around where they were. */
export const proposeRanges: Proposer = ({ root }) => {
  if (root === null) return [];
  return leavesOf(root).flatMap((placed) => {
    const { numbers } = placed.field;
    if (!isNumber(placed.field) || numbers.length < fewestForBand || isCounter(numbers)) return [];
    return proposal(placed, room) ?? [];
  });
};

function proposal(placed: PlacedField, wide: number): Proposal | null {
  const { path, numbers } = placed.field;
  const band = bandOf(numbers, wide);
  if (band === null) return null;
  return {
    settings: {
      id: idFor(path, "in-range"),
      type: "range",
      ...placeOf(placed),
      min: band.min,
      max: band.max,
      level: "digest",
    },
    because: "From where 99% of the values lay, with half of that width on either side.",
    wider: () => proposal(placed, wide * 3),
  };
}

/** Numbers that name something: whole, hardly ever the same, and large. */
function isCounter(numbers: readonly number[]): boolean {
  const distinct = new Set(numbers).size;
  return (
    distinct > numbers.length * 0.9 && numbers.every((value) => Number.isInteger(value) && value >= 10_000)
  );
}
