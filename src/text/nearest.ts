import { distance } from "fastest-levenshtein";

const longestName = 100;

/** The known name that someone probably meant, or null when none is near. */
export function nearest(name: string, known: Iterable<string>): string | null {
  const wanted = plain(name.slice(0, longestName));
  // One slip in three characters; a swap of neighbours counts as two.
  const farthest = Math.max(1, Math.floor(wanted.length / 3));
  let best: { name: string; distance: number } | null = null;
  for (const candidate of known) {
    const apart = distance(wanted, plain(candidate));
    if (apart <= farthest && (best === null || apart < best.distance)) {
      best = { name: candidate, distance: apart };
    }
  }
  return best?.name ?? null;
}

/** `maxMs`, `max_ms` and `max-ms` are one name here. */
function plain(name: string): string {
  return name.toLowerCase().replace(/[-_ ]/g, "");
}
