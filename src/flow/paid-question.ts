import { createHash } from "node:crypto";
import { KnownError, SourceError } from "../domain/errors.js";
import type { Json } from "../domain/json.js";
import type { Terms } from "../model/model.js";
import type { Ground, Watched } from "./ground.js";
import { noteAnswered, noteUnanswered, refuseResting } from "./rest-unanswered.js";
import { reserve } from "./spend.js";

/** Who asks, and when. */
export interface Asker {
  readonly watched: Watched;
  readonly check: string;
  /** Names the run: planted outputs are put anew in every run, and a repeated run reads its own answers back. */
  readonly run: string;
  readonly planted: boolean;
  readonly signal: AbortSignal;
  /** Told who answered. */
  readonly onAnswer: (answeredBy: string) => void;
  /** Told of each question put that got no answer, or none that can be used. */
  readonly onNoAnswer: () => void;
  /** Told of each question that a cap refused. */
  readonly onRefused: () => void;
}

/** The name of an answer: who was asked what for which automation; of planted outputs also in which run. */
export function answerKey({ watched, planted, run }: Asker, asked: string, parts: readonly Json[]): string {
  const all = [watched.entry.id, planted ? run : null, asked, ...parts];
  return createHash("sha256").update(JSON.stringify(all)).digest("hex");
}

/** Works on a question under the caps; says so when the run's time was over before it was answered. */
export async function paid<T>(
  ground: Ground,
  asker: Asker,
  /** Model id or host. */
  asked: string,
  work: (terms: Terms) => Promise<T>,
): Promise<T> {
  const { signal, watched, planted } = asker;
  if (signal.aborted) throw tooLate();
  refuseResting(ground, asked);
  try {
    const done = await work({ signal, reserve: (mostMicros) => reserve(ground, watched, mostMicros) });
    noteAnswered(ground, asked);
    return done;
  } catch (thrown) {
    // the cap is no silence of whoever is asked
    if (thrown instanceof KnownError && thrown.code === "spend-cap") asker.onRefused();
    else asker.onNoAnswer();
    if (signal.aborted) throw tooLate();
    if (thrown instanceof SourceError && thrown.retryable) noteUnanswered(ground, asked, { planted, thrown });
    throw thrown;
  }
}

function tooLate(): KnownError {
  return new KnownError("asking-late", "the time for judging this run was over before it was answered", {
    retryable: true,
  });
}
