import { z } from "zod";
import { fail, pass } from "../../domain/verdict.js";
import { stringsIn } from "../../text/json-value.js";
import { shown } from "../../text/shown.js";
import { chatTokens, promptHeadings } from "../chat-marks.js";
import { defineCheckType } from "../check-type.js";
import { plainText } from "../safety/plain-text.js";
import { wording } from "../setting-kinds.js";

/** Each looks for fixed beginnings and a bounded rest, so the native engine stays linear. */
const leaks = {
  mustache: /\{\{[^{}\n]{0,100}\}\}/,
  "template-literal": /\$\{[^{}\n]{1,100}\}/,
  "template-tag": /<%[^%\n]{0,100}%>|\{%[^%\n]{0,100}%\}|%\([a-z_]{1,40}\)s/i,
  "single-brace": /(?<![\w{}$"\\])\{[a-z_][a-z0-9_.]{0,40}\}(?!\})/i,
  "fill-in":
    /\[(?:your|insert|enter|customer|client|recipient|company|first|last|name|date|amount)\b[^[\]\n\d]{0,60}\](?!\()|<(?:insert|your)\b[^<>\n]{0,60}>/i,
  "object-as-text": /\[object [A-Z][A-Za-z]{2,20}\]/,
  "missing-value":
    /^\s*(?:undefined|NaN)\s*$|\b(?:dear|hello|hi|hallo|liebe|lieber|bonjour|hola|ciao|mr\.?|ms\.?|mrs\.?|herr|frau)\s{1,3}(?:undefined|null|none|nan)\b|(?:€|\$|£|\bEUR|\bUSD|\bGBP|\bCHF)\s?(?:undefined|null|nan)\b|\b(?:undefined|null|nan)\s?(?:€|EUR\b|USD\b|GBP\b|CHF\b)/i,
  "chat-token": new RegExp(chatTokens, "i"),
  "prompt-fragment": new RegExp(
    `\\byou are (?:a|an) (?:helpful|expert|friendly|professional|experienced)?\\s?(?:ai )?assistant\\b|\\bas an ai language model\\b|${promptHeadings}`,
    "im",
  ),
};

const leakNames = z.enum([
  "mustache",
  "template-literal",
  "template-tag",
  "single-brace",
  "fill-in",
  "object-as-text",
  "missing-value",
  "chat-token",
  "prompt-fragment",
]) satisfies z.ZodType<keyof typeof leaks>;

/** No placeholder, programming value or piece of the prompt is left in the text. */
export const noTemplateLeak = defineCheckType({
  type: "no-template-leak",
  group: "shape",
  says: "shows nothing of its template",
  example: {
    settings: {},
    good: "Hello Ms Brandt, thank you.",
    bad: "Hello {{customer_name}}, thank you.",
  },
  settings: z.strictObject({
    ignore: z
      .array(leakNames)
      .default([])
      .describe("Kinds not to look for, such as `single-brace` where outputs hold code"),
    promptFragments: z
      .array(wording)
      .max(200)
      .default([])
      .describe("Wordings of your own prompt that must never come out, in any case"),
  }),
  prepare: ({ ignore, promptFragments }) => {
    const wanted = leakNames.options.filter((name) => !ignore.includes(name));
    const fragments = promptFragments
      .map((fragment) => plainText(fragment).text.trim())
      .filter((fragment) => fragment !== "");
    return ({ text, value }) => {
      for (const part of value === undefined ? [text] : stringsIn(value)) {
        const plain = fragments.length === 0 ? "" : plainText(part).text;
        const fragment = fragments.find((one) => plain.includes(one));
        if (fragment !== undefined) return fail(`contains "${shown(fragment)}" of the prompt`);
        for (const name of wanted) {
          const found = leaks[name].exec(part);
          if (found !== null) return fail(`contains "${shown(found[0].trim())}", a leftover (${name})`);
        }
      }
      return pass();
    };
  },
});
