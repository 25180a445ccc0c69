import { isJsonObject, type Json, type JsonObject } from "../domain/json.js";
import { isJsonList, textOfJson } from "../text/json-value.js";
import type { Mapped } from "./imported.js";
import { asQuestion, choiceDraft, judgeDraft, similarityDraft } from "./judge-drafts.js";
import { oneLine } from "./names.js";
import { fill, isTemplate, onlyName } from "./template.js";

/** A grader with the text it grades and the text it compares with, for one item. */
export type GraderMapping = (grader: JsonObject, item: JsonObject) => Mapped | string;

/** What is graded: the whole output, or a field of it. */
interface Graded {
  readonly on: string | null;
  readonly other: Json;
}

// The types are those of https://platform.openai.com/docs/api-reference/graders (2026).
const graders: Readonly<Record<string, GraderMapping>> = {
  string_check: stringCheck,
  text_similarity: textSimilarity,
  label_model: labelModel,
  score_model: scoreModel,
};

const reasons: Readonly<Record<string, string>> = {
  python:
    "it is program code, which is not carried over; say the rule with a check type, or write a script check",
  endpoint: "it asks a service of yours; write a webhook check for it",
};

/** What a grader becomes for one item, or why it stays behind. */
export const mapGrader: GraderMapping = (grader, item) => {
  const type = typeof grader.type === "string" ? grader.type : "";
  const mapping = Object.hasOwn(graders, type) ? graders[type] : undefined;
  if (mapping !== undefined) return mapping(grader, item);
  return (
    (Object.hasOwn(reasons, type) ? reasons[type] : undefined) ??
    `graders of type "${type}" have no counterpart here`
  );
};

/** Which of `input` and `reference` is the output; the other is filled in from the item. */
function gradedIn(grader: JsonObject, item: JsonObject): Graded | string {
  const [input, reference] = [outputIn(grader.input), outputIn(grader.reference)];
  if (input === null && reference === null) return "it does not look at the output alone";
  const graded = input ?? reference;
  const template = input === null ? grader.input : grader.reference;
  if (template === undefined) return "it has nothing to compare with";
  const filled = fill(template, { item });
  return filled.ok ? { on: graded?.on ?? null, other: filled.value } : filled.why;
}

/** `{{sample.output_text}}` or `{{sample.output_json.field}}`; null: something else. */
function outputIn(template: Json | undefined): { readonly on: string | null } | null {
  const name = typeof template === "string" ? onlyName(template) : null;
  if (name === "sample.output_text" || name === "sample.output_json") return { on: null };
  const field = /^sample\.output_json\.([A-Za-z_]\w{0,60})$/.exec(name ?? "");
  return field === null ? null : { on: field[1] ?? null };
}

function placed(on: string | null, settings: JsonObject): JsonObject {
  return on === null ? settings : { on, ...settings };
}

function stringCheck(grader: JsonObject, item: JsonObject): Mapped | string {
  const graded = gradedIn(grader, item);
  if (typeof graded === "string") return graded;
  const { on, other } = graded;
  switch (grader.operation) {
    case "eq":
      return { settings: placed(on, { type: "equals", ignoreSpace: false }), known: other };
    case "ne":
      return { settings: placed(on, { type: "equals", ignoreSpace: false, not: true, expected: other }) };
    case "like":
    case "ilike": {
      if (outputIn(grader.input) === null) return "it looks for the output within another text";
      const ignoreCase = grader.operation === "ilike" ? { ignoreCase: true } : {};
      return { settings: placed(on, { type: "contains", text: textOfJson(other), ...ignoreCase }) };
    }
    default:
      return `its operation "${textOfJson(grader.operation ?? null)}" has no counterpart here`;
  }
}

const overlaps: Readonly<Record<string, string>> = {
  bleu: "bleu",
  rouge_1: "rouge-1",
  rouge_2: "rouge-2",
  rouge_l: "rouge-l",
};

function textSimilarity(grader: JsonObject, item: JsonObject): Mapped | string {
  const graded = gradedIn(grader, item);
  if (typeof graded === "string") return graded;
  const metric = typeof grader.evaluation_metric === "string" ? grader.evaluation_metric : "";
  const min = typeof grader.pass_threshold === "number" ? grader.pass_threshold : null;
  if (min === null) return "it has no pass_threshold, so it only measures";
  const known = graded.other;
  if (metric === "cosine") {
    const draft = similarityDraft(min, false, known);
    return { ...draft, settings: placed(graded.on, draft.settings) };
  }
  if (metric === "fuzzy_match") {
    const remarks = [
      "Was fuzzy_match, which counts edits a little differently; try the least likeness on known answers.",
    ];
    return { settings: placed(graded.on, { type: "fuzzy-text", min }), known, remarks };
  }
  const method = Object.hasOwn(overlaps, metric) ? overlaps[metric] : undefined;
  if (method === undefined)
    return `"${metric}" is not computed here; ngram-overlap with rouge-l or chrf comes closest`;
  return { settings: placed(graded.on, { type: "ngram-overlap", method, min }), known };
}

function labelModel(grader: JsonObject): Mapped | string {
  const labels = textsIn(grader.labels);
  const passing = textsIn(grader.passing_labels);
  if (labels.length === 0 || passing.length === 0) return "it has no labels, or none that pass";
  const task = taskOf(grader);
  return task === ""
    ? "it says nothing of what the labels are about"
    : choiceDraft(task, labels, passing, promptRemark(grader));
}

function scoreModel(grader: JsonObject): Mapped | string {
  const task = taskOf(grader);
  if (task === "") return "it says nothing of what is scored";
  const range = isJsonList(grader.range) ? grader.range.map(textOfJson).join(" to ") : "0 to 1";
  const threshold =
    typeof grader.pass_threshold === "number" ? `, passing from ${grader.pass_threshold}` : "";
  return judgeDraft([asQuestion(task)], {}, [
    `Was a score from ${range}${threshold}. A judge here answers yes or no: make one question of each thing it scored.`,
    ...promptRemark(grader),
  ]);
}

/** What the grader is told to do, without the text that it grades. */
function taskOf(grader: JsonObject): string {
  const told = messagesOf(grader).filter((text) => !isTemplate(text));
  const texts =
    told.length > 0
      ? told
      : messagesOf(grader).map((text) => text.replace(/\{\{[^{}]{0,200}\}\}/g, "").trim());
  const task = texts.join("\n").trim();
  return task.length <= longestTask ? task : `${task.slice(0, longestTask - 1)}…`;
}

/** A question of a judge may have 1,000 characters; its first words take some. */
const longestTask = 960;

function promptRemark(grader: JsonObject): readonly string[] {
  const length = messagesOf(grader).join("\n").length;
  const model = typeof grader.model === "string" ? [`Was judged by ${oneLine(grader.model, 60)}.`] : [];
  return length > longestTask
    ? [...model, "Its instructions were longer than a question may be and are cut."]
    : model;
}

function messagesOf(grader: JsonObject): readonly string[] {
  const messages = isJsonList(grader.input) ? grader.input : [];
  return messages.flatMap((message) => (isJsonObject(message) ? textsOfContent(message.content) : []));
}

function textsOfContent(content: Json | undefined): readonly string[] {
  if (typeof content === "string") return [content];
  if (isJsonList(content)) return content.flatMap(textsOfContent);
  return isJsonObject(content) && typeof content.text === "string" ? [content.text] : [];
}

function textsIn(value: Json | undefined): readonly string[] {
  return isJsonList(value) ? value.filter((each) => typeof each === "string") : [];
}
