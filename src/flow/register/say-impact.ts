import { sayAbout, sayCount } from "../../wording/numbers.js";
import { sayList } from "../../wording/sentences.js";
import type { Hit } from "./impact.js";
import type { Tie } from "./things.js";

const tieWords: Readonly<Record<Tie | "itself", string>> = {
  model: "its model",
  source: "its outputs are read from there",
  dependsOn: "depends on it",
  vendor: "its vendor",
  tool: "its tool",
  itself: "itself",
};

/** "its vendor and its model". */
export function sayTies(ties: readonly (Tie | "itself")[]): string {
  return sayList(ties.map((tie) => tieWords[tie]));
}

/** "about 40 outputs a week, about 3 hours of work by hand"; null: nothing is known of either. */
export function sayWorkAWeek({
  outputsAWeek,
  hoursAWeek,
}: {
  readonly outputsAWeek?: Hit["outputsAWeek"];
  readonly hoursAWeek: number | null;
}): string | null {
  const outputs =
    outputsAWeek === undefined || outputsAWeek === null ? [] : [`${sayAbout(outputsAWeek)} outputs a week`];
  if (hoursAWeek === null || hoursAWeek === 0) return outputs[0] ?? null;
  const hours =
    hoursAWeek < 1
      ? `about ${sayCount(Math.max(1, Math.round(hoursAWeek * 60)), "minute")}`
      : `${sayAbout(hoursAWeek)} ${hoursAWeek < 1.5 ? "hour" : "hours"}`;
  return [...outputs, `${hours} of work a week by hand`].join(", ");
}
