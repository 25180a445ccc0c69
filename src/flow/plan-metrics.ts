/**
 * What is followed of an automation without being asked, and at which level it may speak.
 * In: its entry, checks and what the configuration asks to follow. Out: one plan per metric. Falling pass shares,
 * categories, the shape of the output and golden agreement page as the risk says; everything else waits for the digest (DESIGN, rule 3).
 */
import type { Automation } from "../domain/automation.js";
import type { Check } from "../domain/check.js";
import type { FollowedField } from "../domain/followed-field.js";
import type { Json } from "../domain/json.js";
import type { Verdict } from "../domain/verdict.js";
import type { MetricSettings } from "../drift/settings.js";
import { compilePath } from "../text/json-path.js";
import { shapeOf, textShape } from "../text/json-shape.js";
import { redactText } from "../text/redact.js";
import { always, volume } from "./always-followed.js";
import type { MetricPlan } from "./ground.js";
import { inputMetrics } from "./input-metrics.js";
import { labelReader } from "./labels.js";
import { languageMetrics } from "./language-metrics.js";
import { type Draft, hash, type PlannedCheck } from "./metric-draft.js";
import { outputMetrics } from "./output-metrics.js";
import { peopleMetrics } from "./people-metrics.js";
import { type FollowGolden, planGolden } from "./plan-golden.js";

/** Longer category names are no categories; they are cut here. */
const categoryLength = 80;
/** What stands for a category that an output does not have. */
const noCategory = "(none)";

/** What the configuration says about following. */
export interface FollowSettings {
  readonly numbers: readonly string[];
  readonly categories: readonly string[];
  readonly baseline: { readonly outputs: number; readonly runs: number };
  /** null: there is no golden set. */
  readonly golden: FollowGolden | null;
  /** True where outputs are still expected to come: how many, hour by hour, is then followed too. */
  readonly volume?: boolean;
}

/** Every metric of one automation. */
export function planMetrics(
  entry: Automation,
  checks: readonly PlannedCheck[],
  follow: FollowSettings,
): readonly MetricPlan[] {
  const drafts: Draft[] = [
    ...checks.map(({ check, settings }) => passShare(entry, check, settings)),
    ...checks
      .filter(({ check }) => scored.has(check.type))
      .map(({ check, settings }) => score(check, settings)),
    ...(follow.golden === null ? [] : planGolden(entry, checks, follow.golden)),
    shape(entry),
    ...follow.categories.map((path) => category(entry, path)),
    ...follow.numbers.map(number),
    ...always,
    ...(follow.volume === true ? [volume(entry)] : []),
    ...outputMetrics,
    ...languageMetrics,
    ...inputMetrics,
    ...peopleMetrics(entry),
  ];
  return drafts.map((draft) => finished(draft, follow.baseline, entry.timeZone));
}

/** What nobody named, for the digest alone; what the configuration names goes by what it says. */
export function planUnnamed(
  entry: Automation,
  checks: readonly Check[],
  fields: readonly FollowedField[],
  follow: Pick<FollowSettings, "numbers" | "categories" | "baseline">,
): readonly MetricPlan[] {
  const named = new Set([...follow.numbers, ...follow.categories].map(fullPath));
  const draftsOf = (field: FollowedField): Draft[] => {
    switch (field.kind) {
      case "recall":
        return [recall(field.path, field.label)];
      case "segment":
        return bySegment(checks, field.segment);
      case "number":
      case "category":
        return named.has(field.path) ? [] : [unnamed(entry, field)];
    }
  };
  return fields.flatMap(draftsOf).map((draft) => finished(draft, follow.baseline, entry.timeZone));
}

/** A path as it is compared: a bare name such as `total` means `$.total`. */
export function fullPath(path: string): string {
  return path.startsWith("$") ? path : `$.${path}`;
}

function unnamed(entry: Automation, { path, kind }: { path: string; kind: "number" | "category" }): Draft {
  const draft = kind === "number" ? number(path) : category(entry, path);
  return { ...draft, id: `field:${path}`, level: "digest" };
}

function recall(path: string, label: string): Draft {
  const read = labelReader(path);
  return {
    id: `recall:${path}:${label}`,
    title: `outputs known to be “${label}” that say so`,
    kind: "pass-share",
    level: "digest",
    higherIsBetter: true,
    observe: (output) => {
      const labels = read(output);
      return labels?.known === label ? labels.said === label : undefined;
    },
  };
}

