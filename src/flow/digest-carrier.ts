/**
 * The way a digest takes to its reader. In: the register, a reader. Out: the channel that carries it, or what is missing
 * and what to do about it. By mail where the reader has an address; else in Slack, to the reader alone where their member
 * id is known.
 */
import type { Person } from "../domain/person.js";
import { digestCarriers } from "../notify/digest-carriers.js";
import type { DigestReader } from "../report/digest-settings.js";
import { sayListUpTo } from "../wording/sentences.js";
import type { ReadyChannel, Register } from "./ground.js";

type Readers = Pick<Register, "digest" | "people" | "aiOwner" | "channels">;

/** Readers named in one line. */
const readersNamed = 5;

/** The person a reader is. */
export function personOf({ people, aiOwner }: Readers, { person }: DigestReader): Person {
  return people.get(person) ?? aiOwner;
}

/** The channel that carries a reader's digest; null: there is none, or none that reaches them. */
export function carrierOf(register: Readers, reader: DigestReader): ReadyChannel | null {
  const { channels } = register;
  const named = reader.channel === null ? channels : channels.filter(({ id }) => id === reader.channel);
  const hasAddress = personOf(register, reader).email !== null;
  const carries = named.filter(
    ({ type }) => digestCarriers.includes(type) && (type !== "email" || hasAddress),
  );
  return carries.find(({ type }) => type === "email") ?? carries[0] ?? null;
}

/** The channel that carries what is for one person alone, as their digest would be; null: there is none. */
export function carrierFor(register: Readers, { name }: Person): ReadyChannel | null {
  const reader = register.digest.find(({ person }) => person === name);
  const usual = { person: name, automations: [], judges: [], weekday: 0, minute: 0, channel: null };
  return carrierOf(register, reader ?? usual);
}

/** Readers whose digest has no way to them; null: everyone's has. */
export interface DigestTrouble {
  readonly text: string;
  /** What to do, in the words of the configuration. */
  readonly fix: string;
}

/** Why digests reach nobody; null: each has a way, or nobody is to read one. */
export function digestTrouble(register: Readers): DigestTrouble | null {
  const stranded = register.digest.filter((reader) => carrierOf(register, reader) === null);
  if (stranded.length === 0) return null;
  const who = sayListUpTo(
    stranded.map(({ person }) => person),
    readersNamed,
  );
  const without = `the weekly digest of ${who} goes nowhere`;
  if (!register.channels.some(({ type }) => digestCarriers.includes(type)))
    return {
      text: `${without}: there is no e-mail channel and no Slack`,
      fix: 'add one to "channels", with type "email" or "slack"; until then evenkeel digest shows it, and "digest": { "readers": [] } says that nobody reads it',
    };
  return {
    text: `${without}: no e-mail address in "people", and no Slack that carries it`,
    fix: 'set people[].email, or name a Slack channel in "digest": { "channel": "..." }',
  };
}
