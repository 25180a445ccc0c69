import type { GoldenCase } from "../../domain/golden-case.js";
import type { PromotedCase } from "../../store/golden-promoted.js";
import type { Ground, Watched, WatchedGolden } from "../ground.js";

/** The tag of known answers that were outputs. */
const promotedTag = "promoted";

/**
 * A golden set with the judged outputs that became known answers beside the cases of its file. Where the file has a case
 * of the same id it takes the other's place: so an owner takes one over into the file.
 */
export function withPromoted(
  { store }: Pick<Ground, "store">,
  { entry }: Pick<Watched, "entry">,
  golden: WatchedGolden,
): WatchedGolden {
  const written = new Set(golden.cases.map(({ id }) => id));
  const promoted = store.goldenPromoted.of(entry.id).filter(({ caseId }) => !written.has(caseId));
  return promoted.length === 0 ? golden : { ...golden, cases: [...golden.cases, ...promoted.map(caseOf)] };
}

function caseOf({ caseId, input, expected, who, reviewBy }: PromotedCase): GoldenCase {
  return { id: caseId, input, expected, tags: [promotedTag], owner: who, reviewBy };
}