/** Checks that ask judge the sample later than outputs are read; they are followed as a whole only. */
function bySegment(checks: readonly Check[], segment: string): Draft[] {
  return checks
    .filter(({ asks, rule }) => !asks && rule.kind !== "zero-tolerance")
    .map(({ id, title }) => ({
      id: `segment:${segment}:${id}`,
      title: `${title}, in segment “${segment}”`,
      kind: "pass-share",
      level: "digest",
      higherIsBetter: true,
      observe: (output, verdicts) => (output.segment === segment ? passed(verdicts.get(id)) : undefined),
    }));
}

function passed(verdict: Verdict | undefined): boolean | undefined {
  return verdict?.status === "pass" ? true : verdict?.status === "fail" ? false : undefined;
}

function finished(draft: Draft, usual: FollowSettings["baseline"], timeZone: string): MetricPlan {
  const { kind, floor = null, baseline = usual, ...rest } = draft;
  const measured = {
    id: draft.id,
    kind,
    floor,
    baselineOutputs: baseline.outputs,
    baselineRuns: baseline.runs,
    minimumEffect: 0.03,
  };
  // another time zone begins a new week or day, and changes nothing about what knows neither
  const zone = patterned.has(kind) ? [timeZone] : [];
  return {
    check: null,
    rule: "drift",
    higherIsBetter: null,
    unit: null,
    perRun: null,
    ...rest,
    settings: { ...measured, timeZone },
    settingsHash: hash([measured, rest.settingsHash ?? "", ...zone]),
  };
}

/** Kinds that tell hours of the day apart. */
const patterned: ReadonlySet<MetricSettings["kind"]> = new Set<MetricSettings["kind"]>([
  "volume",
  "number-per-run",
]);

function passShare(entry: Automation, check: Check, settings: unknown): Draft {
  const { rule } = check;
  return {
    id: `check:${check.id}`,
    title: check.title,
    kind: "pass-share",
    check: check.id,
    // one fail of a zero-tolerance check is a finding already; its share says nothing more
    level: rule.kind === "zero-tolerance" ? "record" : (check.level ?? entry.driftLevel),
    rule: rule.kind === "floor" ? "floor" : "drift",
    higherIsBetter: true,
    ...(rule.kind === "floor" ? { floor: rule.share } : {}),
    settingsHash: hash(settings),
    observe: (_output, verdicts) => passed(verdicts.get(check.id)),
  };
}

/** Types of checks whose score is a likeness: how near outputs are to what is known moves before the first one fails. */
const scored: ReadonlySet<string> = new Set(["semantic-similarity", "fuzzy-text", "ngram-overlap"]);

/** The id of the metric that follows a check's score. */
export function scoreMetric(check: string): string {
  return `score:${check}`;
}

function score(check: Check, settings: unknown): Draft {
  return {
    id: scoreMetric(check.id),
    title: `score of ${check.title}`,
    kind: "number",
    level: "digest",
    settingsHash: hash(settings),
    observe: (_output, verdicts) => {
      const verdict = verdicts.get(check.id);
      return verdict?.status === "pass" || verdict?.status === "fail" ? verdict.score : undefined;
    },
  };
}

/** Of every automation: where outputs are texts their shape is always the same, until one of them is structured. */
function shape(entry: Automation): Draft {
  return {
    id: "shape",
    title: "shape of the output",
    kind: "shape",
    level: entry.driftLevel,
    observe: (output) => {
      if (output.error !== null && output.text === "") return undefined;
      return output.fields === undefined ? textShape : shapeOf(output.fields);
    },
  };
}

function category(entry: Automation, path: string): Draft {
  const compiled = compilePath(path);
  return {
    id: `category:${path}`,
    title: path.replace(/^\$\.?/, ""),
    kind: "category",
    level: entry.driftLevel,
    observe: (output) => {
      if (output.error !== null && output.text === "") return undefined;
      const value = output.fields === undefined ? undefined : compiled.select(output.fields)[0]?.value;
      return categoryOf(value);
    },
  };
}

function categoryOf(value: Json | undefined): string {
  if (value === undefined || value === null || typeof value === "object") return noCategory;
  return redactText(String(value)).slice(0, categoryLength);
}

function number(path: string): Draft {
  const compiled = compilePath(path);
  return {
    id: `number:${path}`,
    title: path.replace(/^\$\.?/, ""),
    kind: "number",
    level: "digest",
    observe: (output) => {
      const value = output.fields === undefined ? undefined : compiled.select(output.fields)[0]?.value;
      return typeof value === "number" && Number.isFinite(value) ? value : undefined;
    },
  };
}
