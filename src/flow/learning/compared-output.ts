/**
 * What an output is shown beside while a person judges it: the known answer to the same input, else the newest output
 * for the same input that people judged right. In: the output. Out: both texts and where they differ, or null: there is
 * neither. It tells nothing of what checks said, and shows a known answer in the form in which outputs are stored.
 */
import type { GoldenCase } from "../../domain/golden-case.js";
import type { Json } from "../../domain/json.js";
import type { Output } from "../../domain/output.js";
import type { SpotCheckRow } from "../../store/spot-check.js";
import { excerpt } from "../../text/excerpt.js";
import { canonicalJson, isJsonList } from "../../text/json-value.js";
import { parseStructured } from "../../text/parse-json.js";
import { redactJson } from "../../text/redact.js";
import { type WordPart, wordDiff } from "../../text/word-diff.js";
import { sayDayAndTime } from "../../wording/times.js";
import type { Ground, Watched } from "../ground.js";
import { keptTextLength } from "../judge-drafts.js";
import { caseIdOf } from "./known-answer.js";
import { withPromoted } from "./promoted-cases.js";

/** An output beside another one. */
export interface ComparedOutput {
  /** What the other one is. */
  readonly what: string;
  readonly own: string;
  readonly other: string;
  /** From the output to the other one; null: too long or too different for marks to help. */
  readonly parts: readonly WordPart[] | null;
}

/** What stands where personal data stood. */
const hidden = /\[(?:key|card|e-mail|iban|phone)\]/;

/** What a picked output is shown beside. */
export function comparedOutput(
  ground: Ground,
  watched: Watched,
  row: SpotCheckRow,
  output: Output,
): ComparedOutput | null {
  const { input, text } = output;
  if (watched.storeMode === "hash" || input === null || input === "") return null;
  if (Math.max(input.length, text.length) >= keptTextLength) return null;
  const known = knownCase(ground, watched, row, input);
  if (known !== null) {
    const expected = watched.storeMode === "full" ? known.expected : redactJson(known.expected);
    return beside(output, expected, `The known answer “${excerpt(known.id, 80)}”`);
  }
  const earlier = ground.store.judgements.rightFor(row.automation, { input, except: row.output });
  if (earlier === null) return null;
  const when = sayDayAndTime(earlier.at, watched.entry.timeZone, ground.clock.now());
  return beside(output, earlier.fields ?? earlier.text, `An output of ${when}, judged right`);
}

/** The case of the golden set that asks the same; never the one that this very output has become. */
function knownCase(ground: Ground, watched: Watched, row: SpotCheckRow, input: string): GoldenCase | null {
  if (watched.golden === null) return null;
  const asked = keyOf(input);
  const own = caseIdOf(row.id);
  const { cases } = withPromoted(ground, watched, watched.golden);
  // where nothing is hidden in the input, a case that asks the same has nothing to hide either
  const hides = watched.storeMode !== "full" && hidden.test(input);
  const asStored = hides ? redactJson : (value: Json) => value;
  return cases.find((each) => each.id !== own && keyOf(asStored(each.input)) === asked) ?? null;
}

/** One text for inputs that ask the same, be they written as text or as an object. */
function keyOf(input: Json): string {
  return canonicalJson(typeof input === "string" ? (parseStructured(input) ?? input) : input);
}

function beside(output: Output, other: Json, what: string): ComparedOutput {
  const structured = typeof other === "string" ? parseStructured(other) : other;
  const asLines = output.fields !== undefined && structured !== undefined;
  const own = asLines ? linesOf(output.fields) : output.text;
  const text = asLines ? linesOf(structured) : typeof other === "string" ? other : linesOf(other);
  return { what, own, other: text, parts: wordDiff(own, text) };
}

/** A value with one member a line, in the order of their names: the order they came in is no difference. */
function linesOf(value: Json): string {
  return JSON.stringify(sorted(value), null, 2);
}

function sorted(value: Json): Json {
  if (isJsonList(value)) return value.map(sorted);
  if (typeof value !== "object" || value === null) return value;
  const names = Object.keys(value).sort();
  return Object.fromEntries(names.map((name) => [name, sorted(value[name] ?? null)]));
}
