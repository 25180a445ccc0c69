import { KnownError } from "../domain/errors.js";
import type { Ground, Watched } from "./ground.js";

/** Makes the results of a golden run the ones later runs are compared with; who and why are recorded. */
export function acceptGolden(
  ground: Ground,
  watched: Watched,
  decision: { run: number | null; who: string; why: string },
): { run: number; cases: number } {
  const { store, clock } = ground;
  const { id } = watched.entry;
  return store.transaction(() => {
    const run = decision.run === null ? store.runs.latest(id, "golden") : store.runs.get(decision.run);
    if (run === null || run.automation !== id || run.kind !== "golden") {
      throw new KnownError(
        "golden-no-run",
        `${id} has no such golden run; make one with: evenkeel golden run ${id}`,
      );
    }
    if (run.state !== "done") {
      throw new KnownError(
        "golden-unfinished",
        `golden run ${run.id} of ${id} was not made to its end; make one with: evenkeel golden run ${id}`,
      );
    }
    const cases = store.golden.accept(id, run.id);
    const { who, why } = decision;
    store.decisions.record({
      at: clock.now(),
      who,
      why,
      what: "accept-golden",
      automation: id,
      subject: `run ${run.id}`,
    });
    return { run: run.id, cases };
  });
}
