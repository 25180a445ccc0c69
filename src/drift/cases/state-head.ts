import { z } from "zod";
import { messageOf } from "../../domain/errors.js";

/** What is stored of golden cases as JSON: everything but what passed, of which only the runs are here. */

const counts = z.object({ hits: z.number(), n: z.number() }).readonly();
const explanation = z
  .object({
    what: z.literal("cases"),
    startRunId: z.number(),
    startAt: z.number(),
    evidence: z.number(),
    improvement: z.boolean(),
    before: counts,
    since: counts,
    turned: z.array(z.object({ case: z.string(), before: counts, since: counts }).readonly()).readonly(),
  })
  .readonly();
/** Case, fingerprint, hits and n of the baseline, hits and n of what is older: there may be thousands. */
const watchedCase = z
  .tuple([z.string(), z.string(), z.number(), z.number(), z.number(), z.number()])
  .readonly();
const casesHead = z
  .object({
    cases: z.array(watchedCase).readonly(),
    runs: z.array(z.tuple([z.number(), z.number()]).readonly()).readonly(),
    evidence: z.number(),
    alarm: z.object({ explanation, runsToAlarm: z.number(), runsAfter: z.number() }).readonly().nullable(),
    accepted: explanation.nullable(),
  })
  .readonly();

/** The stored form of golden cases, their results apart. */
export type CasesHead = z.infer<typeof casesHead>;

/** Reads the head back; `refuse` makes the error for text that is none. */
export function readCasesHead(text: string, refuse: (what: string) => Error): CasesHead {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (thrown) {
    throw refuse(messageOf(thrown));
  }
  const parsed = casesHead.safeParse(value);
  if (!parsed.success) throw refuse(z.prettifyError(parsed.error));
  return parsed.data;
}
