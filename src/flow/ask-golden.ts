/**
 * Puts the cases of a golden set to the automation. Each answer is judged and stored as it arrives, in a transaction
 * of its own: a run that is broken off and taken up again asks only the rest, for an answer may cost money, or have
 * been acted upon. In: the run. Out: results in the store. A case whose probe failed is asked again.
 */
import pLimit from "p-limit";
import { messageOf } from "../domain/errors.js";
import type { GoldenCase } from "../domain/golden-case.js";
import type { OutputDraft } from "../domain/output.js";
import { error } from "../domain/verdict.js";
import type { Probe } from "../golden/probe.js";
import { redactText, storedId } from "../text/redact.js";
import { agreement } from "./golden-agreement.js";
import type { Ground, Watched, WatchedGolden } from "./ground.js";
import { judgeDrafts } from "./judge-drafts.js";
import { askingChecks } from "./judge-outputs.js";

/** Cases asked at once. */
const casesAtOnce = 2;

/** A golden run under way. */
export interface GoldenAsking {
  readonly run: number;
  readonly golden: WatchedGolden;
  readonly signal: AbortSignal;
  /** The cases to be asked, and for the how many-eth time in this run. */
  readonly cases: readonly GoldenCase[];
  readonly ask: number;
}

/** Asks the cases that have no answer on record; stops asking when the signal says so. */
export async function askGolden(ground: Ground, watched: Watched, asking: GoldenAsking): Promise<void> {
  const { run, signal, cases, ask } = asking;
  const results = ground.store.golden.results(run, ask);
  const answered = new Set(results.flatMap((each) => (each.output === null ? [] : [each.caseId])));
  const limit = pLimit(casesAtOnce);
  const open = cases.filter((each) => !answered.has(each.id));
  try {
    await Promise.all(
      open.map((each) =>
        limit(async () => {
          if (!signal.aborted) await askCase(ground, watched, asking, each);
        }),
      ),
    );
  } catch (thrown) {
    // what cannot be stored would be asked in vain
    limit.clearQueue();
    throw thrown;
  }
}

async function askCase(
  ground: Ground,
  watched: Watched,
  { golden, run, signal, ask }: GoldenAsking,
  each: GoldenCase,
): Promise<void> {
  const asked = await answerOf(golden, each, { runId: String(run), signal });
  if (asked.draft !== null)
    return keepAnswer(ground, watched, { golden, run, ask, each, draft: asked.draft });
  // cut off by the stop: that says nothing of the automation
  if (signal.aborted) return;
  const none = { caseId: each.id, status: "error", output: null, receivedId: null } as const;
  ground.store.transaction(() => ground.store.golden.put(run, { ...none, reason: asked.failure }, ask));
}

async function answerOf(
  { probe }: WatchedGolden,
  each: GoldenCase,
  context: Parameters<Probe["ask"]>[1],
): Promise<{ draft: OutputDraft; failure: null } | { draft: null; failure: string }> {
  try {
    return { draft: await probe.ask(each, context), failure: null };
  } catch (thrown) {
    return { draft: null, failure: redactText(messageOf(thrown)) };
  }
}

/** The answer as an output of its own kind, with the known-good answer as reference. */
async function keepAnswer(
  { store, clock }: Ground,
  watched: Watched,
  answer: { golden: WatchedGolden; run: number; ask: number; each: GoldenCase; draft: OutputDraft },
): Promise<void> {
  const { golden, run, ask, each, draft } = answer;
  const now = clock.now();
  const known = {
    ...draft,
    id: `${run}${ask === 1 ? "" : `.${ask}`}:${each.id}`,
    at: now,
    reference: each.expected,
  };
  const judged = await judgeDrafts(watched, [known], "golden", now);
  const toAsk = askingChecks(watched).map((check) => [check.id, error("it is not judged yet")] as const);
  store.transaction(() => {
    for (const output of judged) {
      const verdict = agreement(golden.checks, new Map([...toAsk, ...output.verdicts]));
      const result = {
        caseId: each.id,
        status: verdict.status,
        output: store.outputs.add(output),
        reason: verdict.reason ?? null,
        receivedId: storedId(draft.id, watched.storeMode),
      };
      store.golden.put(run, result, ask);
    }
  });
}
