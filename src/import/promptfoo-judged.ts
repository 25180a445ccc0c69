import type { Json } from "../domain/json.js";
import { isJsonList, textOfJson } from "../text/json-value.js";
import type { Mapped } from "./imported.js";
import { asQuestion, judgeDraft, similarityDraft } from "./judge-drafts.js";
import { type Mapping, noValue } from "./promptfoo-assert.js";

/** promptfoo's default, as its documentation gives it. */
const leastSimilarity = 0.75;

const faithful: Mapping = () => ({
  settings: { type: "faithful-to-source", model: "judge" },
  remarks: ["Judges against the whole input; `source` names the place of the context where it has one."],
  fillIn: "model (an id from `models` of the configuration)",
});

/** Asserts that a model or a service decides. */
export const judgedAsserts: Readonly<Record<string, Mapping>> = {
  similar: ({ value, threshold, not }) =>
    value === undefined ? noValue : similarityDraft(threshold ?? leastSimilarity, not, value),
  "similar:cosine": ({ value, threshold, not }) =>
    value === undefined ? noValue : similarityDraft(threshold ?? leastSimilarity, not, value),
  "llm-rubric": ({ value, not }) => rubric(value, not),
  "g-eval": ({ value, not }) => rubric(value, not),
  "model-graded-closedqa": ({ value, not }) => rubric(value, not),
  factuality: ({ value, not }) => factual(value, not),
  "model-graded-factuality": ({ value, not }) => factual(value, not),
  "answer-relevance": ({ not }) =>
    judgeDraft(["Does the output answer what the input asks?"], not ? { not } : {}, [
      "Was a likeness of questions made from the answer; here the judge is asked.",
    ]),
  "context-faithfulness": faithful,
  webhook: ({ value, not }) =>
    typeof value === "string" && /^https?:/.test(value)
      ? {
          settings: { type: "webhook", url: value, ...(not ? { not } : {}) },
          remarks: [
            "The service is sent another body: `output`, `fields`, `input`, `reference` and more, no `context`.",
          ],
          fillIn: "what the service reads of the new body",
        }
      : noValue,
};

function rubric(value: Json | undefined, not: boolean): Mapped | string {
  const texts = (isJsonList(value) ? value : [value ?? ""])
    .map(textOfJson)
    .filter((text) => text.trim() !== "");
  if (texts.length === 0) return noValue;
  const remarks = texts.length === 1 && /\b(?:and|;)\b/.test(texts[0] ?? "") ? [severalQuestions] : [];
  return judgeDraft(texts.map(asQuestion), not ? { not } : {}, remarks);
}

const severalQuestions = "A judge is steadier on several questions of one thing each than on one of many.";

function factual(value: Json | undefined, not: boolean): Mapped | string {
  if (value === undefined) return noValue;
  const turned = not ? { not } : {};
  const question = "Does the output agree with the reference in every fact?";
  const fact = `Does the output agree with this in every fact: ${textOfJson(value)}`;
  return {
    ...judgeDraft([question], { show: ["input", "reference"], ...turned }),
    known: value,
    fixed: judgeDraft([fact], turned).settings,
  };
}
