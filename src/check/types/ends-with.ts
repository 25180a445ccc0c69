import { z } from "zod";
import { fail } from "../../domain/verdict.js";
import { quoted, shown } from "../../text/shown.js";
import { defineCheckType, passing } from "../check-type.js";
import { wording } from "../setting-kinds.js";
import { comparable, ignoreCaseSetting } from "../wording-match.js";

const shownEnd = 60;

/** The text ends with a wording; white space after it does not count. */
export const endsWith = defineCheckType({
  type: "ends-with",
  group: "text",
  says: "ends as it must",
  example: {
    settings: { suffix: "Kind regards" },
    good: "It is on its way. Kind regards",
    bad: "It is on its w",
  },
  settings: z.strictObject({
    suffix: wording.describe("What it must end with"),
    ignoreCase: ignoreCaseSetting,
  }),
  prepare: ({ suffix, ignoreCase }) => {
    const wanted = comparable(suffix, ignoreCase);
    return ({ text }) => {
      const plain = comparable(text, ignoreCase);
      return plain.endsWith(wanted) || plain.trimEnd().endsWith(wanted)
        ? passing(() => `ends with ${quoted(suffix)}, expected that it does not`)
        : fail(`ends with "${endOf(text)}", expected ${quoted(suffix)}`, { excerpt: endOf(text) });
    };
  },
});

/** Redacted as far back as a long address or key reaches, then cut. */
function endOf(text: string): string {
  const end = shown(text.trimEnd().slice(-1_000), 1_000);
  const characters = [...end];
  return characters.length <= shownEnd ? end : `…${characters.slice(1 - shownEnd).join("")}`;
}
