/**
 * Signed addresses in messages (RELIABILITY 4.2): one for each move that a link may make, and
 * one where something odd about the automation is reported.
 * In: a message for one channel. Out: the message with its links. Without an address under which people reach
 * Evenkeel, and in the terminal, there are none. Never loses the message for want of a link.
 */
import { messageOf } from "../domain/errors.js";
import type { IncidentMessage, MessageAction } from "../notify/message.js";
import { type LinkKey, linkLifeMs, signLink } from "../token/action-link.js";
import { signReportLink } from "../token/report-link.js";
import { sayListUpTo } from "../wording/sentences.js";
import type { Ground, ReadyChannel } from "./ground.js";
import { itselfId } from "./itself.js";

/** How links are signed, and where they lead. */
export interface ActionLinks {
  readonly baseUrl: string;
  readonly keys: { signing(): LinkKey; good(): readonly LinkKey[] };
}

/** What a link may do. Endings and silences never: a mail can be forwarded. */
export const linkedEvents = ["acknowledge", "fallback-on"] as const;

const linked: ReadonlySet<string> = new Set(linkedEvents);

/** The message with the links this channel's readers get. */
export function withLinks(ground: Ground, ready: ReadyChannel, message: IncidentMessage): IncidentMessage {
  const { links } = ground.register;
  // a link is about one incident and one automation, and a group's message about several
  if (links === undefined || ready.type === "console" || message.kind === "group") return message;
  try {
    return withActionLinks(ground, links, ready, withReportLink(ground, links, message));
  } catch (thrown) {
    ground.logger.error("links could not be signed, the message goes without them", {
      channel: ready.id,
      reason: messageOf(thrown),
    });
    return message;
  }
}

/** Whoever reads of an automation may have seen something odd of it. */
function withReportLink({ clock }: Ground, links: ActionLinks, message: IncidentMessage): IncidentMessage {
  const { automation } = message;
  if (automation === null || automation.id === itselfId) return message;
  const expiresAt = clock.now() + linkLifeMs;
  const token = signReportLink(links.keys.signing(), { automation: automation.id, expiresAt });
  return { ...message, reportUrl: addressOf(links, `/act/report/${token}`) };
}

function withActionLinks(
  ground: Ground,
  links: ActionLinks,
  ready: ReadyChannel,
  message: IncidentMessage,
): IncidentMessage {
  const { incident, actions } = message;
  if (incident === null || !actions.some(({ event }) => linked.has(event))) return message;
  const key = links.keys.signing();
  const recipient = recipientOf(ready, message);
  const expiresAt = ground.clock.now() + linkLifeMs;
  const linkOf = (action: MessageAction): string | null => {
    if (!linked.has(action.event)) return null;
    const { id, revision } = incident;
    const token = signLink(key, { incident: id, action: action.event, revision, expiresAt, recipient });
    return addressOf(links, `/act/${token}`);
  };
  return { ...message, actions: actions.map((action) => ({ ...action, link: linkOf(action) })) };
}

function addressOf({ baseUrl }: ActionLinks, path: string): string {
  return `${baseUrl.replace(/\/$/, "")}${path}`;
}

/** A link must not grow with a mailing list. */
const recipientMax = 400;
const namedAtMost = [5, 4, 3, 2, 1] as const;

/** Who reads it: the addresses a mail goes to, or the channel. */
function recipientOf({ id, channel }: ReadyChannel, message: IncidentMessage): string {
  const addresses = channel.addressees?.(message) ?? [];
  if (addresses.length === 0) return `channel ${id}`;
  const most = namedAtMost.find((each) => sayListUpTo(addresses, each).length <= recipientMax) ?? 1;
  return sayListUpTo(addresses, most).slice(0, recipientMax);
}
