import pLimit from "p-limit";
import type { StoredAnswer } from "../store/answer.js";
import type { Unanswered } from "./rest-unanswered.js";

/** Questions that one model or service is asked at once; the rest wait, and one that hangs holds up no other. */
const questionsAtOnce = 4;

/** Reads of one host at once: a system that holds the outputs of fifty automations is not asked by all of them in one second. */
const readsAtOnce = 2;

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
  /** Waits for a turn with the host that outputs are read from; null: they are on this computer. */
  readonly readTurn: <T>(host: string | null, work: () => Promise<T>) => Promise<T>;
}

/** A process that has asked nobody yet. */
export function nothingInFlight(): InFlight {
  const questions = turns(questionsAtOnce);
  const reads = turns(readsAtOnce);
  return {
    answers: new Map(),
    reserved: new Map(),
    unanswered: new Map(),
    turn: (asked, work) => questions(asked)(work),
    readTurn: (host, work) => (host === null ? work() : reads(host)(work)),
  };
}

/** A queue for each name. */
function turns(atOnce: number) {
  const limits = new Map<string, ReturnType<typeof pLimit>>();
  return (name: string) => {
    const limit = limits.get(name) ?? pLimit(atOnce);
    limits.set(name, limit);
    return limit;
  };
}
