/**
 * Known answers that people contradict: what a golden set calls right someone has judged wrong, or a later correction of
 * it says otherwise. In: a golden set, what people said of outputs with such inputs. Out: the cases with why, and one
 * finding for the digest. Never takes a case out: a person decides which of the two holds.
 */
import type { GoldenCase } from "../../domain/golden-case.js";
import { isJsonObject, type Json } from "../../domain/json.js";
import { truthOf } from "../../domain/judgement.js";
import { dayMs } from "../../domain/time.js";
import { findingKey } from "../../incident/finding-key.js";
import type { PromotedCase } from "../../store/golden-promoted.js";
import { excerpt } from "../../text/excerpt.js";
import { canonicalJson, textOfJson } from "../../text/json-value.js";
import { parseStructured } from "../../text/parse-json.js";
import { redactJson } from "../../text/redact.js";
import { sayCount } from "../../wording/numbers.js";
import { lowerFirst, sayListUpTo } from "../../wording/sentences.js";
import type { Found } from "../describe.js";
import type { Ground, Watched } from "../ground.js";
import { raise } from "../raise.js";
import { tellUntold } from "../tell.js";
import { withPromoted } from "./promoted-cases.js";

/** What people said longer ago says little of what is right today. */
const lookBackMs = 365 * dayMs;
/** Cases that a sentence names. */
const mostNamed = 3;
const quoted = 80;
const metric = "golden:contradicted";

/** The identity of "people contradict known answers". */
const contradictedKey = findingKey({ rule: "contradicted", metric, check: null });

/** A known answer that people contradict. */
export interface ContradictedCase {
  readonly case: string;
  readonly why: string;
}

/** Those of an automation, in the order of its set. */
export function contradictedCases(
  ground: Ground,
  watched: Pick<Watched, "entry" | "golden" | "storeMode">,
): readonly ContradictedCase[] {
  const { entry, golden } = watched;
  if (golden === null) return [];
  const promoted = new Map(ground.store.goldenPromoted.of(entry.id).map((each) => [each.caseId, each]));
  const { cases } = withPromoted(ground, watched, golden);
  const written = new Set(golden.cases.map(({ id }) => id));
  const calledWrong = textsCalledWrong(ground, watched);
  return cases.flatMap((each) => {
    const own = written.has(each.id) ? undefined : promoted.get(each.id);
    const why =
      (own === undefined ? null : sayOwn(ground, own)) ??
      sayOthers(each, calledWrong.get(inputKey(each.input, watched.storeMode)) ?? [], own);
    return why === null ? [] : [{ case: each.id, why }];
  });
}

/** Raises the finding, or ends it; call inside a transaction. */
export function lookForContradictions(ground: Ground, watched: Watched, now: number): void {
  const { id } = watched.entry;
  const known = ground.store.findings.active(id).some(({ key }) => key === contradictedKey);
  const cases = contradictedCases(ground, watched);
  if (cases.length === 0 && !known) return;
  raise(ground, {
    automation: id,
    kind: "outputs",
    at: now,
    found: cases.length === 0 ? [] : [foundOf(watched, cases, now)],
    endedKeys: cases.length === 0 ? [contradictedKey] : [],
  });
  tellUntold(ground, watched, now);
}

function foundOf({ entry }: Watched, cases: readonly ContradictedCase[], now: number): Found {
  const headline = `people contradict ${sayCount(cases.length, "known answer")} of ${lowerFirst(entry.title)}`;
  const named = cases.map((each) => `“${excerpt(each.case, quoted)}” (${each.why})`);
  const todo = `correct them in the golden set, or judge again: evenkeel golden list ${entry.id}`;
  return {
    headline,
    finding: {
      rule: "contradicted",
      metric,
      check: null,
      level: "digest",
      baseline: null,
      current: null,
      evidence: null,
      changedAt: null,
      foundAt: now,
      chanceMonths: null,
      sentence: `${headline}: ${sayListUpTo(named, mostNamed)}; ${todo}`,
      improvement: false,
    },
  };
}

/** What people say now of the output that the case was taken from; null: the same as then. */
function sayOwn({ store }: Ground, { output, corrected, expected }: PromotedCase): string | null {
  const said = store.judgements.of(output);
  const count = (answer: "right" | "wrong") => said.filter((each) => each.answer === answer).length;
  const truth = truthOf({ rights: count("right"), wrongs: count("wrong") });
  if (truth === "disagreed") return "people disagree about the output it was taken from";
  if (!corrected) return truth === "wrong" ? "its output was judged wrong since" : null;
  if (truth === "right") return "the output that it corrects was judged right since";
  const correction = said.findLast((each) => each.answer === "wrong" && each.correction !== null)?.correction;
  if (correction == null || isSame(correction, expected)) return null;
  return `a later correction of it says “${excerpt(correction, quoted)}”`;
}

/** What people say of other outputs with the same input; null: nothing that contradicts it. */
function sayOthers(
  { expected }: GoldenCase,
  called: readonly CalledWrong[],
  own: PromotedCase | undefined,
): string | null {
  const others = called.filter(({ output }) => output !== own?.output);
  const wrong = others.find(({ text }) => isSame(text, expected));
  if (wrong !== undefined) return `output ${excerpt(wrong.id, quoted)} says the same and was judged wrong`;
  const other = others.find(({ correction }) => correction !== null && !isSame(correction, expected));
  if (other?.correction == null) return null;
  return `the correction of output ${excerpt(other.id, quoted)}, which had this input, says “${excerpt(other.correction, quoted)}”`;
}

/** An output that people call wrong with one voice. */
interface CalledWrong {
  readonly output: number;
  readonly id: string;
  readonly text: string;
  readonly correction: string | null;
}

/** By input; those whose text is no longer kept are not in it. */
function textsCalledWrong(
  { store, clock }: Ground,
  { entry, storeMode }: Pick<Watched, "entry" | "storeMode">,
): ReadonlyMap<string, readonly CalledWrong[]> {
  const byInput = new Map<string, CalledWrong[]>();
  for (const each of store.goldenPromoted.calledWrong(entry.id, clock.now() - lookBackMs)) {
    const output = truthOf(each) === "wrong" ? store.spotChecks.outputOf(each.output) : null;
    if (output === null || output.input === null) continue;
    const correction =
      store.judgements.of(each.output).findLast((said) => said.correction !== null)?.correction ?? null;
    const key = inputKey(output.input, storeMode);
    const { output: row, outputId: id } = each;
    byInput.set(key, [...(byInput.get(key) ?? []), { output: row, id, text: output.text, correction }]);
  }
  return byInput;
}

/** One text for one question, as outputs are stored. */
function inputKey(input: Json, mode: Watched["storeMode"]): string {
  const value = typeof input === "string" ? (parseStructured(input) ?? input.trim()) : input;
  return canonicalJson(mode === "full" ? value : redactJson(value));
}

/** Whether a text says what is known: blanks and the order of members aside, and no more than the known ones of an object. */
function isSame(text: string, expected: Json): boolean {
  const known = typeof expected === "string" ? (parseStructured(expected) ?? expected) : expected;
  const said = parseStructured(text);
  if (typeof known !== "object" || known === null)
    return blanksAside(text) === blanksAside(textOfJson(known));
  return said !== undefined && holds(said, known);
}

function holds(said: Json, known: Json): boolean {
  if (!isJsonObject(known) || !isJsonObject(said)) return canonicalJson(said) === canonicalJson(known);
  return Object.entries(known).every(([name, value]) => holds(said[name] ?? null, value));
}

function blanksAside(text: string): string {
  return text.trim().replace(/\s+/g, " ");
}
