import { worksAt } from "../../automation/works-at.js";
import type { Person } from "../../domain/person.js";
import { channelsToPeople } from "../channels-for.js";
import { carrierFor } from "../digest-carrier.js";
import type { Ground, ReadyChannel } from "../ground.js";

/** Who has no working hours at all can be told at any time. */
export function isAtWork(person: Person, now: number): boolean {
  return worksAt(now, person) || person.workingHours.every((hours) => (hours ?? null) === null);
}

/** The way their digest takes; where it has none, the channels that lead to people. */
export function channelsOfPerson(ground: Ground, person: Person): readonly ReadyChannel[] {
  const carrier = carrierFor(ground.register, person);
  return carrier === null ? channelsToPeople(ground).filter((each) => !each.onlyAsFallback) : [carrier];
}
