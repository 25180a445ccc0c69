import { incidentKinds } from "../domain/incident.js";
import { concerns, type Route, routeMessage, turningMinutes } from "../notify/route.js";
import { sayCount } from "../wording/numbers.js";
import type { Config } from "./config.js";

const either = [true, false] as const;

/** Routes by which no message can ever go: about nothing in the register, or behind others that take everything first. */
export function routeNotes({ routes, automations }: Config): readonly string[] {
  const used = usedRoutes(routes, automations);
  return routes.flatMap((route, index) => {
    if (used.has(index)) return [];
    const about = automations.filter(({ automation }) => concerns(route, automation)).length;
    const why =
      about === 0
        ? "no automation is what it asks for"
        : `routes before it take every message of ${sayCount(about, "automation")} it is about; put it before them, or give them "also": true`;
    return [`routes[${index}] matches nothing: ${why}`];
  });
}

/** Every combination that times, kinds and people can bring, so that a route in use is never called useless. */
function usedRoutes(routes: readonly Route[], automations: Config["automations"]): ReadonlySet<number> {
  const used = new Set<number>();
  const minutes = turningMinutes(routes);
  for (const { automation } of automations)
    for (const kind of incidentKinds)
      for (const escalated of either)
        for (const working of either)
          for (const minuteOfWeek of minutes)
            for (const index of routeMessage(routes, { automation, kind, escalated, working, minuteOfWeek })
              .by)
              used.add(index);
  return used;
}
