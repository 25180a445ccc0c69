/**
 * What is followed of every automation's outputs beside their checks: tokens, why the model stopped, refusals, and
 * how much of a draft people rewrote. In: one output as it came. Out: a number, a category or a yes. All of it
 * waits for the digest (DESIGN, rule 3).
 */
import { finishKind } from "../check/finish-reasons.js";
import { likeness } from "../check/likeness.js";
import { plainWording, refusalIn, refusalPhrases } from "../check/refusal-phrases.js";
import type { Level } from "../domain/check.js";
import type { Output } from "../domain/output.js";
import { stringsIn } from "../text/json-value.js";
import { redactText } from "../text/redact.js";

const digest: Level = "digest";
/** Longer finish reasons are no category; they are cut here. */
const reasonLength = 40;
/** A refusal is how an answer begins; what a drafted letter says further down is none. */
const beginningLength = 300;
/** Texts of a structured output that are looked at. */
const mostTexts = 20;

/** The metrics of outputs, as drafts of plans. */
export const outputMetrics = [
  {
    id: "tokens",
    title: "tokens per output",
    kind: "number",
    level: digest,
    observe: (output: Output) => output.tokens ?? undefined,
  },
  {
    id: "finish-reason",
    title: "finish reason",
    kind: "category",
    level: digest,
    observe: (output: Output) => finishReasonOf(output.finishReason),
  },
  {
    id: "refusals",
    title: "outputs that read like refusals",
    kind: "pass-share",
    level: digest,
    higherIsBetter: false,
    observe: (output: Output) => (isMissing(output) ? undefined : isRefusal(output)),
  },
  {
    id: "rewritten",
    title: "share of a draft rewritten before sending",
    kind: "number",
    level: digest,
    observe: rewritten,
  },
] as const;

function isMissing({ error, text }: Output): boolean {
  return error !== null && text === "";
}

/** One word for what vendors call by several; a word that nobody lists stays as it is. */
function finishReasonOf(reason: string | null): string | undefined {
  if (reason === null || reason.trim() === "") return undefined;
  return finishKind(reason) ?? redactText(reason.trim()).slice(0, reasonLength);
}

function isRefusal({ text, fields, finishReason }: Output): boolean {
  if (finishReason !== null && finishKind(finishReason) === "content_filter") return true;
  const texts = fields === undefined ? [text] : stringsIn(fields).slice(0, mostTexts);
  return texts.some(
    (each) => refusalIn(plainWording(each.slice(0, beginningLength)), refusalPhrases) !== null,
  );
}

/**
 * Edits between the draft and what people finally sent, by the longer length: 0 sent as it was, 1 nothing kept
 * (V. I. Levenshtein, 1966, "Binary codes capable of correcting deletions, insertions, and reversals"; the first
 * 4,000 characters of each). A rejected draft was not sent; one of which nobody said anything tells nothing.
 */
function rewritten({ text, finalText, approval }: Output): number | undefined {
  if (approval === "rejected") return undefined;
  if (finalText === null) return approval === "approved" ? 0 : undefined;
  return Number((1 - likeness("levenshtein", text, finalText, false)).toFixed(3));
}
