import pLimit from "p-limit";
import type { StoredAnswer } from "../store/answer.js";
import type { Unanswered } from "./rest-unanswered.js";

/** Questions that one model or service is asked at once; the rest wait, and one that hangs holds up no other. */
const questionsAtOnce = 4;

/** What may still be spent for questions on their way. */
export interface Reserved {
  readonly questions: number;
  readonly micros: number;
}

/** Questions on their way: who asks the same meanwhile waits for the same answer, and caps count them already. */
export interface InFlight {
  /** By the key of the answer. */
  readonly answers: Map<string, Promise<StoredAnswer>>;
  /** By automation. */
  readonly reserved: Map<string, Reserved>;
  /** Models and services that gave no answer of late, by id or host. */
  readonly unanswered: Map<string, Unanswered>;
  /** Waits for a turn with a model or service. */
  readonly turn: <T>(asked: string, work: () => Promise<T>) => Promise<T>;
}

/** A process that has asked nobody yet. */
export function nothingInFlight(): InFlight {
  const limits = new Map<string, ReturnType<typeof pLimit>>();
  const limitOf = (asked: string) => {
    const limit = limits.get(asked) ?? pLimit(questionsAtOnce);
    limits.set(asked, limit);
    return limit;
  };
  return {
    answers: new Map(),
    reserved: new Map(),
    unanswered: new Map(),
    turn: (asked, work) => limitOf(asked)(work),
  };
}
