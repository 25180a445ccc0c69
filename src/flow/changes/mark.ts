/**
 * A marker that a person or a pipeline sets. In: the order, checked for its shape. Out: the stored marker. Refuses
 * what no chart could show: a change that has not happened, or one so old that nothing is kept of its time.
 */
import { z } from "zod";
import { changeKinds } from "../../domain/change-marker.js";
import { KnownError } from "../../domain/errors.js";
import { redactText } from "../../text/redact.js";
import type { Ground, Watched } from "../ground.js";
import { mayRetest, noteMarker } from "./note-marker.js";

const longestNote = 500;
/** Clocks of other machines may be so far ahead. */
const aheadMs = 5 * 60_000;
const oldestMs = 400 * 86_400_000;

/** A change as it is told from outside. */
export const changeSettings = z.strictObject({
  automation: z.string().min(1).max(200),
  note: z
    .string()
    .trim()
    .min(1, "is empty; say in a few words what was changed")
    .max(longestNote, `is longer than ${longestNote} characters; say in a sentence what was changed`),
  at: z.iso
    .datetime({ offset: true, error: 'is no instant; expected one such as "2026-11-17T15:00:00+01:00"' })
    .nullish(),
  kind: z.enum(changeKinds).nullish(),
  who: z.string().trim().min(1).max(200).nullish(),
});

/** A change, checked. */
export type ToldChange = z.infer<typeof changeSettings>;

/** What came of a marker. */
export interface Marked {
  readonly marker: number;
  readonly automation: string;
  readonly at: string;
  /** True when a golden run follows. */
  readonly goldenRun: boolean;
}

/** Stores a told change; throws KnownError with what to do instead. */
export function markChange(ground: Ground, watched: Watched, told: ToldChange): Marked {
  const now = ground.clock.now();
  const at = told.at == null ? now : Date.parse(told.at);
  if (at > now + aheadMs)
    throw new KnownError("change-future", `at: ${told.at} has not come yet; mark a change once it is made`);
  if (at < now - oldestMs)
    throw new KnownError(
      "change-old",
      `at: ${told.at} is more than 400 days ago; nothing is kept of that time`,
    );
  const note = redactText(told.note);
  const marker = ground.store.transaction(() =>
    noteMarker(ground, watched, {
      at,
      kind: told.kind ?? "pushed",
      from: null,
      to: null,
      who: redactText(told.who ?? "unnamed"),
      note,
    }),
  );
  return {
    marker,
    automation: watched.entry.id,
    at: new Date(at).toISOString(),
    goldenRun: mayRetest(watched),
  };
}
