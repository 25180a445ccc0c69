import type { Digest } from "../domain/digest.js";
import { sayZone } from "../wording/times.js";
import { type AboutEvenkeel, aboutEvenkeel } from "./about-evenkeel.js";
import type { IncidentMessage, MessageMention } from "./message.js";

/** The message that carries a digest; where a channel has no form for one, its headline and what to do first. */
export function composeDigestMessage(
  facts: AboutEvenkeel & { readonly reader: MessageMention },
  digest: Digest,
  now: number,
): IncidentMessage {
  const [line = digest.headline, ...details] = digest.intro;
  return aboutEvenkeel(
    facts,
    {
      kind: "digest",
      headline: digest.headline,
      alert: digest.headline,
      news: { line, details },
      smallPrint: `${digest.close} · ${sayZone(facts.zone)}`,
      url: digest.url,
      mention: facts.reader,
      digest,
    },
    now,
  );
}
