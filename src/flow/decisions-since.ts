import { excerpt } from "../text/excerpt.js";
import type { Ground } from "./ground.js";

const shown = 120;

type What = ReturnType<Ground["store"]["decisions"]["list"]>[number]["what"];

const words: Readonly<Record<What, string>> = {
  enable: "may notify from now on",
  relearn: "learns anew what is usual",
  "accept-change": "accepted as right",
  "accept-golden": "known answers accepted",
  "golden-override": "known answers asked for real",
  forget: "texts forgotten",
  "switch-back": "switched back",
  contradicted: "people contradict it, so it no longer notifies",
  "agrees-again": "people agree with it again, so it may notify",
  "promote-golden": "a judged output became a known answer",
  "withdraw-golden": "a known answer was withdrawn",
};

/** What people decided about an automation since an instant, each in a sentence, the newest first. */
export function decisionsSince(
  { store }: Ground,
  automation: string,
  since: number,
  most: number,
): readonly { readonly at: number; readonly words: string }[] {
  return store.decisions
    .list(automation, most)
    .filter(({ at }) => at >= since)
    .map(({ at, what, subject, who, why }) => {
      const named = what === "forget" || subject === "" ? "" : `${excerpt(subject, shown)}: `;
      return { at, words: `${named}${words[what]} (${who}: ${excerpt(why, shown)})` };
    });
}
