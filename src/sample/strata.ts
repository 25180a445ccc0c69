import type { Output } from "../domain/output.js";
import { filterView } from "../text/filter-view.js";
import { compileFilter } from "../text/json-path.js";
import type { SampleSettings } from "./settings.js";

/** Names the strata of a sample that an output belongs to. To be asked of outputs as they came: redaction takes out what a filter looks for. */
export type StrataOf = (output: Output) => readonly string[];

/** Compiles the filters of the strata once. */
export function prepareStrata(settings: SampleSettings["strata"]): StrataOf {
  const strata = settings.map(({ name, where }) => ({ name, matches: compileFilter(where) }));
  if (strata.length === 0) return () => [];
  return (output) => {
    const view = filterView(output);
    return strata.filter((stratum) => stratum.matches(view)).map((stratum) => stratum.name);
  };
}
