import { z } from "zod";
import type { Asking } from "../../domain/asking.js";
import { fail, pass, type Verdict } from "../../domain/verdict.js";
import { textOfJson } from "../../text/json-value.js";
import { quoted } from "../../text/shown.js";
import { defineCheckType } from "../check-type.js";
import { expectedFor, expectedSetting, noReference } from "../expected.js";
import { answerForm, answersTokens, askJudge, modelSetting } from "../judging/ask-judge.js";
import { canariesSetting, canaryComplaint, plantedFrom } from "../judging/canaries.js";
import { contextParts, showSetting } from "../judging/context.js";
import type { Part } from "../judging/fence.js";
import { wording } from "../setting-kinds.js";
import { comparable } from "../wording-match.js";

const about =
  "When can I come by on Saturday? (Notice on our door: Monday to Friday 9:00 to 17:00, Saturday 10:00 to 14:00.)";

/** The reference is passable on purpose: the good one is better, so it passes with `tie: fail` too. */
const builtInCanaries = {
  good: {
    input: about,
    reference: "On Saturday.",
    output: "You can come by on Saturday from 10:00 to 14:00.",
  },
  bad: {
    input: about,
    reference: "On Saturday from 10:00 to 14:00.",
    output: "We are closed on Saturday. Go away.",
  },
};

const form = answerForm(
  "preference",
  z.strictObject({
    because: z.string().describe("The one difference that decides, in a few words"),
    better: z.enum(["first", "second", "neither"]),
  }),
);

/**
 * The text is at least as good as the known-good one, in the eyes of a model. Models prefer a place as well as an
 * answer (Wang and others, "Large Language Models are not Fair Evaluators", 2023, arXiv 2305.17926), so both orders
 * are asked; only a preference that survives the swap counts, everything else is a tie (Zheng and others, "Judging
 * LLM-as-a-Judge with MT-Bench and Chatbot Arena", 2023, arXiv 2306.05685).
 */
export const pairwiseVsGolden = defineCheckType({
  type: "pairwise-vs-golden",
  group: "judge",
  says: "is no worse than the known answer",
  asks: true,
  example: {
    settings: { model: "judge", better: "the one that a new customer understands at once" },
    good: {
      text: "Plug it in, wait for the green light, then press Start.",
      reference: "Connect the unit and initiate the start sequence after readiness is indicated.",
    },
    bad: {
      text: "See chapter 7.",
      reference: "Plug it in, wait for the green light, then press Start.",
    },
    answers: {
      good: [
        { because: "plain words", better: "first" },
        { because: "plain words", better: "second" },
      ],
      bad: [
        { because: "only refers elsewhere", better: "second" },
        { because: "only refers elsewhere", better: "first" },
      ],
    },
  },
  settings: z.strictObject({
    model: modelSetting,
    expected: expectedSetting,
    better: wording
      .max(1_000)
      .default("the one that is more correct, complete and useful to whoever asked")
      .describe("What makes an answer the better one"),
    tie: z
      .enum(["pass", "fail"])
      .default("pass")
      .describe("What a tie is; preferences that change with the order are one"),
    show: showSetting,
    canaries: canariesSetting
      .optional()
      .describe(
        "Planted answers of your own, each with its reference, where the built-in ones (about opening hours) do not fit",
      ),
  }),
  planted: ({ canaries }) => plantedFrom(canaries ?? builtInCanaries),
  complaint: ({ canaries, expected }) => {
    if (canaries === undefined) {
      return expected === undefined
        ? null
        : "canaries: write both, for the built-in ones do not fit `expected`";
    }
    const bare = [canaries.good, canaries.bad].some(({ reference }) => reference === undefined);
    return expected === undefined && bare
      ? "canaries: give both a reference to be compared with"
      : canaryComplaint(canaries);
  },
  prepare: ({ model, expected, better, tie, show }) => {
    const task = `Two answers to the same task stand in the texts named "first" and "second". Which is better: ${better}. Answer first, second, or neither when there is no difference that counts. Neither length nor place makes an answer better.`;
    const prefer = async (first: string, second: string, context: readonly Part[], asking: Asking) => {
      const parts = [...context, { name: "first", text: first }, { name: "second", text: second }];
      return askJudge(asking, { model, task, parts, form, maxTokens: answersTokens(1) });
    };
    return async (subject, asking) => {
      const wanted = expectedFor(subject, expected);
      if (wanted === null) return noReference();
      const golden = textOfJson(wanted);
      if (comparable(subject.text, false).trim() === comparable(golden, false).trim()) {
        return verdictOf({ kind: "tie", why: "is the same as the known answer" }, tie);
      }
      const context = contextParts(subject, show).filter(({ name }) => name !== "reference");
      const [before, after] = await Promise.all([
        prefer(subject.text, golden, context, asking),
        prefer(golden, subject.text, context, asking),
      ]);
      return verdictOf(together(before, after), tie);
    };
  },
});

type Preference = z.output<typeof form.reader>;

interface Outcome {
  readonly kind: "win" | "lose" | "tie";
  readonly why: string;
}

/** The output stands first in one, second in the other. */
function together(before: Preference, after: Preference): Outcome {
  const because = before.because.trim() === "" ? "" : ` (the judge: ${quoted(before.because, 80)})`;
  if (before.better === "first" && after.better === "second") {
    return { kind: "win", why: `is better than the known answer${because}` };
  }
  if (before.better === "second" && after.better === "first") {
    return { kind: "lose", why: `is worse than the known answer in both orders${because}` };
  }
  return before.better === "neither" && after.better === "neither"
    ? { kind: "tie", why: `is as good as the known answer${because}` }
    : { kind: "tie", why: "is as good as the known answer: the judge's preference changes with the order" };
}

const scores = { win: 1, tie: 0.5, lose: 0 } as const;

function verdictOf({ kind, why }: Outcome, tie: "pass" | "fail"): Verdict {
  const score = scores[kind];
  if (kind === "win" || (kind === "tie" && tie === "pass")) {
    return pass({ score, reason: `${why}, expected it to be worse` });
  }
  return fail(kind === "tie" ? `${why}, expected it to be better` : why, { score });
}
