/** Compares a golden run with the accepted one. Pure. */
import type { VerdictStatus } from "../domain/verdict.js";

/** Case ids by what became of them, each list sorted. */
export interface GoldenFlips {
  /** Were right, are wrong now. */
  readonly turnedWrong: readonly string[];
  /** Were wrong, are right now. */
  readonly turnedRight: readonly string[];
  /** Not in the accepted run. */
  readonly fresh: readonly string[];
  /** In the accepted run, not in this one. */
  readonly missing: readonly string[];
  /** Neither right nor wrong in this run: the probe or a check could not tell. */
  readonly couldNotTell: readonly string[];
  /** Told the same as before. */
  readonly unchanged: readonly string[];
}

/** Lists the cases that flipped between the accepted run and this one. */
export function compareGolden(
  accepted: ReadonlyMap<string, boolean>,
  now: ReadonlyMap<string, VerdictStatus>,
): GoldenFlips {
  const ids = [...new Set([...accepted.keys(), ...now.keys()])].sort();
  const where = (outcome: keyof GoldenFlips): readonly string[] =>
    ids.filter((id) => outcomeOf(accepted.get(id), now.get(id)) === outcome);
  return {
    turnedWrong: where("turnedWrong"),
    turnedRight: where("turnedRight"),
    fresh: where("fresh"),
    missing: where("missing"),
    couldNotTell: where("couldNotTell"),
    unchanged: where("unchanged"),
  };
}

function outcomeOf(before: boolean | undefined, now: VerdictStatus | undefined): keyof GoldenFlips {
  switch (now) {
    case undefined:
      return "missing";
    case "error":
    case "skipped":
      return "couldNotTell";
    case "pass":
      return before === undefined ? "fresh" : before ? "unchanged" : "turnedRight";
    case "fail":
      return before === undefined ? "fresh" : before ? "turnedWrong" : "unchanged";
  }
}
