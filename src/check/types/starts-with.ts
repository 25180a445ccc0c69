import { z } from "zod";
import { fail } from "../../domain/verdict.js";
import { quoted, shown } from "../../text/shown.js";
import { defineCheckType, passing } from "../check-type.js";
import { wording } from "../setting-kinds.js";
import { comparable, ignoreCaseSetting } from "../wording-match.js";

/** The text begins with a wording; white space before it does not count. */
export const startsWith = defineCheckType({
  type: "starts-with",
  group: "text",
  says: "begins as it must",
  example: {
    settings: { prefix: "Dear " },
    good: "Dear Ms Brandt, thank you.",
    bad: "thank you for writing",
  },
  settings: z.strictObject({
    prefix: wording.describe("What it must begin with"),
    ignoreCase: ignoreCaseSetting,
  }),
  prepare: ({ prefix, ignoreCase }) => {
    const wanted = comparable(prefix, ignoreCase);
    return ({ text }) => {
      const plain = comparable(text, ignoreCase);
      return plain.startsWith(wanted) || plain.trimStart().startsWith(wanted)
        ? passing(() => `begins with ${quoted(prefix)}, expected that it does not`)
        : fail(`begins with "${shown(text)}", expected ${quoted(prefix)}`);
    };
  },
});
