import { z } from "zod";
import { fail } from "../../domain/verdict.js";
import { quotedList, shown } from "../../text/shown.js";
import { defineCheckType, passing } from "../check-type.js";
import { wording } from "../setting-kinds.js";
import { comparable, ignoreCaseSetting, occurs, wordingList } from "../wording-match.js";

/** The text has a wording, one of several, or all of several. */
export const contains = defineCheckType({
  type: "contains",
  group: "text",
  says: "contains what it must",
  example: {
    settings: { text: "order number" },
    good: "Your order number is 4711.",
    bad: "Your parcel left today.",
  },
  settings: z.strictObject({
    text: wording.optional().describe("What must occur"),
    any: wordingList.optional().describe("At least one of these must occur"),
    all: wordingList.optional().describe("All of these must occur"),
    ignoreCase: ignoreCaseSetting,
    wholeWord: z.boolean().default(false).describe("No letter or digit may stand directly beside it"),
  }),
  complaint: ({ text, any, all }) =>
    text === undefined && any === undefined && all === undefined ? "contains needs text, any or all" : null,
  prepare: (settings) => {
    const { ignoreCase, wholeWord } = settings;
    const partsOf = (parts: readonly string[]) =>
      parts.map((part) => ({ part, compared: comparable(part, ignoreCase) }));
    const any = partsOf(settings.any ?? []);
    const all = partsOf([...(settings.text === undefined ? [] : [settings.text]), ...(settings.all ?? [])]);
    return ({ text }) => {
      const plain = comparable(text, ignoreCase);
      const has = ({ compared }: { compared: string }) => occurs(plain, compared, wholeWord);
      const missing = all.filter((each) => !has(each));
      if (missing.length > 0)
        return fail(
          `"${shown(text)}" does not contain ${quotedList(
            missing.map(({ part }) => part),
            "and",
          )}`,
        );
      const found = any.find(has);
      if (any.length > 0 && found === undefined) {
        return fail(
          `"${shown(text)}" contains none of ${quotedList(
            any.map(({ part }) => part),
            "and",
          )}`,
        );
      }
      return passing(() => {
        const present = found === undefined ? all : [...all, found];
        const named = quotedList(
          present.map(({ part }) => part),
          "and",
        );
        return `contains ${named}, expected that it does not`;
      });
    };
  },
});
