import { dayMs } from "../domain/time.js";
import { excerpt } from "../text/excerpt.js";
import type { Ground, Watched } from "./ground.js";

/** Outputs looked at for the models in use. */
const newest = 200;
/** None of them is older: what was used before says nothing about today. */
const lookBackMs = 31 * dayMs;
/** The name of a model comes from outputs and may be anything. */
const longestName = 200;

/** A model that an automation uses. */
export interface ModelUse {
  readonly model: string;
  /** How many of the newest outputs name it; null: none says, the register names it. */
  readonly outputs: { readonly hits: number; readonly n: number } | null;
  /** When an output last named it; null: the register does. */
  readonly lastAt: number | null;
}

/**
 * The models that the newest 200 outputs of the last 31 days name, the commonest first; the register's where they name
 * none. null: nothing came, so nobody can say.
 */
export function modelsInUse({ store }: Ground, { entry }: Watched, now: number): readonly ModelUse[] | null {
  const rows = store.outputs.recentModels(entry.id, now - lookBackMs, now, newest);
  const n = rows.reduce((sum, row) => sum + row.outputs, 0);
  const named = rows.flatMap(({ model, outputs, lastAt }) =>
    model === null ? [] : [{ model: excerpt(model, longestName), outputs: { hits: outputs, n }, lastAt }],
  );
  if (named.length > 0) return named;
  if (entry.model !== null) return [{ model: entry.model, outputs: null, lastAt: null }];
  return n === 0 ? null : [];
}
