import { z } from "zod";
import { fail, pass } from "../../domain/verdict.js";
import { quotedList } from "../../text/shown.js";
import { defineCheckType } from "../check-type.js";
import { wording } from "../setting-kinds.js";
import { comparable, ignoreCaseSetting, occurs, wordingList } from "../wording-match.js";

/** None of some wordings occur. */
export const notContains = defineCheckType({
  type: "not-contains",
  group: "text",
  says: "contains nothing forbidden",
  example: {
    settings: { any: ["guarantee", "legal advice"], ignoreCase: true },
    good: "We will look into it.",
    bad: "We guarantee delivery by Friday.",
  },
  settings: z.strictObject({
    text: wording.optional().describe("What must not occur"),
    any: wordingList.optional().describe("None of these may occur"),
    ignoreCase: ignoreCaseSetting,
    wholeWord: z
      .boolean()
      .default(false)
      .describe("Counts only where no letter or digit stands directly beside it"),
  }),
  complaint: ({ text, any }) =>
    text === undefined && any === undefined ? "not-contains needs text or any" : null,
  prepare: ({ text: single, any, ignoreCase, wholeWord }) => {
    const forbidden = [...(single === undefined ? [] : [single]), ...(any ?? [])].map((part) => ({
      part,
      compared: comparable(part, ignoreCase),
    }));
    return ({ text }) => {
      const plain = comparable(text, ignoreCase);
      const found = forbidden.filter(({ compared }) => occurs(plain, compared, wholeWord));
      if (found.length === 0) return pass();
      return fail(
        `contains ${quotedList(
          found.map(({ part }) => part),
          "and",
        )}, which is forbidden`,
      );
    };
  },
});
