import { z } from "zod";
import { fail, skipped } from "../../domain/verdict.js";
import { quotedList, shown } from "../../text/shown.js";
import { defineCheckType, passing } from "../check-type.js";
import { finishKind, finishMeanings } from "../finish-reasons.js";
import { wording } from "../setting-kinds.js";

/** The model stopped because it was done: not at a token limit, not at a filter. */
export const finishReason = defineCheckType({
  type: "finish-reason",
  group: "shape",
  says: "ended as it should",
  example: {
    settings: {},
    good: { text: "The invoice is due on 3 March.", finishReason: "stop" },
    bad: { text: "The invoice is due on", finishReason: "length" },
  },
  settings: z.strictObject({
    allowed: z
      .array(wording)
      .min(1)
      .max(50)
      .default(["stop", "tool_calls"])
      .describe(
        "Accepted reasons: `stop`, `length`, `content_filter`, `tool_calls` and `error` cover every vendor's word for them (`end_turn`, `MAX_TOKENS`, `tool_use`); any other word is compared as it is, in any case",
      ),
  }),
  prepare: ({ allowed }) => {
    const accepted = new Set(allowed.map((one) => one.trim().toLowerCase()));
    return (output) => {
      const seen = output.finishReason;
      if (seen === null || seen.trim() === "") return skipped("the source reports no finish reason");
      const kind = finishKind(seen);
      if (accepted.has(seen.trim().toLowerCase()) || (kind !== null && accepted.has(kind))) {
        return passing(() => `the model stopped with "${shown(seen)}", expected another reason`);
      }
      const meaning = kind === null ? "" : `, which means that ${finishMeanings[kind]}`;
      return fail(`the model stopped with "${shown(seen)}"${meaning}; expected ${quotedList(allowed, "or")}`);
    };
  },
});
