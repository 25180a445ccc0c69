import { createHash } from "node:crypto";
import { KnownError, SourceError } from "../domain/errors.js";
import type { Json } from "../domain/json.js";
import type { Exchange } from "../model/model.js";
import type { Ground, Watched } from "./ground.js";
import { judgingDay, reserve } from "./spend.js";

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
}

/** The name of an answer: who was asked what for which automation; of planted outputs also in which run. */
export function answerKey({ watched, planted, run }: Asker, asked: string, parts: readonly Json[]): string {
  const all = [watched.entry.id, planted ? run : null, asked, ...parts];
  return createHash("sha256").update(JSON.stringify(all)).digest("hex");
}

/** A request may have been answered, and paid for, although nothing arrived. */
const lostCodes = new Set(["http-timeout", "http-broken"]);

/** Sends under the caps and counts what it cost; `keep` runs in the same transaction. */
export async function paid<T extends Exchange>(
  ground: Ground,
  asker: Asker,
  estimateMicros: number,
  send: () => Promise<T>,
  keep: (sent: T) => void,
): Promise<T> {
  const { store } = ground;
  const { id } = asker.watched.entry;
  if (asker.signal.aborted) throw tooLate();
  const release = reserve(ground, asker.watched, estimateMicros);
  const spend = (costMicros: number): void =>
    store.answers.spend(judgingDay(ground), id, { questions: 1, costMicros });
  try {
    const sent = await send().catch((thrown: unknown) => {
      const lost = thrown instanceof SourceError && lostCodes.has(thrown.code);
      store.transaction(() => spend(lost ? estimateMicros : 0));
      asker.onNoAnswer();
      throw asker.signal.aborted ? tooLate() : thrown;
    });
    store.transaction(() => {
      spend(sent.costMicros);
      keep(sent);
    });
    return sent;
  } finally {
    release();
  }
}

function tooLate(): KnownError {
  return new KnownError("asking-late", "the time for judging this run was over before it was answered", {
    retryable: true,
  });
}
