import { z } from "zod";
import { fail, pass } from "../../domain/verdict.js";
import { stringsIn } from "../../text/json-value.js";
import { shown } from "../../text/shown.js";
import { defineCheckType } from "../check-type.js";
import { finishKind } from "../finish-reasons.js";
import { plainWording, refusalIn, refusalPhrases } from "../refusal-phrases.js";
import { wording } from "../setting-kinds.js";

/** The model did the work instead of declining it: by its finish reason and how the answer begins. */
export const refusal = defineCheckType({
  type: "refusal",
  group: "text",
  says: "is no refusal",
  example: {
    settings: {},
    good: "The invoice is due on 3 March.",
    bad: "I'm sorry, but I can't help with that.",
  },
  settings: z.strictObject({
    phrases: z
      .array(wording)
      .max(500)
      .default([])
      .describe("More phrases that mean a refusal, beside the list for en, de, fr, es, it, nl, pt and pl"),
    ignore: z.array(wording).max(500).default([]).describe("Phrases of that list that are harmless here"),
    within: z
      .int()
      .min(1)
      .max(100_000)
      .default(300)
      .describe("How many characters from the beginning of a text are looked at"),
  }),
  prepare: ({ phrases, ignore, within }) => {
    const harmless = new Set(ignore.map(plainWording));
    const wanted = [...refusalPhrases, ...phrases.map(plainWording)].filter(
      (phrase) => !harmless.has(phrase),
    );
    return ({ text, value, finishReason }) => {
      if (finishReason !== null && finishKind(finishReason) === "content_filter") {
        return fail(`was refused: the model stopped with "${shown(finishReason)}"`);
      }
      for (const part of value === undefined ? [text] : stringsIn(value)) {
        const beginning = plainWording(part.slice(0, within));
        const found = refusalIn(beginning, wanted);
        if (found === null) continue;
        return fail(`reads like a refusal ("${shown(found)}"): "${shown(part)}"`, {
          excerpt: part.slice(0, 1_000),
        });
      }
      return pass();
    };
  },
});
