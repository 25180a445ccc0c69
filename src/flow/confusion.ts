/**
 * What known labels were read as. In: an automation. Out: one table per path where labels are known, from the newest
 * outputs. Bounded: the cost does not grow with history.
 */
import type { Counts } from "../measure/counts.js";
import { labelPaths } from "./follow-fields.js";
import type { Ground, Watched } from "./ground.js";
import { labelReader, wholeOutput } from "./labels.js";

/** Newest outputs looked through. */
const searched = 2_000;
/** Labels with a row of their own, the commonest; a table of more is read by nobody. */
const mostLabels = 12;

/** A confusion matrix. */
export interface Confusion {
  /** `category`; null: the output is the label. */
  readonly of: string | null;
  /** Commonest first. */
  readonly labels: readonly string[];
  /** Per known label: how often each label was given, and any other or none; and the recall. */
  readonly rows: readonly {
    readonly known: string;
    readonly said: readonly number[];
    readonly other: number;
    readonly recall: Counts;
  }[];
}

/** The tables of an automation; empty where no right label is known. */
export function confusionsOf(ground: Ground, watched: Watched): readonly Confusion[] {
  const { outputs, followedFields } = ground.store;
  const { id } = watched.entry;
  if (!outputs.anyReference(id, searched)) return [];
  const newest = outputs.between(id, 0, Number.MAX_SAFE_INTEGER, searched);
  return labelPaths(watched, followedFields.of(id, "fields") ?? []).flatMap((path) => {
    const read = labelReader(path);
    const pairs = newest.flatMap(({ output }) => read(output) ?? []);
    if (pairs.length === 0) return [];
    const labels = commonest(pairs.map(({ known }) => known));
    const rows = labels.map((known) => {
      const given = pairs.filter((pair) => pair.known === known).map((pair) => pair.said);
      const said = labels.map((label) => given.filter((each) => each === label).length);
      const right = given.filter((each) => each === known).length;
      const other = given.length - said.reduce((sum, each) => sum + each, 0);
      return { known, said, other, recall: { hits: right, n: given.length } };
    });
    return [{ of: path === wholeOutput ? null : path.replace(/^\$\./, ""), labels, rows }];
  });
}

function commonest(known: readonly string[]): readonly string[] {
  const counts = new Map<string, number>();
  for (const label of known) counts.set(label, (counts.get(label) ?? 0) + 1);
  return [...counts]
    .sort(([one, left], [other, right]) => right - left || (one < other ? -1 : 1))
    .slice(0, mostLabels)
    .map(([label]) => label);
}
