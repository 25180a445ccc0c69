/**
 * Addresses that a mail server refused for good (RELIABILITY 2.3, fault 53). In: what a try said of them. Out: an incident
 * about Evenkeel itself, told to everybody else; while it stands, no message goes to the address. It ends when the address
 * takes a message again (a test message is tried on it) or when a person ends the incident. Call inside a transaction.
 */
import { createHash } from "node:crypto";
import type { ReachedAddresses } from "../notify/channel-type.js";
import type { Ground, ReadyChannel } from "./ground.js";
import { endOwn, ownTroubleStands, raiseOwn } from "./watch-itself.js";

/** True while messages of this channel do not go to the address. */
export function isDeadAddress(ground: Ground, { id }: Pick<ReadyChannel, "id">, address: string): boolean {
  return ownTroubleStands(ground, subjectOf(id, address));
}

/** Notes what a try said of the addresses it went to. */
export function noteAddresses(
  ground: Ground,
  { id }: Pick<ReadyChannel, "id">,
  { reached, dead }: ReachedAddresses,
): void {
  for (const address of reached) endOwn(ground, subjectOf(id, address));
  for (const { address, code } of dead) {
    const subject = subjectOf(id, address);
    if (ownTroubleStands(ground, subject)) continue;
    const whose = ownerOf(ground, address);
    const headline = `${whose} on channel ${id} takes no mail`;
    const answer = code === null ? "refuses it" : `refuses it for good (${code})`;
    ground.logger.error("a mail server refused an address for good; no more is sent there", {
      channel: id,
      code,
    });
    raiseOwn(ground, {
      subject,
      headline,
      sentence: `${headline}: the server ${answer}, and no more messages go there. Correct the address in the configuration, then end this incident; where it is right after all, run evenkeel doctor --send-test, which tries it again`,
    });
  }
}

/** An address is personal data, and findings are kept for ever: it is known again by its fingerprint. */
function subjectOf(channel: string, address: string): string {
  const print = createHash("sha256").update(address.toLowerCase()).digest("hex").slice(0, 16);
  return `address:${channel}:${print}`;
}

/** "the address of Priya Raman". */
function ownerOf({ register }: Ground, address: string): string {
  const same = (email: string | null) => email?.toLowerCase() === address.toLowerCase();
  const person = [register.aiOwner, ...register.people.values()].find(({ email }) => same(email));
  if (person !== undefined) return `the address of ${person.name}`;
  // its name may be a person's; where it is, not
  return `an address at ${address.slice(address.lastIndexOf("@") + 1)}`;
}
