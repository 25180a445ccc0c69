import type { Ground, Watched } from "../flow/ground.js";
import { knownSunsets, sunsetOf } from "../flow/known-sunsets.js";
import { modelsInUse } from "../flow/model-use.js";
import { daysUntil, sayDaysUntil } from "../flow/sunset-found.js";
import { sayListUpTo } from "../wording/sentences.js";
import { sayDay } from "../wording/times.js";
import { atRisk, type Examined, fine } from "./examined.js";

/** Models named in one line. */
const mostNamed = 6;

/** A model in use with the day of its end; null where none is known. */
interface Ending {
  readonly watched: Watched;
  readonly model: string;
  readonly end: {
    readonly on: string;
    readonly daysLeft: number;
    readonly replacement: string | null;
  } | null;
}

/** Every model in use with its end; those that end soon first, each by itself. */
export function examineModels(ground: Ground): readonly Examined[] {
  const endings = endingsOf(ground);
  if (endings.length === 0) return [];
  const { daysBefore } = ground.register.sunset;
  const soon = endings.filter(({ end }) => end !== null && end.daysLeft <= daysBefore);
  const later = [...new Set(endings.filter((each) => !soon.includes(each)).map(sayLater))];
  return [
    ...soon.map((each) => atRisk(each.watched.entry.id, saySoon(each), fixOf(each))),
    ...(later.length === 0 ? [] : [fine("models", sayListUpTo(later, mostNamed))]),
  ];
}

function endingsOf(ground: Ground): readonly Ending[] {
  const now = ground.clock.now();
  const known = knownSunsets(ground);
  return ground.register.automations.flatMap((watched) =>
    (modelsInUse(ground, watched, now) ?? []).map(({ model }) => {
      const sunset = sunsetOf(watched, model, known);
      if (sunset === null) return { watched, model, end: null };
      const { shutsDownOn: on, replacement } = sunset;
      return {
        watched,
        model,
        end: { on, replacement, daysLeft: daysUntil(on, now, watched.entry.timeZone) },
      };
    }),
  );
}

function saySoon({ model, end }: Ending): string {
  if (end === null) return model;
  const verb = end.daysLeft < 0 ? "was to shut down" : "shuts down";
  return `${model} ${verb} on ${sayDay(end.on)} (${sayDaysUntil(end.daysLeft)})`;
}

function sayLater({ model, end }: Ending): string {
  return end === null ? `no end date known for ${model}` : `${model} until ${sayDay(end.on)}`;
}

function fixOf({ watched, end }: Ending): string {
  const to = end?.replacement ?? null;
  const next = to === null ? "choose the model that comes next" : `${to} is named as its replacement`;
  return watched.golden === null ? next : `${next}; try it first: evenkeel golden run ${watched.entry.id}`;
}
