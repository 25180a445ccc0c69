import { worksAt } from "../automation/works-at.js";
import type { IncidentKind } from "../domain/incident.js";
import { startOfDay, wallTime, weekdayOf } from "../measure/local-time.js";
import { routeMessage } from "../notify/route.js";
import type { Ground, ReadyChannel, Watched } from "./ground.js";

const minuteMs = 60_000;
const dayMinutes = 1_440;

/** What a message is about, and when it is owed. */
export interface Addressed {
  readonly kind: IncidentKind;
  readonly escalated: boolean;
  /** Name of the person who is called. */
  readonly called: string;
  readonly at: number;
}

/** The channels that get a message: those its routes name, else all that are not there for another's failure only. */
export function channelsFor(
  { register }: Ground,
  { entry }: Watched,
  { kind, escalated, called, at }: Addressed,
): readonly ReadyChannel[] {
  const wall = wallTime(at, entry.timeZone);
  const { to, everywhere } = routeMessage(register.routes, {
    automation: entry,
    kind,
    escalated,
    working: worksAt(at, register.people.get(called) ?? register.aiOwner),
    minuteOfWeek: weekdayOf(wall) * dayMinutes + Math.floor((wall - startOfDay(wall)) / minuteMs),
  });
  return register.channels.filter((each) => to.includes(each.id) || (everywhere && !each.onlyAsFallback));
}

/**
 * The channels that get news of an incident: those that its routes name now, and those that were told of it before, for
 * whoever was called at night must hear in the morning that it is over.
 */
export function channelsForNews(
  ground: Ground,
  watched: Watched,
  incident: number,
  addressed: Addressed,
): readonly ReadyChannel[] {
  const routed = channelsFor(ground, watched, addressed);
  const told = ground.store.outbox.channelsTold(incident);
  return ground.register.channels.filter((each) => routed.includes(each) || told.includes(each.id));
}

/** The channels that lead to people; a terminal counts only where there is nothing else. */
export function channelsToPeople({ register }: Pick<Ground, "register">): readonly ReadyChannel[] {
  const remote = register.channels.filter((each) => each.type !== "console");
  return remote.length > 0 ? remote : register.channels;
}

/** The channels that speak by themselves, not only where another fails. */
export function usualChannels({ register }: Pick<Ground, "register">): readonly ReadyChannel[] {
  return register.channels.filter((each) => !each.onlyAsFallback);
}
