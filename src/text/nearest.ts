import { distance } from "fastest-levenshtein";

const longestName = 100;
/** Names listed in a hint before it becomes a wall. */
const mostNames = 40;

/** The known name that someone probably meant, or null when none is near. */
export function nearest(name: string, known: Iterable<string>): string | null {
  const wanted = plainName(name.slice(0, longestName));
  // One slip in three characters; a swap of neighbours counts as two.
  const farthest = Math.max(1, Math.floor(wanted.length / 3));
  let best: { name: string; distance: number } | null = null;
  for (const candidate of known) {
    const apart = distance(wanted, plainName(candidate));
    if (apart <= farthest && (best === null || apart < best.distance)) {
      best = { name: candidate, distance: apart };
    }
  }
  return best?.name ?? null;
}

/** `did you mean "steps"?`; where no known name is near, all of them behind a lead: `known: by, steps`. */
export function meantHint(name: string, known: readonly string[], lead = "known:"): string {
  const near = nearest(name, known);
  if (near !== null) return `did you mean ${JSON.stringify(near)}?`;
  const shown = known.length > mostNames ? [...known.slice(0, mostNames), "..."] : known;
  return `${lead} ${shown.join(", ")}`;
}

/** `maxMs`, `max_ms` and `max-ms` are one name here. */
export function plainName(name: string): string {
  return name.toLowerCase().replace(/[-_ ]/g, "");
}
