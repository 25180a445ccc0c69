/**
 * What keeps Evenkeel itself from storing what it should: in the log, on the pages, in doctor, and where something is
 * broken as an incident about Evenkeel itself. In: a trouble, or that there is none. Never throws: a full disk may not
 * take the incident either, and then the log and the pages have to do.
 */
import { messageOf } from "../domain/errors.js";
import type { Trouble } from "../store/troubles.js";
import type { Ground } from "./ground.js";
import { endOwn, ownTroubleStands, raiseOwn } from "./watch-itself.js";

/** Notes a trouble; people hear of it when it begins and when it becomes another. */
export function tellTrouble(ground: Ground, trouble: Trouble): void {
  const { about, level, text, fix } = trouble;
  if (!noteTrouble(ground, trouble) || level !== "broken" || ground.store.state.refused() !== null) return;
  store(ground, () =>
    raiseOwn(ground, {
      subject: subjectOf(about),
      headline: `Evenkeel cannot rely on its ${about}`,
      sentence: `${text}; ${fix}`,
    }),
  );
}

/** There is no such trouble any more, nor one from before a restart. */
export function endTrouble(ground: Ground, about: string): void {
  dropTrouble(ground, about);
  // asked each minute, and nearly always nothing is to be ended
  if (ownTroubleStands(ground, subjectOf(about))) store(ground, () => endOwn(ground, subjectOf(about)));
}

/** For the log and the pages alone, as where nothing can be stored. True: it is new or has become another. */
export function noteTrouble({ store: { state }, logger }: Ground, trouble: Trouble): boolean {
  const { about, level, text, fix } = trouble;
  const isNew = state.troubles.put(trouble);
  if (isNew) logger[level === "broken" ? "error" : "warn"](`${about}: ${text}`, { do: fix });
  return isNew;
}

/** Takes such a note back. */
export function dropTrouble({ store: { state }, logger }: Ground, about: string): void {
  if (state.troubles.clear(about)) logger.info(`${about}: well again`);
}

function subjectOf(about: string): string {
  return `store:${about}`;
}

function store(ground: Ground, work: () => void): void {
  try {
    ground.store.transaction(work);
  } catch (thrown) {
    ground.logger.error("the incident about Evenkeel itself could not be stored", {
      reason: messageOf(thrown),
    });
  }
}
