import { messageOf } from "../domain/errors.js";
import type { DigestReader } from "../report/digest-settings.js";
import { judgeLinkLifeMs, signJudgeLink, signStopLink } from "../token/judge-link.js";
import { personOf } from "./digest-carrier.js";
import { type DigestLinks, noLinks } from "./gather-digest.js";
import type { Ground, ReadyChannel } from "./ground.js";

/**
 * Signed addresses of one reader's digest (RELIABILITY 4.2): each shows one output to whom it was issued, for eight days.
 * Where people have no address to reach Evenkeel under there are none, and a digest is never lost for want of one. Where
 * presses in the message itself are heard, none is needed to judge.
 */
export function digestLinks(ground: Ground, reader: DigestReader, carrier: ReadyChannel): DigestLinks {
  const { register, clock, logger } = ground;
  const { links } = register;
  const none: DigestLinks = carrier.channel.interaction == null ? noLinks : { ...noLinks, judgeBy: "button" };
  if (links === undefined) return none;
  try {
    const key = links.keys.signing();
    const base = `${links.baseUrl.replace(/\/$/, "")}/act`;
    const stopUrl = `${base}/stop/${signStopLink(key, reader.person)}`;
    if (none.judgeBy === "button") return { ...none, stopUrl };
    const expiresAt = clock.now() + judgeLinkLifeMs;
    const issued = { ...issuedTo(ground, reader, carrier), expiresAt };
    return {
      judgeBy: "link",
      judge: (spotCheck) => `${base}/judge/${signJudgeLink(key, { ...issued, spotCheck })}`,
      stopUrl,
      until: expiresAt,
    };
  } catch (thrown) {
    logger.error("links could not be signed, the digest goes without them", {
      reader: reader.person,
      reason: messageOf(thrown),
    });
    return none;
  }
}

/** In a conversation anyone may press a link: it is nobody's own there. */
function issuedTo({ register }: Ground, reader: DigestReader, carrier: ReadyChannel) {
  const { email, slackId } = personOf(register, reader);
  if (carrier.type === "email") return { recipient: email ?? carrier.id, reader: reader.person };
  return slackId === null
    ? { recipient: `channel ${carrier.id}`, reader: null }
    : { recipient: `${reader.person} in Slack`, reader: reader.person };
}
