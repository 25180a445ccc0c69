import type { Json, JsonObject } from "../domain/json.js";
import type { Mapped } from "./imported.js";

/** What a judge check needs and no other system has. */
const judgeNeeds =
  "model (an id from `models` of the configuration), and as canaries one answer that is certainly right and one that is certainly wrong";

const canaries = {
  good: { output: "(an answer that certainly meets it)" },
  bad: { output: "(an answer that certainly does not)" },
};

/** A judge check but for what only a person can add. */
export function judgeDraft(
  questions: readonly string[],
  more: JsonObject = {},
  remarks: readonly string[] = [],
): Mapped {
  const settings = { type: "judge", model: "judge", criteria: questions, ...more, canaries };
  return { settings, remarks, fillIn: judgeNeeds };
}

/** A judge that chooses one of fixed labels. */
export function choiceDraft(
  question: string,
  labels: readonly string[],
  allowed: readonly string[],
  remarks: readonly string[],
): Mapped {
  const meanings: Readonly<Record<string, Json>> = Object.fromEntries(
    labels.map((label) => [label, `(what makes a text "${label}")`]),
  );
  const settings = { type: "judge-choice", model: "judge", question, labels: meanings, allowed, canaries };
  return { settings, remarks, fillIn: `what each label means, ${judgeNeeds}` };
}

/** Likeness in meaning to the known answer. */
export function similarityDraft(min: number, not: boolean, known: Json): Mapped {
  return {
    settings: { type: "semantic-similarity", model: "embeddings", min, ...(not ? { not } : {}) },
    known,
    remarks: [
      "The least likeness differs from one embedding model to the next; find it again on known answers.",
    ],
    fillIn: "model (the id of an embedding model from `models` of the configuration)",
  };
}

/** A rubric as a question that a good output answers with yes. */
export function asQuestion(rubric: string): string {
  const text = rubric.trim();
  return text.endsWith("?") ? text : `Is this true of the output: ${text}`;
}
