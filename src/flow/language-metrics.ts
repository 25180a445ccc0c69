/**
 * The languages of outputs and inputs, followed as categories. They are read where outputs are judged, since the
 * detector is loaded with the first text it is given; everything else about an output is observed at once.
 * In: an output as it came. Out: what to add to what was observed of it. Where the detector is not sure, nothing.
 */
import { isClear, rankLanguages } from "../check/language-ranks.js";
import type { Level } from "../domain/check.js";
import type { Json } from "../domain/json.js";
import type { Output } from "../domain/output.js";
import { stringsIn } from "../text/json-value.js";

const digest: Level = "digest";
const outputLanguage = "language";
/** The id of the metric of the inputs' language. */
export const inputLanguage = "input-language";
/** Fewer letters than this say too little: names and labels are in no language. */
const fewestLetters = 40;
/** Of what is no blank, this part is letters where people write to people; order lines and figures are less. */
const proseShare = 0.7;
/** Characters read, some 0.7 ms; 1,000 take 1.1 ms, and leave hardly fewer texts unclear. */
const longestRead = 300;

/** The metrics of languages, as drafts of plans. */
export const languageMetrics = [
  {
    id: outputLanguage,
    title: "language",
    kind: "category",
    level: digest,
    // fed by languagesOf alone
    observe: () => undefined,
  },
  {
    id: inputLanguage,
    title: "language of the input",
    kind: "category",
    level: digest,
    observe: () => undefined,
  },
] as const;

/** The languages of an output and of its input, by metric. */
export async function languagesOf({
  text,
  fields,
  input,
}: Pick<Output, "text" | "fields" | "input">): Promise<Readonly<Record<string, string>>> {
  const [output, given] = [await languageOf(wordsOf(text, fields)), await languageOf(input ?? "")];
  return {
    ...(output === null ? {} : { [outputLanguage]: output }),
    ...(given === null ? {} : { [inputLanguage]: given }),
  };
}

/** The longest text of a structured output: several short ones in a row read like a language that they are not in. */
function wordsOf(text: string, fields: Json | undefined): string {
  if (fields === undefined) return text;
  return stringsIn(fields).reduce((longest, each) => (each.length > longest.length ? each : longest), "");
}

async function languageOf(words: string): Promise<string | null> {
  const beginning = words.slice(0, longestRead);
  const letters = beginning.match(/\p{L}/gu)?.length ?? 0;
  if (letters < fewestLetters || letters < proseShare * beginning.replace(/\s/g, "").length) return null;
  const ranked = await rankLanguages(beginning);
  return isClear(ranked) ? (ranked[0]?.lang ?? null) : null;
}
