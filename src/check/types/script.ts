import { z } from "zod";
import { ConfigError, KnownError } from "../../domain/errors.js";
import type { Json } from "../../domain/json.js";
import { dollarsOf } from "../../domain/money.js";
import { error, fail, pass, skipped, type Verdict } from "../../domain/verdict.js";
import { quoted, shown } from "../../text/shown.js";
import { defineCheckType, type Subject } from "../check-type.js";

const longestReason = 300;

const answerSchema = z.union([
  z.boolean(),
  z.null(),
  z.strictObject({
    pass: z.boolean(),
    score: z.number().min(0).max(1).nullish(),
    reason: z.string().nullish(),
  }),
]);

/** A function of the user's own decides; for rules that no other type can say. Off unless the configuration allows scripts. */
export const script = defineCheckType({
  type: "script",
  group: "numbers",
  says: "is right by its own script",
  example: {
    settings: {
      code: "({ fields }) => ({ pass: fields.deposit <= fields.total * 0.3, reason: 'a deposit of ' + fields.deposit + ' is over 30% of ' + fields.total })",
    },
    good: '{"total":1200,"deposit":300}',
    bad: '{"total":1200,"deposit":700}',
  },
  settings: z.strictObject({
    code: z
      .string()
      .min(1)
      .optional()
      .describe(
        "The function itself: of { output, fields, value, input, reference, ... } to true, false, null (does not apply) or { pass, score, reason }",
      ),
    file: z
      .string()
      .min(1)
      .optional()
      .describe("A JavaScript file with `module.exports = ({ fields }) => ...`, relative to the check file"),
    timeoutMs: z
      .int()
      .min(10)
      .max(10_000)
      .default(500)
      .describe("Longest time for one output; over it the check could not tell"),
  }),
  complaint: ({ code, file }) =>
    (code === undefined) === (file === undefined) ? "script needs either code or file" : null,
  prepare: async ({ code, file, timeoutMs }, { scripts, readFile }) => {
    if (scripts === undefined)
      throw new ConfigError(
        "script-off",
        'scripts are off; to let them run, write "scripts": true at the top level of the configuration, and allow only code of your own: a script runs apart, within time and memory limits, but node:vm is no security boundary',
      );
    const name = file ?? "script.js";
    const call = await scripts.prepare({ name, code: code ?? readFile(name) });
    return async (subject) => {
      try {
        return verdictOf(await call(argumentOf(subject), timeoutMs), subject);
      } catch (thrown) {
        if (!(thrown instanceof KnownError)) throw thrown;
        return error(shown(thrown.message, longestReason));
      }
    };
  },
});

/** What the function is given. It is frozen in there. */
function argumentOf(subject: Subject): Json {
  const { text, fields, value, at, costMicros, ...rest } = subject;
  return {
    output: text,
    fields: fields ?? null,
    value: value ?? null,
    at: new Date(at).toISOString(),
    input: rest.input,
    reference: rest.reference,
    model: rest.model,
    latencyMs: rest.latencyMs,
    costUsd: costMicros === null ? null : dollarsOf(costMicros),
    tokens: rest.tokens,
    user: rest.user,
    segment: rest.segment,
    approval: rest.approval,
    finalText: rest.finalText,
    finishReason: rest.finishReason,
    error: rest.error,
  };
}

function verdictOf(answer: Json, subject: Subject): Verdict {
  const parsed = answerSchema.safeParse(answer);
  if (!parsed.success)
    return error(`the script gave back ${quoted(answer)}, expected true, false or { pass, score, reason }`);
  const { data } = parsed;
  if (data === null) return skipped("the script says that it does not apply");
  if (typeof data === "boolean") return data ? pass() : wrong(subject);
  const score = typeof data.score === "number" ? { score: data.score } : {};
  if (data.pass) return pass(score);
  return typeof data.reason === "string" && data.reason.trim() !== ""
    ? fail(shown(data.reason, longestReason), score)
    : wrong(subject, score);
}

function wrong({ text }: Subject, score: { score?: number } = {}): Verdict {
  return fail(`"${shown(text)}" is wrong by its script, which gives no reason`, score);
}
