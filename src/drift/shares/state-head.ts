import { z } from "zod";
import { messageOf } from "../../domain/errors.js";
import { gridSize } from "./rates.js";
import { storedTally as tally } from "./stored-values.js";

/** What is stored of a state as JSON: everything but the weights, of which only the numbers are here. */

const counts = z.object({ hits: z.number(), n: z.number() }).readonly();
const variation = z
  .object({ runs: z.number(), hits: z.number(), outputs: z.number(), squares: z.number() })
  .readonly();
const share = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("pass") }).readonly(),
  z.object({ kind: z.literal(["above", "below"]), cut: z.number() }).readonly(),
  z.object({ kind: z.literal("outside"), cut: z.tuple([z.number(), z.number()]).readonly() }).readonly(),
  z.object({ kind: z.literal("category"), category: z.string() }).readonly(),
  z.object({ kind: z.literal(["never-seen", "new-field"]) }).readonly(),
  z.object({ kind: z.literal("present"), path: z.string(), type: z.string() }).readonly(),
]);
const move = z.object({ share, before: counts, since: counts });
const explanation = move
  .extend({
    what: z.literal("shares"),
    startRunId: z.number(),
    startAt: z.number(),
    evidence: z.number(),
    improvement: z.boolean(),
    moved: z.array(move.readonly()).readonly(),
    newcomers: z.array(z.object({ value: z.string(), since: counts }).readonly()).readonly(),
    medians: z.object({ before: z.number(), since: z.number() }).readonly().nullable(),
  })
  .readonly();
const plan = z
  .object({
    share,
    hitsAre: z.enum(["passes", "fails"]),
    outlook: z
      .object({ odds: z.array(z.number()).readonly(), weights: z.array(z.number()).readonly() })
      .readonly(),
    b: z.number(),
    weight: z.number(),
    baseline: counts,
    credit: z.number(),
  })
  .readonly();
const watchedShare = z
  .object({
    plan,
    older: counts,
    baselineVariation: variation,
    variation,
    /** Its place in the list of stories. */
    stories: z.int().min(0),
    evidence: z.number(),
  })
  .readonly();
const run = z.object({ runId: z.number(), at: z.number() });
/** runId, at, n, hits, tally: there are 200 of them, so their names are left out. */
const seenRun = z
  .tuple([z.number(), z.number(), z.number(), z.array(z.number()).readonly(), tally.nullable()])
  .readonly();
/** Shares that have seen the same have the same stories. */
const stories = z
  .object({
    known: z.number().nullable(),
    passes: z.number(),
    fails: z.number(),
    from: z
      .int()
      .min(0)
      .max(gridSize - 1),
    rates: z.int().min(1).max(gridSize),
    factors: z.int().min(1),
  })
  .readonly();
const watch = z
  .object({
    stories: z.array(stories).readonly(),
    baseline: z.object({ outputs: z.number(), runs: z.number(), median: z.number().nullable() }).readonly(),
    shares: z.array(watchedShare).readonly(),
    dependence: z.number().default(1),
    history: z.array(seenRun).readonly(),
    evidence: z.number(),
  })
  .readonly();
const alarm = z.object({ explanation, shareIndex: z.number(), runsAfter: z.number() }).readonly();
/** What texts of many lines are made of. */
const lines = z.array(z.string()).readonly();
const stateHead = z.discriminatedUnion("phase", [
  z
    .object({
      lines,
      phase: z.literal("learning"),
      runs: z.array(run.extend({ tally }).readonly()).readonly(),
      accepted: explanation.nullable(),
    })
    .readonly(),
  z.object({ lines, phase: z.literal("watching"), watch }).readonly(),
  z.object({ lines, phase: z.literal("alarmed"), watch, alarm }).readonly(),
]);

/** The stored form of a state, its weights apart. */
export type StateHead = z.infer<typeof stateHead>;

/** The stored form of a watch, its weights apart. */
export type WatchHead = z.infer<typeof watch>;

/** Reads the head back; `refuse` makes the error for text that is none. */
export function readHead(text: string, refuse: (what: string) => Error): StateHead {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (thrown) {
    throw refuse(messageOf(thrown));
  }
  const parsed = stateHead.safeParse(value);
  if (!parsed.success) {
    throw refuse(z.prettifyError(parsed.error));
  }
  return parsed.data;
}
