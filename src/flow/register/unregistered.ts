/**
 * What sends outputs under a name nobody registered. In: requests that were refused for it. Out: a count per name and,
 * where the sender showed the token of a registered automation, a few redacted texts, so that a person can tell what it
 * is and register it. Nothing is checked. Names, texts, their length and their age have limits: the intake never fills
 * the disk, and a stranger leaves a name behind, never a text (RELIABILITY 3.7).
 */
import type { Json } from "../../domain/json.js";
import { dayMs } from "../../domain/time.js";
import { prepareMapping } from "../../sample/mapping.js";
import { mapPushBody, type PushBody } from "../../sample/push-body.js";
import type { UnregisteredName } from "../../store/unregistered.js";
import { excerpt } from "../../text/excerpt.js";
import { redactText } from "../../text/redact.js";
import { type Ground, watchedOf } from "../ground.js";
import { patiently } from "../patiently.js";

/** Names kept: of senders whose token is known, and of others. */
const namesAtMost = { known: 100, stranger: 20 } as const;
/** Texts kept of a name, and their longest. */
const textsAtMost = 20;
const longestText = 2_000;
const longestName = 80;
const longestFields = 300;
/** Requests under names for which there was no room. */
const droppedKey = "unregistered_dropped";

/** How long what is unregistered is kept, unless it comes again. */
export const unregisteredKept = { textsMs: 30 * dayMs, namesMs: 90 * dayMs } as const;

/** A request under a name that nobody registered. */
export interface Unasked {
  readonly name: string;
  readonly way: "push" | "span" | "row";
  /** The automation whose token was shown, or whose source was read; null: no known one. */
  readonly sender: string | null;
  /** Its records; null: they were not even read. */
  readonly body: PushBody | null;
}

/** What is kept of a request. */
export interface Kept {
  readonly outputs: number;
  readonly texts: number;
  /** False: there was no room for one more name. */
  readonly named: boolean;
}

/** All that comes unasked. */
export interface UnregisteredActivity {
  readonly names: readonly UnregisteredName[];
  /** Requests under further names, of which nothing is kept. */
  readonly dropped: number;
}

const usualFields = prepareMapping({});

/** Notes a request under a name that nobody registered. */
export async function noteUnregistered(ground: Ground, unasked: Unasked): Promise<Kept> {
  return patiently(ground, () => ground.store.together(() => noteUnasked(ground, unasked)));
}

/** The same; call inside a transaction. */
export function noteUnasked(ground: Ground, { name: given, way, sender, body }: Unasked): Kept {
  const { store, clock } = ground;
  const { texts, ...seen } = seenIn(body);
  const { outputs } = seen;
  // a full disk takes no note, and one with little room no text
  const room = store.state.room();
  if (room === "full") return { outputs, texts: 0, named: false };
  const name = excerpt(redactText(given), longestName);
  const at = clock.now();
  const most = sender === null ? namesAtMost.stranger : namesAtMost.known;
  const id = store.unregistered.note({ name, sender, way, at, ...seen }, most);
  if (id === null) {
    dropUnregistered(ground);
    return { outputs, texts: 0, named: false };
  }
  const keeps = room === "low" || sender === null ? [] : texts;
  return { outputs, texts: store.unregistered.keep(id, at, keeps, textsAtMost), named: true };
}

/** Counts one more of which nothing is kept; call inside a transaction. */
export function dropUnregistered({ store }: Ground): void {
  store.meta.set(droppedKey, String(Number(store.meta.get(droppedKey) ?? 0) + 1));
}

/** What came under names that are not registered by now, and how much was not kept. */
export function unregisteredActivity({ store, register }: Ground): UnregisteredActivity {
  return {
    names: store.unregistered.list().filter(({ name }) => watchedOf(register, name) === null),
    dropped: Number(store.meta.get(droppedKey) ?? 0),
  };
}

/** Those of them that no digest has told of; strangers are on the page only. */
export function untoldNames(ground: Ground): readonly UnregisteredName[] {
  return unregisteredActivity(ground).names.filter(
    ({ sender, toldAt }) => sender !== null && toldAt === null,
  );
}

/** Notes that a digest told of them; call in the transaction that owes it. */
export function tellNames({ store, clock }: Ground, names: readonly UnregisteredName[]): void {
  for (const { id } of names) store.unregistered.tell(id, clock.now());
}

/** What a body tells: how many outputs, which model and fields, and what they say. */
function seenIn(body: PushBody | null) {
  if (body === null) return { outputs: 0, texts: [], model: null, fields: null, mapped: false };
  const { outputs, asides, golden } = mapPushBody(body, usualFields);
  const newest = body.records.at(-1);
  const model = outputs.findLast((each) => each.model !== null)?.model ?? null;
  const texts =
    outputs.length > 0 ? outputs.map(({ text }) => text) : body.records.map((each) => JSON.stringify(each));
  return {
    outputs: outputs.length + asides.length + golden,
    texts: texts.slice(0, textsAtMost).map(keptText),
    model: model === null ? null : excerpt(redactText(model), longestName),
    fields: newest === undefined ? null : fieldsOf(newest),
    mapped: outputs.length > 0,
  };
}

/** Redacted first, so that nothing is cut in two before it is recognised. */
function keptText(text: string): string {
  return excerpt(redactText(text.slice(0, longestText * 2)), longestText);
}

/** Names of a record's fields: "id, answer, customer". */
function fieldsOf(record: Json): string | null {
  if (typeof record !== "object" || record === null || Array.isArray(record)) return null;
  return excerpt(redactText(Object.keys(record).slice(0, 30).join(", ")), longestFields);
}
