import { messageOf } from "../domain/errors.js";
import { judgeLinkLifeMs, signJudgeLink, signStopLink } from "../token/judge-link.js";
import { type DigestLinks, noLinks } from "./gather-digest.js";
import type { Ground } from "./ground.js";

/**
 * Signed addresses of one reader's digest (RELIABILITY 4.2): each shows one output to whom it was issued, for eight days.
 * Where people have no address to reach Evenkeel under there are none, and a digest is never lost for want of one.
 */
export function digestLinks(
  { register, clock, logger }: Ground,
  reader: string,
  recipient: string,
): DigestLinks {
  const { links } = register;
  if (links === undefined) return noLinks;
  try {
    const key = links.keys.signing();
    const base = `${links.baseUrl.replace(/\/$/, "")}/act`;
    const expiresAt = clock.now() + judgeLinkLifeMs;
    return {
      judge: (spotCheck) => `${base}/judge/${signJudgeLink(key, { spotCheck, recipient, expiresAt })}`,
      stopUrl: `${base}/stop/${signStopLink(key, reader)}`,
      until: expiresAt,
    };
  } catch (thrown) {
    logger.error("links could not be signed, the digest goes without them", {
      reader,
      reason: messageOf(thrown),
    });
    return noLinks;
  }
}
