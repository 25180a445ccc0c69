/**
 * A schedule whose next slot cannot be computed: the fault of a library or of time zone data, never the end of the watch.
 * In: what was thrown. Out: an incident about Evenkeel itself that says whose runs stand still and what to do; the other
 * schedules go on. It ends once the slot can be computed, or the schedule is another or gone.
 */
import { messageOf } from "../domain/errors.js";
import type { ScheduleRow } from "../store/schedule.js";
import type { Ground, Watched } from "./ground.js";
import { endOwn, ownTroubleStands, raiseOwn } from "./watch-itself.js";

type Kind = ScheduleRow["kind"];

/** People hear that a schedule stands still; once, until it runs again. */
export function scheduleBroke(ground: Ground, { entry }: Watched, kind: Kind, thrown: unknown): void {
  const subject = subjectOf(entry.id, kind);
  if (ownTroubleStands(ground, subject)) return;
  const reason = messageOf(thrown);
  ground.logger.error("the next slot of a schedule cannot be computed: it stands still, the others go on", {
    automation: entry.id,
    kind,
    reason,
  });
  const whose = kind === "golden" ? "golden runs" : "runs";
  const headline = `the ${whose} of ${entry.title} stand still: their schedule cannot be computed`;
  const fix = `Write another schedule for it ("every 1h" needs no calendar), then reload; until then look at it by hand with evenkeel run ${entry.id}`;
  ground.store.transaction(() => raiseOwn(ground, { subject, headline, sentence: `${reason}. ${fix}` }));
}

/** The schedule says its next slot again, or there is no such schedule any more. */
export function scheduleWorks(ground: Ground, automation: string, kind: Kind): void {
  const subject = subjectOf(automation, kind);
  // asked of every schedule that is due, and nearly always nothing is to be ended
  if (ownTroubleStands(ground, subject)) ground.store.transaction(() => endOwn(ground, subject));
}

function subjectOf(automation: string, kind: Kind): string {
  return `schedule:${automation}:${kind}`;
}
