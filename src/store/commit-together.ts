/**
 * Work that waits at the same time is committed together: one wait for the disk for many requests (RELIABILITY 3.6). In:
 * pieces of work. Out: each one's own result, after the commit that holds it; one that throws is rolled back alone.
 */
import { StoreError } from "../domain/errors.js";
import type { Transaction } from "./transaction.js";

/** Stores something in a transaction that others may share; resolves once it is on the disk. */
export type Together = <T>(work: () => T) => Promise<T>;

/** Pieces in one commit at most: the database is held no longer than a chunk of other work holds it. */
const mostAtOnce = 100;

interface Piece {
  /** Does the work inside the shared transaction and remembers what came of it. */
  readonly run: () => void;
  /** Tells what came of it, once it is committed. */
  readonly tell: () => void;
  readonly fail: (reason: unknown) => void;
}

/** Gathers what is asked for in one turn of the event loop. */
export function togetherOf(transaction: Transaction): Together {
  const waiting: Piece[] = [];
  const commit = (): void => {
    const pieces = waiting.splice(0, mostAtOnce);
    if (waiting.length > 0) setImmediate(commit);
    try {
      transaction(() => {
        for (const piece of pieces) piece.run();
      });
    } catch (thrown) {
      for (const piece of pieces) piece.fail(thrown);
      return;
    }
    for (const piece of pieces) piece.tell();
  };
  return (work) =>
    new Promise((resolve, reject) => {
      waiting.push(pieceOf(transaction, work, { resolve, reject }));
      if (waiting.length === 1) setImmediate(commit);
    });
}

function pieceOf<T>(
  transaction: Transaction,
  work: () => T,
  { resolve, reject }: { resolve: (done: T) => void; reject: (reason: unknown) => void },
): Piece {
  let tell = (): void => undefined;
  return {
    run: () => {
      try {
        // inside another transaction this is a savepoint
        const done = transaction(work);
        tell = () => resolve(done);
      } catch (thrown) {
        // what the store itself refuses concerns all: SQLite may have ended the shared transaction
        if (thrown instanceof StoreError) throw thrown;
        tell = () => reject(thrown);
      }
    },
    tell: () => tell(),
    fail: reject,
  };
}
