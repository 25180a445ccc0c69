import type { Json } from "../domain/json.js";
import { isJsonList } from "../text/json-value.js";
import { parseStructured } from "../text/parse-json.js";
import { wordsIn } from "../text/words.js";

/** An input half as long as the shortest known one, or twice as long as the longest, is of another kind. */
const lengthFactor = 2;
/** Shorter words are in every text. */
const shortestWord = 4;
/** So much of its vocabulary must be known. */
const knownWords = 0.5;
/** Only so much of a long input is read for its words. */
const mostCharacters = 20_000;

/**
 * Whether an input is like those of a golden set.
 *
 * Structured inputs: every field path, with list positions left out, occurs in a known input with the same type.
 * Texts: from half the length of the shortest known input to twice that of the longest, and at least half of its
 * different words of four letters or more occur in known inputs. A text is never like a structured input.
 * The share of inputs that are is no measure of how good the set is: names, numbers and rare wishes are new in every
 * set. What tells is that the share falls from what it was, and that is followed like any other share.
 * Assumes nothing about what the inputs mean. Smallest sample: one known input. Defaults: our own choice.
 */
export function coverageOf(inputs: readonly Json[]): (input: string) => boolean {
  const known = inputs.map((each) => (typeof each === "string" ? (parseStructured(each) ?? each) : each));
  const texts = known.filter((each) => typeof each === "string");
  const paths = new Set(known.filter((each) => typeof each !== "string").flatMap(pathsIn));
  const words = new Set(texts.flatMap(longWordsIn));
  const lengths = texts.map((each) => each.length);
  const [shortest, longest] = [Math.min(...lengths) / lengthFactor, Math.max(...lengths) * lengthFactor];
  return (input) => {
    const fields = parseStructured(input);
    if (fields !== undefined) return paths.size > 0 && pathsIn(fields).every((path) => paths.has(path));
    if (texts.length === 0 || input.length < shortest || input.length > longest) return false;
    const its = longWordsIn(input);
    return its.filter((word) => words.has(word)).length >= knownWords * its.length;
  };
}

function longWordsIn(text: string): readonly string[] {
  const words = wordsIn(text.slice(0, mostCharacters).toLowerCase());
  return [...new Set(words.filter((word) => word.length >= shortestWord))];
}

/** Every field path with the type of what is there: `$.items[].price number`. */
function pathsIn(value: Json): readonly string[] {
  const paths = new Set<string>();
  const walk = (each: Json, path: string): void => {
    if (isJsonList(each)) {
      paths.add(`${path} list`);
      for (const item of each) walk(item, `${path}[]`);
    } else if (typeof each === "object" && each !== null) {
      for (const [name, member] of Object.entries(each)) walk(member, `${path}.${name}`);
    } else paths.add(`${path} ${each === null ? "null" : typeof each}`);
  };
  walk(value, "$");
  return [...paths];
}
