import { ascending, quantile } from "../../measure/quantile.js";
import { measures } from "../text-length.js";
import { fewestForBand, roundedUp } from "./bands.js";
import { isText, leavesOf } from "./field.js";
import { idFor, placeOf } from "./naming.js";
import type { Proposal, Proposer } from "./proposal.js";

/** Free text has this many words on average. */
const wordsOfFreeText = 4;
const room = 1.5;

/** Texts stay about as long as they were. */
export const proposeLengths: Proposer = ({ outputs, root }) => {
  if (root === null) {
    const texts = outputs.map(({ text }) => text);
    const whole = proposal({ id: "length" }, texts, room);
    return whole === null ? [] : [whole];
  }
  return leavesOf(root).flatMap((placed) => {
    const { path, texts } = placed.field;
    if (!isText(placed.field) || averageWords(texts) < wordsOfFreeText) return [];
    return proposal({ id: idFor(path, "length"), ...placeOf(placed) }, texts, room) ?? [];
  });
};

function proposal(place: { id: string }, texts: readonly string[], wide: number): Proposal | null {
  if (texts.length < fewestForBand) return null;
  const { id, ...where } = place;
  const counts = ascending(texts.map((text) => measures.words.count(text)));
  const [low, high] = [quantile(counts, 0.005), quantile(counts, 0.995)];
  if (low === null || high === null || high === 0) return null;
  const min = Math.floor(low / (1 + wide / 2));
  const max = Math.ceil(roundedUp(high * wide));
  return {
    settings: {
      id,
      type: "length",
      ...where,
      unit: "words",
      ...(min === 0 ? {} : { min }),
      max,
      level: "digest",
    },
    because: `99% of them had ${Math.floor(low)} to ${Math.ceil(high)} words.`,
    wider: () => proposal(place, texts, wide * 2),
  };
}

/** Words of a text on average, over the first hundred. */
export function averageWords(texts: readonly string[]): number {
  const some = texts.slice(0, 100);
  const words = some.reduce((sum, text) => sum + measures.words.count(text), 0);
  return some.length === 0 ? 0 : words / some.length;
}
