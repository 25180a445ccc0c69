/**
 * People's silences: what one would match, making it, ending it early. In: what someone asks for. Out: the silence on
 * record, with what it matches now and would have matched in the last seven days. Refuses what nobody can mean: no end, an
 * end more than 30 days off, no reason, an owner nobody knows; and asks again where it matches nothing or everything.
 */
import { z } from "zod";
import { KnownError } from "../domain/errors.js";
import { matchesAll, type Silence, type SilenceMatch } from "../domain/silence.js";
import { dayMs } from "../domain/time.js";
import { meantHint } from "../text/nearest.js";
import type { Ground } from "./ground.js";
import { parseUntil } from "./parse-until.js";
import { previewOf, type SilencePreview } from "./preview-silence.js";

/** Nothing is silent for longer: what has to be is taken out of the register. */
const longestMs = 30 * dayMs;
const names = z.array(z.string().min(1).max(200)).max(200).default([]);

/** What someone asks for; what may not be left out is refused with a sentence that says what to write. */
export const silenceRequest = z.strictObject({
  automations: names,
  vendors: names,
  dependsOn: names,
  processes: names,
  checks: names,
  kinds: names,
  until: z.string().max(100).optional(),
  why: z.string().max(2_000).optional(),
  who: z.string().max(200).optional(),
  /** That it matches nothing, everything or an unknown name is meant so. */
  confirm: z.boolean().default(false),
});

/** A silence asked for. */
export type SilenceRequest = z.infer<typeof silenceRequest>;

/** What it would match; an end, a reason and an owner are asked for when it is made. */
export function previewSilence(ground: Ground, request: SilenceRequest): SilencePreview {
  return previewOf(ground, matchOf(request));
}

/** Makes it, from now on; throws KnownError with what to write instead. */
export function addSilence(
  ground: Ground,
  request: SilenceRequest,
): { readonly silence: Silence; readonly preview: SilencePreview } {
  const { store, clock } = ground;
  const now = clock.now();
  const asked = checked(ground, request);
  const match = matchOf(asked);
  const preview = previewOf(ground, match);
  if (preview.doubts.length > 0 && !request.confirm)
    throw new KnownError(
      "silence-unconfirmed",
      `${preview.doubts.join("; ")}. Nothing is silenced yet: if it is meant so, say it again with --yes (over HTTP "confirm": true)`,
    );
  const silence = store.transaction(() =>
    insertSilence(ground, { match, until: asked.endsAt, why: asked.why, who: asked.who }, now),
  );
  return { silence, preview };
}

/** Stores a silence that begins now; call inside a transaction. */
export function insertSilence(
  { store }: Ground,
  made: { match: SilenceMatch; until: number; why: string; who: string },
  now: number,
): Silence {
  const id = store.silences.add({
    createdAt: now,
    startsAt: now,
    endsAt: made.until,
    why: made.why,
    owner: made.who,
    recurring: null,
    match: made.match,
  });
  const silence = id === null ? null : store.silences.get(id);
  if (silence === null) throw new KnownError("silence-lost", "the silence was not stored; try again");
  return silence;
}

/** Ends one early: what it held back is looked at anew and told. */
export function endSilence(ground: Ground, id: number, who: string): Silence {
  const { store, clock } = ground;
  const now = clock.now();
  const silence = store.silences.get(id);
  if (silence === null) {
    const known = store.silences.inForce(now).map((each) => each.id);
    const rest = known.length === 0 ? "None is in force." : `In force: ${known.join(", ")}.`;
    throw new KnownError("silence-unknown", `No silence ${id}. ${rest}`);
  }
  if (silence.endsAt <= now)
    throw new KnownError("silence-over", `Silence ${id} is over already; evenkeel silence list shows them`);
  store.transaction(() => store.silences.end(id, now, who));
  return store.silences.get(id) ?? silence;
}

/** The person of the register; throws KnownError that names the nearest one. */
export function requirePerson({ register }: Pick<Ground, "register">, who: string): string {
  const known = [...register.people.keys()];
  if (known.includes(who)) return who;
  throw new KnownError(
    "person-unknown",
    `"${who}" is nobody of the register, and a silence needs someone who answers for it; ${meantHint(who, known, "write one of:")}`,
  );
}

interface CheckedRequest extends SilenceRequest {
  readonly endsAt: number;
  readonly why: string;
  readonly who: string;
}

function checked(ground: Ground, request: SilenceRequest): CheckedRequest {
  const { until, why = "", who = "" } = request;
  const now = ground.clock.now();
  const refuse = (code: string, message: string) => new KnownError(code, message);
  if (until === undefined || until.trim() === "")
    throw refuse("silence-end", 'a silence needs an end of at most 30 days: --until "18:00" or --until 4h');
  const endsAt = parseUntil(until, ground.register.timeZone, now);
  if (endsAt === null)
    throw refuse("silence-end", `--until "${until}": is no time; write "2026-12-01 18:00", "18:00" or "4h"`);
  if (endsAt <= now) throw refuse("silence-end", `--until "${until}": lies in the past`);
  if (endsAt > now + longestMs)
    throw refuse(
      "silence-end",
      `--until "${until}": is more than 30 days off; what is to be silent for longer is taken out of the register`,
    );
  if (why.trim() === "") throw refuse("silence-why", 'a silence needs a reason: --why "what is being done"');
  if (who.trim() === "")
    throw refuse("silence-who", "a silence needs someone who answers for it: --who NAME");
  return { ...request, endsAt, why: why.trim(), who: requirePerson(ground, who.trim()) };
}

function matchOf(request: SilenceRequest): SilenceMatch {
  const { automations, vendors, dependsOn, processes, checks } = request;
  return { ...matchesAll, automations, vendors, dependsOn, processes, checks, kinds: request.kinds };
}
