/**
 * Fields of structured output that nobody named are followed all the same, for the digest alone. They are chosen once,
 * from the outputs of the first runs, and those runs are then replayed so that what is usual is known at once.
 * In: an automation. Out: the choice and the metrics in the store; the register with the plans that follow from it.
 */
import type { FollowedField } from "../domain/followed-field.js";
import type { Output } from "../domain/output.js";
import { fail, pass, type Verdict } from "../domain/verdict.js";
import type { Store } from "../store/open.js";
import type { Observed } from "../store/output-row.js";
import type { AlarmLevels } from "./alarm-levels.js";
import { chooseFields } from "./choose-fields.js";
import { chooseLabels } from "./choose-labels.js";
import { chooseSegments } from "./choose-segments.js";
import { followMetric } from "./follow-metrics.js";
import type { Ground, MetricPlan, Register, Watched } from "./ground.js";
import { wholeOutput } from "./labels.js";
import { openBook } from "./metric-book.js";
import { countedRuns, runsAsTaken } from "./replay-metric.js";

/** Outputs and runs that a choice needs. */
const needed = { outputs: 100, runs: 5 };
/** Runs and outputs looked back on, the newest: reading them holds up everything else for that time. */
const lookedAt = { runs: 500, outputs: 5_000 };
/** How the values of a check's metric are named. */
const checkPrefix = "check:";

/** Chooses the fields of an automation and follows them from its stored runs on; true: there is a new choice. */
export function followFields(ground: Ground, watched: Watched, levels: AlarmLevels): boolean {
  const { store, clock } = ground;
  const { id } = watched.entry;
  const toChoose = followedOf(watched).filter((what) => store.followedFields.of(id, what) === null);
  if (watched.storeMode === "hash" || toChoose.length === 0) return false;
  // counted before they are read: what is too young is looked at again every day
  const stored = store.runs.withDataSince(id, "sampled", 0);
  if (stored.drawn < needed.outputs || stored.runs < needed.runs) return false;
  const runs = countedRuns(ground, id, lookedAt.outputs).slice(-lookedAt.runs);
  const outputs = runs.flatMap((run) => run.map(({ output }) => output));
  if (outputs.length < needed.outputs || runs.length < needed.runs) return false;
  for (const what of toChoose) {
    const chosen = what === "segments" ? chooseSegments(outputs) : fieldsIn(watched, outputs);
    store.followedFields.choose(id, what, chosen, clock.now());
  }
  const book = openBook(ground, watched);
  for (const plan of fieldPlans(store, watched))
    for (const observed of runsAsTaken(plan, runs, (_, { output, observed }) =>
      plan.observe(output, verdictsIn(observed)),
    )) {
      const run = { runId: observed.runId, at: observed.at, replay: true, nameOf: () => null };
      followMetric(watched, book, { plan, observed, run, levels });
    }
  book.save(clock.now());
  return true;
}

/** What of an automation is followed without being named. */
function followedOf({ followUnnamed }: Watched): readonly ("fields" | "segments")[] {
  return (["fields", "segments"] as const).filter((what) => followUnnamed[what]);
}

function fieldsIn(watched: Watched, outputs: readonly Output[]): readonly FollowedField[] {
  const structured = outputs.flatMap(({ fields }) => (fields === undefined ? [] : [fields]));
  const fields = structured.length < needed.outputs ? [] : chooseFields(structured);
  return [...fields, ...chooseLabels(outputs, labelPaths(watched, fields))];
}

/** Verdicts as the metrics of checks kept them. */
function verdictsIn(observed: Observed): ReadonlyMap<string, Verdict> {
  return new Map(
    Object.entries(observed).flatMap(([metric, value]) =>
      metric.startsWith(checkPrefix) && typeof value === "boolean"
        ? [[metric.slice(checkPrefix.length), value ? pass() : fail("")] as const]
        : [],
    ),
  );
}

/** Where labels are looked for: in the whole output, and where categories are followed. */
export function labelPaths(
  { namedCategories }: Watched,
  fields: readonly FollowedField[],
): readonly string[] {
  const chosen = fields.flatMap((field) => (field.kind === "category" ? [field.path] : []));
  return [...new Set([wholeOutput, ...namedCategories, ...chosen])];
}

/** The register with the fields that were chosen; the same when called again. */
export function withFields(store: Store, register: Register): Register {
  return {
    ...register,
    automations: register.automations.map((each) => ({
      ...each,
      metrics: [...each.metrics, ...fieldPlans(store, each)],
    })),
  };
}

/** Plans of the chosen fields that are not followed already. */
function fieldPlans(store: Store, watched: Watched): readonly MetricPlan[] {
  const { id } = watched.entry;
  const chosen = followedOf(watched).flatMap((what) => store.followedFields.of(id, what) ?? []);
  const known = new Set(watched.metrics.map(({ id }) => id));
  return watched.planUnnamed(chosen).filter((plan) => !known.has(plan.id));
}
