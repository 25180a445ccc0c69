import { z } from "zod";
import { ConfigError } from "../../domain/errors.js";
import { error, fail, pass } from "../../domain/verdict.js";
import { stringsIn } from "../../text/json-value.js";
import { quoted } from "../../text/shown.js";
import { defineCheckType } from "../check-type.js";
import { wording } from "../setting-kinds.js";
import { compileTerms, type Term } from "../term-list.js";

const maxTerms = 10_000;
/** Five million characters of single letters took seconds; this much takes one at most. */
const maxText = 262_144;

/**
 * No term of a list occurs: competitors, promises, wordings that legal forbids. Whole words in any case, on request
 * with other endings. It does not see misspellings, synonyms, spaced-out letters or parts of compounds; a judge or
 * `regex` does.
 */
export const forbiddenTerms = defineCheckType({
  type: "forbidden-terms",
  group: "text",
  says: "uses no forbidden term",
  example: {
    settings: { file: "forbidden.txt", except: ["no guarantee"] },
    files: { "forbidden.txt": "# what support must never promise\nguarantee\nlegal advice\nfull refund\n" },
    good: "We will look into it; there is no guarantee that it arrives on Friday.",
    bad: "We guarantee that it arrives on Friday.",
  },
  settings: z.strictObject({
    terms: z.array(wording).max(maxTerms).default([]).describe("The terms, words or phrases"),
    file: z
      .string()
      .min(1)
      .optional()
      .describe("A text file with one term a line, relative to the check file; `#` begins a comment line"),
    inflect: z
      .boolean()
      .default(true)
      .describe(
        "Takes other endings for the same word (English and German: guarantees, guaranteed); off: the exact word",
      ),
    except: z
      .array(wording)
      .max(1_000)
      .default([])
      .describe("Phrases in which a term is harmless, such as `no guarantee`"),
  }),
  complaint: ({ terms, file }) =>
    terms.length === 0 && file === undefined ? "forbidden-terms needs terms, file or both" : null,
  prepare: ({ terms, file, inflect, except }, ports) => {
    const inline = terms.map((term, index) => ({ term, from: `term ${index + 1}` }));
    const listed = [...inline, ...(file === undefined ? [] : linesOf(file, ports.readFile(file)))];
    if (listed.length === 0) throw new ConfigError("forbidden-terms", `${file ?? ""}: holds no term`);
    const find = compileTerms(listed, inflect);
    const harmless = compileTerms(
      except.map((term) => ({ term, from: "" })),
      inflect,
    );
    return ({ text, value }) => {
      if (text.length > maxText) {
        return error(`could not tell: ${text.length} characters, terms are looked for in up to ${maxText}`);
      }
      for (const part of value === undefined ? [text] : stringsIn(value)) {
        const spared = except.length === 0 ? [] : harmless(part);
        const hits = find(part).filter(
          (hit) => !spared.some(({ start, end }) => start <= hit.start && hit.end <= end),
        );
        const first = hits[0];
        if (first === undefined) continue;
        const listedAs = first.term === first.seen ? "" : `: ${quoted(first.term)}`;
        const more = hits.length > 1 ? `, and ${hits.length - 1} more` : "";
        return fail(
          `contains ${quoted(first.seen)} at character ${first.start + 1}, which is forbidden (${first.from}${listedAs})${more}`,
          { excerpt: part.slice(Math.max(0, first.start - 60), first.end + 120) },
        );
      }
      return pass();
    };
  },
});

function linesOf(file: string, content: string): readonly Term[] {
  const lines = content
    .replace(/^\uFEFF/, "")
    .split(/\r?\n/)
    .map((line, index) => ({ term: line.trim(), from: `line ${index + 1} of ${file}` }))
    .filter(({ term }) => term !== "" && !term.startsWith("#"));
  if (lines.length <= maxTerms) return lines;
  throw new ConfigError("forbidden-terms", `${file}: ${lines.length} terms, ${maxTerms} are possible`);
}
