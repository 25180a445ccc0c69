import { KnownError } from "../domain/errors.js";
import type { Json } from "../domain/json.js";
import { textOfJson } from "../text/json-value.js";
import { bestAssignment } from "./assignment.js";
import { likeness } from "./likeness.js";

/** Most pairs that are looked at: the time of the assignment grows with the third power of the length. */
export const mostPairs = 40_000;
/** Largest product of both lists' JSON lengths: bounds how long fuzzy comparison of all pairs takes, to about 0.2 s. */
const mostCharacterPairs = 1_000_000_000;
/** Items less alike than this are two different ones rather than one that changed. */
const stillTheSame = 0.5;
/** Characters of two items looked at to see whether one became the other. */
const comparedCharacters = 200;

/** What the comparison of a pair came to. */
export interface PairCompared {
  readonly differences: readonly { readonly path: string; readonly said: string }[];
  readonly total: number;
}

/** Which items belong together; numbers are places in the two lists. */
export interface Pairing<Compared extends PairCompared> {
  readonly pairs: readonly {
    readonly seenAt: number;
    readonly wantedAt: number;
    readonly compared: Compared;
  }[];
  readonly missing: readonly number[];
  readonly extra: readonly number[];
}

/**
 * Pairs the items of two lists whatever their order: as many pairs without a difference as possible, the others by
 * how alike they are. Throws KnownError `list-too-long`.
 */
export function pairItems<Compared extends PairCompared>(
  seen: readonly Json[],
  wanted: readonly Json[],
  compare: (seenAt: number, wantedAt: number) => Compared,
): Pairing<Compared> {
  refuseTooLong(seen, wanted);
  const compared = wanted.map((_, wantedAt) => seen.map((_item, seenAt) => compare(seenAt, wantedAt)));
  const alike = compared.map((row, wantedAt) =>
    row.map((pair, seenAt) => likenessOf(pair, seen[seenAt] ?? null, wanted[wantedAt] ?? null)),
  );
  const whole = wanted.length + 1;
  const assigned = bestAssignment(alike.map((row) => row.map((share) => (share === 1 ? whole : share))));
  const pairs = assigned.flatMap((seenAt, wantedAt) => {
    const pair = seenAt === null ? undefined : compared[wantedAt]?.[seenAt];
    if (seenAt === null || pair === undefined) return [];
    return (alike[wantedAt]?.[seenAt] ?? 0) >= stillTheSame ? [{ seenAt, wantedAt, compared: pair }] : [];
  });
  const [seenPaired, wantedPaired] = [
    new Set(pairs.map((pair) => pair.seenAt)),
    new Set(pairs.map((pair) => pair.wantedAt)),
  ];
  return {
    pairs,
    missing: [...wanted.keys()].filter((at) => !wantedPaired.has(at)),
    extra: [...seen.keys()].filter((at) => !seenPaired.has(at)),
  };
}

/** 1 without a difference; otherwise the share of fields that match, or how alike two single values look. */
function likenessOf({ differences, total }: PairCompared, seen: Json, wanted: Json): number {
  if (differences.length === 0) return 1;
  if (total > 1) return 1 - differences.length / total;
  const [a, b] = [seen, wanted].map((item) => textOfJson(item).slice(0, comparedCharacters));
  return 0.99 * likeness("levenshtein", a ?? "", b ?? "", true);
}

function refuseTooLong(seen: readonly Json[], wanted: readonly Json[]): void {
  if (seen.length * wanted.length > mostPairs) {
    throw new KnownError(
      "list-too-long",
      `the list has ${seen.length} items and the known one ${wanted.length}; at most 200 each can be paired`,
    );
  }
  if (textOfJson(seen).length * textOfJson(wanted).length > mostCharacterPairs) {
    throw new KnownError("list-too-long", "the items of the two lists are too long to be paired");
  }
}
