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
  /** Whether the same person had said otherwise before. */
  readonly replaced: boolean;
  /** Whether the same person had said just this before: nothing was recorded again. */
  readonly repeated: boolean;
  readonly why: string;
  readonly checks: readonly SaidOfOutput[];
  /** Titles of the checks that people have contradicted once too often, and which count for the digest only from now on. */
  readonly contradicted: readonly string[];
  /** Others' words on the same output; disagreement is shown. */
  readonly others: readonly Judgement[];
}

/**
 * Puts a judgement on record, with the way it came by; throws KnownError where there is nothing that could be judged. Of
 * one person the last word counts, by whatever way it came; the earlier ones stay on record.
 */
export function takeJudgement(
  ground: Ground,
  request: z.infer<typeof judgementRequest>,
  via: string | null = null,
): Taken {
  const { store, clock } = ground;
  const row = requireSpotCheck(ground, request.spotCheck);
  if (store.spotChecks.outputOf(row.output) === null)
    throw new KnownError(
      "output-gone",
      `The text of output ${row.outputId} is no longer kept, so it cannot be judged.`,
    );
  const { answer, who, note, correction } = request;
  return store.transaction(() => {
    const before = store.judgements.of(row.output);
    const own = before.find((each) => each.who === who) ?? null;
    const repeated = own !== null && addsNothing(request, own);
    const judgement = repeated ? own : { answer, who, via, at: clock.now(), note, correction };
    if (!repeated) store.judgements.put(row.automation, row.output, judgement);
    const contradicted = repeated ? [] : contradictChecks(ground, row.automation, row.output);
    const watched = watchedOf(ground.register, row.automation);
    if (watched !== null && !repeated) lookForContradictions(ground, watched, judgement.at);
    return {
      automation: row.automation,
      output: row.outputId,
      judgement,
      replaced: own !== null && !repeated,
      repeated,
      why: row.why,
      checks: store.spotChecks.verdictsOf(row.output),
      contradicted,
      others: before.filter((each) => each.who !== who),
    };
  });
}

/** The same answer once more, as by a second press. */
function addsNothing(
  { answer, note, correction }: z.infer<typeof judgementRequest>,
  before: Judgement,
): boolean {
  const isNew = (text: string | null, known: string | null) => text !== null && text !== known;
  return answer === before.answer && !isNew(note, before.note) && !isNew(correction, before.correction);
}

/** The spot check of that number, of an automation that is still in the register; throws KnownError. */
export function requireSpotCheck({ store, register }: Ground, id: number): SpotCheckRow {
  const row = store.spotChecks.get(id);
  if (row !== null && watchedOf(register, row.automation) !== null) return row;
  throw new KnownError("spot-check-unknown", `No spot check ${id}; evenkeel judge lists those that wait.`);
}
