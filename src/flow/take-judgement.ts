/**
 * A person's word on an output. In: which spot check, what they say, who. Out: the judgement on record, and what was
 * kept from them until then: why it was picked and what the checks said of it. A page, a link and the command line start
 * this same journey. What people say may take the right to page from a check.
 */
import { z } from "zod";
import { KnownError } from "../domain/errors.js";
import { answers, type Judgement } from "../domain/judgement.js";
import type { SaidOfOutput, SpotCheckRow } from "../store/spot-check.js";
import { contradictChecks } from "./contradict-checks.js";
import { type Ground, watchedOf } from "./ground.js";
import { lookForContradictions } from "./learning/contradicted-cases.js";

/** Someone judges an output that was picked. */
export const judgementRequest = z.strictObject({
  spotCheck: z.int(),
  answer: z.enum(answers),
  who: z.string().trim().min(1).max(400),
  note: z.string().trim().min(1).max(2_000).nullable(),
  /** What the output should have said. */
  correction: z.string().trim().min(1).max(20_000).nullable(),
});

/** What came of it. */
export interface Taken {
  readonly automation: string;
  readonly output: string;
  readonly judgement: Judgement;
  /** Whether the same person had judged it before. */
  readonly replaced: boolean;
  readonly why: string;
  readonly checks: readonly SaidOfOutput[];
  /** Titles of the checks that people have contradicted once too often, and which count for the digest only from now on. */
  readonly contradicted: readonly string[];
  /** Others' words on the same output; disagreement is shown. */
  readonly others: readonly Judgement[];
}

/** Puts a judgement on record; throws KnownError where there is nothing that could be judged. */
export function takeJudgement(ground: Ground, request: z.infer<typeof judgementRequest>): Taken {
  const { store, clock } = ground;
  const row = requireSpotCheck(ground, request.spotCheck);
  if (store.spotChecks.outputOf(row.output) === null)
    throw new KnownError(
      "output-gone",
      `The text of output ${row.outputId} is no longer kept, so it cannot be judged.`,
    );
  const { answer, who, note, correction } = request;
  const judgement = { answer, who, at: clock.now(), note, correction };
  return store.transaction(() => {
    const before = store.judgements.of(row.output);
    store.judgements.put(row.automation, row.output, judgement);
    const contradicted = contradictChecks(ground, row.automation, row.output);
    const watched = watchedOf(ground.register, row.automation);
    if (watched !== null) lookForContradictions(ground, watched, judgement.at);
    return {
      automation: row.automation,
      output: row.outputId,
      judgement,
      replaced: before.some((each) => each.who === who),
      why: row.why,
      checks: store.spotChecks.verdictsOf(row.output),
      contradicted,
      others: before.filter((each) => each.who !== who),
    };
  });
}

/** The spot check of that number, of an automation that is still in the register; throws KnownError. */
export function requireSpotCheck({ store, register }: Ground, id: number): SpotCheckRow {
  const row = store.spotChecks.get(id);
  if (row !== null && watchedOf(register, row.automation) !== null) return row;
  throw new KnownError("spot-check-unknown", `No spot check ${id}; evenkeel judge lists those that wait.`);
}
