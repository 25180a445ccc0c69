/**
 * Whether a judged output can be a known answer, and which. In: a spot check, what people said of its output. Out: input
 * and answer in the form of the golden set, or what is missing. Changes nothing.
 */
import { KnownError } from "../../domain/errors.js";
import { mostGoldenCases } from "../../domain/golden-case.js";
import type { Json } from "../../domain/json.js";
import { type Judgement, truthOf } from "../../domain/judgement.js";
import type { Output } from "../../domain/output.js";
import type { SpotCheckRow } from "../../store/spot-check.js";
import { canonicalJson } from "../../text/json-value.js";
import { parseStructured } from "../../text/parse-json.js";
import { type Ground, type Watched, type WatchedGolden, watchedOf } from "../ground.js";
import { keptTextLength } from "../judge-drafts.js";
import { withPromoted } from "./promoted-cases.js";

/** The case id of a spot check's output. */
export function caseIdOf(spotCheck: number): string {
  return `spot-check-${spotCheck}`;
}

/** What an output would be as a known answer, and whose word that is. */
interface KnownAnswer {
  readonly watched: Watched;
  readonly known: { readonly input: Json; readonly expected: Json };
  readonly said: Judgement;
  readonly corrected: boolean;
}

/** The known answer that follows from what people say of an output; throws KnownError that says what is missing. */
export function knownAnswerOf(ground: Ground, row: SpotCheckRow): KnownAnswer {
  const watched = watchedOf(ground.register, row.automation);
  const golden = watched?.golden ?? null;
  if (watched === null || golden === null)
    throw new KnownError(
      "golden-none",
      `${row.automation} has no golden set, so nobody would ask it again; add "golden" with a file of cases and a probe to it in the configuration`,
    );
  const output = requireText(ground, watched, row);
  const { said, answer, corrected } = requireWord(ground, row, output);
  const known = { input: inputOf(golden, output.input), expected: expectedOf(output, answer) };
  refuseKnown(ground, watched, golden, { row, known });
  return { watched, known, said, corrected };
}

type WithInput = Output & { readonly input: string };

function requireText({ store }: Ground, { storeMode }: Watched, row: SpotCheckRow): WithInput {
  const output = store.spotChecks.outputOf(row.output);
  if (output === null)
    throw new KnownError(
      "output-gone",
      `The text of output ${row.outputId} is no longer kept, so it cannot become a known answer.`,
    );
  if (storeMode === "hash")
    throw new KnownError(
      "golden-hashed",
      `Of the outputs of ${row.automation} only fingerprints are kept (store: "hash"), so none can become a known answer.`,
    );
  const { input } = output;
  if (input === null || input === "")
    throw new KnownError(
      "golden-no-input",
      `Output ${row.outputId} came without its input, so it cannot be asked again; let the source give it (map.input).`,
    );
  if (Math.max(input.length, output.text.length) >= keptTextLength)
    throw new KnownError(
      "golden-long",
      `Output ${row.outputId} is longer than what is kept of a text, so it cannot be asked again.`,
    );
  return { ...output, input };
}

/** What people say of it together, and the known answer that follows from it. */
function requireWord({ store }: Ground, { id, output: key }: SpotCheckRow, output: Output) {
  const judgements = store.judgements.of(key);
  const truth = truthOf({
    rights: saying(judgements, "right").length,
    wrongs: saying(judgements, "wrong").length,
  });
  if (truth === "disagreed")
    throw new KnownError(
      "golden-disagreed",
      `People disagree about it: ${judgements.map((each) => `${each.who} says ${each.answer}`).join(", ")}. It can become a known answer once they agree.`,
    );
  const right = saying(judgements, "right").at(-1);
  if (right !== undefined) return { said: right, answer: output.text, corrected: false };
  const corrected = saying(judgements, "wrong").findLast((each) => each.correction !== null);
  if (corrected?.correction != null)
    return { said: corrected, answer: corrected.correction, corrected: true };
  throw truth === "wrong"
    ? new KnownError(
        "golden-no-correction",
        `It was judged wrong, and nobody has written what it should have said. Judge it again with the correction: evenkeel judge ${id} --as wrong --correction "..."`,
      )
    : new KnownError(
        "golden-unjudged",
        `Nobody has said yet whether it is right; first: evenkeel judge ${id} --as right|wrong`,
      );
}

function saying(judgements: readonly Judgement[], answer: Judgement["answer"]): readonly Judgement[] {
  return judgements.filter((each) => each.answer === answer);
}

/** In the form in which the set asks: as an object only where its cases do. */
function inputOf(golden: WatchedGolden, input: string): Json {
  const structured = golden.cases.some((each) => typeof each.input !== "string");
  return structured ? (parseStructured(input) ?? input) : input;
}

/** In the form of the output: an object where it is one. */
function expectedOf(output: Output, answer: string): Json {
  return output.fields === undefined ? answer : (parseStructured(answer) ?? answer);
}

function refuseKnown(
  ground: Ground,
  watched: Watched,
  golden: WatchedGolden,
  { row, known }: { row: SpotCheckRow; known: KnownAnswer["known"] },
): void {
  const caseId = caseIdOf(row.id);
  const others = withPromoted(ground, watched, golden).cases.filter(({ id }) => id !== caseId);
  const texts = canonicalJson([known.input, known.expected]);
  const same = others.find(({ input, expected }) => canonicalJson([input, expected]) === texts);
  if (same !== undefined)
    throw new KnownError("golden-known", `The golden set holds it already, as case "${same.id}".`);
  if (golden.cases.some(({ id }) => id === caseId))
    throw new KnownError(
      "golden-taken",
      `The file of cases has one called "${caseId}" already; rename it there first.`,
    );
  if (others.length >= mostGoldenCases)
    throw new KnownError("golden-full", `The golden set is full: it holds ${mostGoldenCases} cases.`);
}
