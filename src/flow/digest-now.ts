/**
 * A reader's digest as it is now, to be shown or sent whatever the day. In: a reader's name. Out: the digest, or one
 * message in the outbox. The weekly one comes all the same.
 */
import type { Digest } from "../domain/digest.js";
import { KnownError } from "../domain/errors.js";
import { composeDigest } from "../report/compose-digest.js";
import type { DigestReader } from "../report/digest-settings.js";
import { meantHint } from "../text/nearest.js";
import { carrierOf, digestTrouble, personOf } from "./digest-carrier.js";
import { gatherDigest, noLinks } from "./gather-digest.js";
import type { Ground } from "./ground.js";
import { reviewsForReader } from "./reviews/reviews-for-reader.js";
import { oweTo, pickForWeek } from "./send-digest.js";

/** The reader of that name; null asks for the AI owner, or the first there is. Throws KnownError with who there is. */
export function requireReader({ register }: Ground, name: string | null): DigestReader {
  const { digest, aiOwner } = register;
  const wanted = name ?? aiOwner.name;
  const found = digest.find(({ person }) => person === wanted) ?? (name === null ? digest[0] : undefined);
  if (found !== undefined) return found;
  if (digest.length === 0)
    throw new KnownError("digest-nobody", "nobody reads the digest: digest.readers is an empty list");
  const names = digest.map(({ person }) => person);
  throw new KnownError("digest-reader", `no reader "${wanted}"; ${meantHint(wanted, names, "readers:")}`);
}

/** The digest as it is now, without addresses; changes nothing. */
export function digestNow(ground: Ground, reader: DigestReader): Digest {
  return composeDigest(gatherDigest(ground, reader, noLinks, reviewsForReader(ground, reader)));
}

/** Owes a reader their digest now. Throws KnownError where it has no way to them. */
export function sendDigestNow(ground: Ground, name: string | null) {
  const reader = requireReader(ground, name);
  const { register } = ground;
  const { email } = personOf(register, reader);
  const carrier = carrierOf(register, reader);
  if (carrier === null) {
    const trouble = digestTrouble({ ...register, digest: [reader] });
    throw new KnownError("digest-no-way", `${trouble?.text}; ${trouble?.fix}`);
  }
  return ground.store.transaction(() => {
    pickForWeek(ground, reader, ground.clock.now());
    const asked = oweTo(ground, reader, carrier, {
      subject: `digest:${reader.person}:now:${ground.random.hex(16)}`,
    });
    return {
      reader: reader.person,
      to: carrier.type === "email" ? email : reader.person,
      channel: carrier.id,
      asked,
    };
  });
}
