import { z } from "zod";
import type { Json } from "../../domain/json.js";
import { error, fail, pass, skipped, type Verdict } from "../../domain/verdict.js";
import { compilePath } from "../../text/json-path.js";
import { textOfJson } from "../../text/json-value.js";
import { nearest } from "../../text/nearest.js";
import { parseStructured } from "../../text/parse-json.js";
import { pathSetting } from "../../text/setting-types.js";
import { quoted, quotedList } from "../../text/shown.js";
import { defineCheckType, type Subject } from "../check-type.js";
import { noReference } from "../expected.js";
import { type AnswerForm, answerForm, answersTokens, askJudge, modelSetting } from "../judging/ask-judge.js";
import { type Canaries, canariesSetting, canaryComplaint, plantedFrom } from "../judging/canaries.js";
import { contextParts, showSetting } from "../judging/context.js";
import { wording } from "../setting-kinds.js";
import { comparable } from "../wording-match.js";

/** What every judge may answer, and what then is `error`. */
const unclear = "unclear";

const label = z
  .string()
  .regex(/^[\p{L}\p{N}][\p{L}\p{N} _/-]{0,59}$/u, "expected a short label of letters and digits");

const matchesSetting = z.union([
  z.strictObject({ output: pathSetting.describe("Where the output says it, such as `category`") }),
  z.strictObject({
    reference: pathSetting.describe(
      "Where the reference says it; `$` where the reference is the label itself",
    ),
  }),
]);

/** A model chooses one of fixed labels for the text, and it is an allowed one, or the one that was given. */
export const judgeChoice = defineCheckType({
  type: "judge-choice",
  group: "judge",
  says: "is of an allowed kind",
  asks: true,
  example: {
    settings: {
      model: "judge",
      question: "What does the reply promise the customer?",
      labels: {
        nothing: "no money and no date",
        "a date": "a day by which something happens",
        money: "a refund, a discount or a voucher",
      },
      allowed: ["nothing", "a date"],
      canaries: {
        good: { output: "We look into it and write to you by Friday." },
        bad: { output: "You get the full price back today." },
      },
    },
    good: "A technician calls you on Monday.",
    bad: "As an apology we give you 20% off.",
    answers: {
      good: [{ because: "calls you on Monday", label: "a date" }],
      bad: [{ because: "20% off", label: "money" }],
    },
  },
  settings: z.strictObject({
    model: modelSetting,
    question: wording.max(1_000).describe("What the judge decides about the text"),
    labels: z
      .record(label, wording.max(500))
      .describe(
        'The possible answers and what each means: { "refund": "the customer wants money back" }; `unclear` is always possible and makes the verdict `error`',
      ),
    allowed: z.array(wording).min(1).optional().describe("Labels that pass; all others fail"),
    matches: matchesSetting
      .optional()
      .describe(
        "Instead of `allowed`: the label must be the one that the output or the reference gives, case aside",
      ),
    about: z
      .enum(["output", "input"])
      .default("output")
      .describe(
        "Which text is judged. `input`: the judge decides for itself, without seeing what the automation answered",
      ),
    show: showSetting,
    canaries: canariesSetting,
  }),
  planted: ({ canaries }) => plantedFrom(canaries),
  complaint: (settings) =>
    canaryComplaint(settings.canaries) ?? labelComplaint(settings) ?? blindComplaint(settings),
  prepare: ({ model, question, labels, allowed, matches, about, show }) => {
    const names = Object.keys(labels);
    const form = choiceForm(names);
    const task = choiceTask(question, labels, about);
    const target = matches === undefined ? null : targetOf(matches);
    return async (subject, asking) => {
      const text = about === "output" ? subject.text : subject.input;
      if (text === null) return skipped("the output has no input to judge");
      const wanted = target === null ? null : target(subject);
      if (wanted !== null && wanted.verdict !== null) return wanted.verdict;
      const context = contextParts(subject, show).filter(({ name }) => name !== about);
      const chosen = await askJudge(asking, {
        model,
        task,
        parts: [{ name: about, text }, ...context],
        form,
        maxTokens: answersTokens(1),
      });
      if (chosen.label === unclear) {
        return error(`could not tell: the judge finds no label that fits${said(chosen.because)}`);
      }
      return wanted === null
        ? among(chosen, allowed ?? [])
        : sameAs(chosen, wanted.value, matches !== undefined && "output" in matches ? "output" : "reference");
    };
  },
});

interface Chosen {
  readonly because: string;
  readonly label: string;
}

