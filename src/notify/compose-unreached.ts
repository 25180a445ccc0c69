import { sayCount } from "../wording/numbers.js";
import { sayList } from "../wording/sentences.js";
import { sayZone } from "../wording/times.js";
import { type AboutEvenkeel, aboutEvenkeel } from "./about-evenkeel.js";
import type { IncidentMessage } from "./message.js";

/** What cannot be reached, said where it still can be. */
export interface Unreached extends AboutEvenkeel {
  /** Ids of the channels. */
  readonly silent: readonly string[];
  /** Hosts of the sources. */
  readonly hosts: readonly string[];
}

/** Named one by one, at most. */
const mostNamed = 3;

/** The message about Evenkeel itself while it reaches no source and not every channel: its network may be failing. */
export function composeUnreached(facts: Unreached, now: number): IncidentMessage {
  const one = facts.silent.length === 1;
  const channels = one ? `does its channel ${named(facts.silent)}` : `do its channels ${named(facts.silent)}`;
  const headline = `Evenkeel may be cut off: no source answers, nor ${channels}`;
  return aboutEvenkeel(
    facts,
    {
      kind: "self",
      headline,
      alert: `${headline}. Check the network of the computer it runs on.`,
      news: {
        line: `Nothing is judged meanwhile, and messages to ${one ? "that channel" : "those channels"} wait. Check the network of the computer Evenkeel runs on.`,
        details: [`No answer from ${named(facts.hosts)}.`],
      },
      commands: ["evenkeel doctor"],
      smallPrint: `About Evenkeel itself · ${sayZone(facts.zone)}`,
    },
    now,
  );
}

function named(all: readonly string[]): string {
  const rest = all.length - mostNamed;
  return sayList([...all.slice(0, mostNamed), ...(rest > 0 ? [sayCount(rest, "other")] : [])]);
}
