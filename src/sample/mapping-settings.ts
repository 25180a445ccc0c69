import { z } from "zod";
import { pathSetting } from "../text/setting-types.js";

/**
 * Names that are tried, in this order, where the configuration maps nothing. Capitals, `_`, `-` and blanks
 * make no difference: `createdAt` also stands for `created_at` and `Created At`.
 */
export const defaultNames = {
  automation: [],
  id: ["id", "outputId", "executionId", "runId", "requestId", "messageId", "traceId", "uuid"],
  at: [
    "at",
    "timestamp",
    "createdAt",
    "time",
    "datetime",
    "date",
    "created",
    "finishedAt",
    "startedAt",
    "ts",
  ],
  input: ["input", "prompt", "question", "query", "request", "messages"],
  output: ["output", "response", "completion", "answer", "reply", "result", "text", "content", "draft"],
  reference: ["reference", "expected", "expectedOutput", "groundTruth", "target"],
  model: ["model", "modelName", "model.name", "model.id"],
  latencyMs: ["latencyMs", "durationMs", "responseTimeMs", "elapsedMs"],
  costUsd: ["costUsd", "totalCostUsd", "usage.costUsd"],
  tokens: ["tokens", "totalTokens", "usage.totalTokens"],
  user: ["user", "userId", "userEmail", "user.id", "user.email", "user.name"],
  approval: ["approval", "approvalStatus"],
  finalText: ["finalText", "sentText", "editedText", "finalOutput"],
  segment: ["segment"],
  error: ["error", "errorMessage"],
  link: ["link", "url", "permalink"],
  finishReason: ["finishReason", "stopReason"],
  retries: ["retries", "retryCount"],
  fingerprint: ["systemFingerprint", "modelFingerprint"],
  promptVersion: ["promptVersion", "metadata.promptVersion"],
  workflowVersion: ["workflowVersionId", "workflowVersion", "metadata.workflowVersion"],
  goldenMark: [
    "evenkeelGolden",
    "xEvenkeelGolden",
    "metadata.evenkeelGolden",
    "metadata.xEvenkeelGolden",
    "meta.evenkeelGolden",
    "meta.xEvenkeelGolden",
    "headers.xEvenkeelGolden",
    "request.headers.xEvenkeelGolden",
    "input.evenkeelGolden",
  ],
} as const;

/** A field of an output that a record can fill. */
export type FieldName = keyof typeof defaultNames;

function usualNames(name: FieldName): string {
  const names: readonly string[] = defaultNames[name];
  if (names.length === 0) return "none";
  return `${names.slice(0, 4).join(", ")}${names.length > 4 ? " and the like" : ""}`;
}

function field(name: FieldName, what: string) {
  return z
    .union([pathSetting, z.array(pathSetting).min(1), z.null()])
    .optional()
    .describe(
      `${what}. A path, a list of paths whose values are joined with ":", or null for none; by default ${usualNames(name)}`,
    );
}

/** Where the parts of an output lie in a record. */
export const mappingSettings = z.strictObject({
  automation: field(
    "automation",
    "The automation the record belongs to, by its id or title, where a source holds those of several. Records of another are not taken: of a registered one they are counted, of one nobody registered they are noted as unregistered activity",
  ),
  id: field("id", "What makes the output unique; without one the record's content does"),
  at: field(
    "at",
    "When it was produced: ISO 8601 (UTC unless it says otherwise) or epoch seconds or milliseconds",
  ),
  input: field("input", "What the automation was given"),
  output: field("output", "What it produced; $ takes the whole record"),
  reference: field("reference", "The known-good answer"),
  model: field("model", "The model's name"),
  latencyMs: field("latencyMs", "Milliseconds it took"),
  costUsd: field("costUsd", "What it cost, in US dollars"),
  tokens: field("tokens", "Tokens used in all"),
  user: field("user", "Who used it"),
  approval: field("approval", "What people did with the draft: approved, edited or rejected"),
  finalText: field("finalText", "What was finally sent"),
  segment: field("segment", "The group it belongs to: a country, a customer, a queue"),
  error: field("error", "The automation's own error message"),
  link: field("link", "The http(s) address where a person can see it"),
  finishReason: field("finishReason", "Why the model stopped"),
  retries: field("retries", "How often it was tried again before this came; 0: it came at once"),
  fingerprint: field(
    "fingerprint",
    "The provider's fingerprint of the model's set-up; a new one is a change",
  ),
  promptVersion: field("promptVersion", "The version of the prompt; a new one is a change"),
  workflowVersion: field("workflowVersion", "The version of the workflow; a new one is a change"),
  goldenMark: field("goldenMark", "The mark of a golden run; marked records are left out"),
});

/** A checked mapping. */
export type MappingSettings = z.infer<typeof mappingSettings>;
