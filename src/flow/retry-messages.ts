import { KnownError } from "../domain/errors.js";
import type { Ground } from "./ground.js";

/** Given-up messages taken up again by one order. */
const revivedAtOnce = 1_000;

/** Owes given-up messages again: the one of that id, or all. Returns the ids; throws KnownError where none is to be sent. */
export function retryMessages(ground: Ground, id: string | null, who: string): readonly string[] {
  const { store, clock, logger } = ground;
  const now = clock.now();
  return store.transaction(() => {
    const dead = store.outbox.listed("dead", revivedAtOnce).filter((each) => id === null || each.id === id);
    if (dead.length === 0 && id !== null)
      throw new KnownError(
        "message-unknown",
        `no undelivered message ${id}; evenkeel outbox --state dead lists them`,
      );
    const revived = dead.filter((each) => store.outbox.revive(each.seq, now)).map((each) => each.id);
    if (id !== null && revived.length === 0)
      throw new KnownError(
        "message-text-gone",
        `the text of message ${id} has been let go by age (retention): it cannot be sent any more`,
      );
    if (revived.length > 0)
      logger.info("undelivered messages are owed again", { who, messages: revived.length });
    return revived;
  });
}