function choiceForm(names: readonly string[]): AnswerForm<Chosen> {
  return answerForm<Chosen>(
    "choice",
    z.strictObject({
      because: z.string().describe("A short quote from the text, or a few words"),
      label: z.enum([...names, unclear]),
    }),
  );
}

function choiceTask(question: string, labels: Readonly<Record<string, string>>, about: string): string {
  return [
    `Decide about the text named "${about}": ${question}`,
    "Choose the one label that fits best; the other texts, if any, only say where it comes from.",
    ...Object.entries(labels).map(([name, meaning]) => `${name}: ${meaning}`),
    `${unclear}: the text does not tell, or none of them fits`,
  ].join("\n");
}

/** What must be chosen, or the verdict where nothing says. */
type Wanted =
  | { readonly verdict: null; readonly value: Json }
  | { readonly verdict: Verdict; readonly value: null };

function targetOf(matches: z.output<typeof matchesSetting>): (subject: Subject) => Wanted {
  if ("output" in matches) {
    const path = compilePath(matches.output);
    return ({ value, text }) => {
      const [found] = path.select(value ?? text);
      return found === undefined
        ? {
            verdict: fail(`has no value at ${matches.output} that the judge's label could be compared with`),
            value: null,
          }
        : { verdict: null, value: found.value };
    };
  }
  const path = compilePath(matches.reference);
  return ({ reference }) => {
    if (reference === null) return { verdict: noReference(), value: null };
    const structured = typeof reference === "string" ? (parseStructured(reference) ?? reference) : reference;
    const [found] = path.select(structured);
    return found === undefined
      ? { verdict: skipped(`the reference has no value at ${matches.reference}`), value: null }
      : { verdict: null, value: found.value };
  };
}

function among({ label: chosen, because }: Chosen, allowed: readonly string[]): Verdict {
  return allowed.includes(chosen)
    ? pass({ reason: `is judged ${quoted(chosen)}, which it must not be${said(because)}` })
    : fail(`is judged ${quoted(chosen)}, expected ${quotedList(allowed, "or")}${said(because)}`);
}

function sameAs({ label: chosen, because }: Chosen, wanted: Json, where: string): Verdict {
  const plain = (text: string) => comparable(text, true).trim();
  return plain(chosen) === plain(textOfJson(wanted))
    ? pass({ reason: `is judged ${quoted(chosen)}, as the ${where} says, expected another${said(because)}` })
    : fail(`is judged ${quoted(chosen)}, the ${where} says ${quoted(wanted)}${said(because)}`);
}

function said(because: string): string {
  return because.trim() === "" ? "" : ` (the judge: ${quoted(because, 80)})`;
}

interface Labelled {
  readonly labels: Readonly<Record<string, string>>;
  readonly allowed?: readonly string[] | undefined;
  readonly matches?: z.output<typeof matchesSetting> | undefined;
}

function labelComplaint({ labels, allowed, matches }: Labelled): string | null {
  const names = Object.keys(labels);
  if (names.includes(unclear)) return "labels: leave out unclear; every judge may answer it";
  if (names.length < 2 || names.length > 50) return `labels: write 2 to 50 labels, there are ${names.length}`;
  if ((allowed === undefined) === (matches === undefined)) {
    return "write either allowed (labels that pass) or matches (where the right label stands)";
  }
  const unknown = allowed?.find((each) => !names.includes(each));
  if (unknown !== undefined) {
    const near = nearest(unknown, names);
    return `allowed: "${unknown}" is not among labels${near === null ? "" : `; did you mean "${near}"?`}`;
  }
  return new Set(allowed).size === names.length
    ? "allowed: all labels are allowed, so nothing can fail; leave out those that must not occur"
    : null;
}

interface Seeing extends Labelled {
  readonly about: "output" | "input";
  readonly show: readonly string[];
  readonly canaries: Canaries;
}

/** A judge that sees the right label only repeats it; one that sees no text says nothing. */
function blindComplaint({ about, show, matches, canaries }: Seeing): string | null {
  const byReference = matches !== undefined && "reference" in matches;
  if (byReference && show.includes("reference")) {
    return "show: leave out reference; the judge would see the label it is compared with";
  }
  const both = [canaries.good, canaries.bad];
  if (about === "input" && both.some(({ input }) => input === undefined)) {
    return "canaries: give both an input, for the judge is asked about the input";
  }
  return byReference && both.some(({ reference }) => reference === undefined)
    ? "canaries: give both a reference, for the label is compared with it"
    : null;
}
