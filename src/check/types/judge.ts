import { z } from "zod";
import type { Asking } from "../../domain/asking.js";
import { error, fail, pass, type Verdict } from "../../domain/verdict.js";
import { defineCheckType, type Subject } from "../check-type.js";
import { answersTokens, askJudge, modelSetting } from "../judging/ask-judge.js";
import { canariesSetting, canaryComplaint, plantedFrom } from "../judging/canaries.js";
import { contextParts, showSetting } from "../judging/context.js";
import {
  criteriaForm,
  criteriaSetting,
  criteriaTask,
  describeUnmet,
  type RubricAnswer,
  readCriteria,
  type Told,
  tellCriteria,
} from "../judging/criteria.js";
import { majorityOf } from "../judging/votes.js";

/**
 * A model answers yes/no questions about the text. Questions one by one agree better with people than one grade does
 * (Lee and others, "CheckEval", 2024, arXiv 2403.18771); the majority of several answers is steadier than one (Wang
 * and others, "Self-Consistency Improves Chain of Thought Reasoning in Language Models", 2022, arXiv 2203.11171).
 */
export const judge = defineCheckType({
  type: "judge",
  group: "judge",
  says: "meets its criteria",
  asks: true,
  example: {
    settings: {
      on: "reply",
      model: "judge",
      criteria: [
        { id: "answers-the-question", question: "Does it answer what the customer asked?", required: true },
        "Does it stay friendly?",
      ],
      votes: 3,
      canaries: {
        good: {
          input: "When does my parcel arrive?",
          output: "Thank you for asking. Your parcel arrives on Friday.",
        },
        bad: { input: "When does my parcel arrive?", output: "We also sell printers. Stop asking." },
      },
    },
    good: {
      text: '{"reply":"Thank you for writing. You can return it within 30 days."}',
      input: "Can I return the lamp?",
    },
    bad: { text: '{"reply":"Lamps are sold in three colours."}', input: "Can I return the lamp?" },
    answers: {
      good: [
        {
          c1: { because: "within 30 days", answer: "yes", certainty: "high" },
          c2: { because: "Thank you for writing", answer: "yes", certainty: "high" },
        },
      ],
      bad: [
        {
          c1: { because: "speaks of colours only", answer: "no", certainty: "high" },
          c2: { because: "neutral", answer: "yes", certainty: "low" },
        },
      ],
    },
  },
  settings: z.strictObject({
    model: modelSetting,
    criteria: criteriaSetting,
    minShare: z
      .number()
      .positive()
      .max(1)
      .default(1)
      .describe("Least share of criteria, by weight, that must be met, above 0 to 1"),
    show: showSetting,
    votes: z
      .union([z.literal(1), z.literal(3), z.literal(5)])
      .default(1)
      .describe(
        "How many answers decide by majority. More than one is asked for only when what the judge is unclear or not certain about could change the verdict",
      ),
    canaries: canariesSetting,
  }),
  planted: ({ canaries }) => plantedFrom(canaries),
  complaint: ({ canaries, criteria }) => canaryComplaint(canaries) ?? twice(readCriteria(criteria)),
  prepare: ({ model, criteria: written, minShare, show, votes }) => {
    const criteria = readCriteria(written);
    const form = criteriaForm(criteria);
    const task = criteriaTask(criteria);
    const maxTokens = answersTokens(criteria.length);
    const put = async (subject: Subject, asking: Asking, vote: number): Promise<Vote> => {
      const parts = [{ name: "output", text: subject.text }, ...contextParts(subject, show)];
      const answers = await askJudge(asking, { model, task, parts, form, maxTokens, vote });
      return { answers, told: tellCriteria(criteria, answers, minShare) };
    };
    return async (subject, asking) => {
      const first = await put(subject, asking, 1);
      const further = first.told.nearTheLine ? votes - 1 : 0;
      const rest = await Promise.all(
        Array.from({ length: further }, (_, index) => put(subject, asking, index + 2)),
      );
      return decide([first, ...rest], (vote) =>
        describeUnmet(criteria, vote.told.unmet, vote.answers, minShare),
      );
    };
  },
});

interface Vote {
  readonly answers: RubricAnswer;
  readonly told: Told;
}

function decide(votes: readonly Vote[], describe: (vote: Vote) => string): Verdict {
  const { passes, agreeing } = majorityOf(votes.map(({ told }) => told.passes));
  const share = votes.length === 1 ? "" : ` (${agreeing} of ${votes.length} votes)`;
  const leading = votes.find(({ told }) => told.passes === passes);
  if (passes === null || leading === undefined) return error(`could not tell: ${whyNot(votes)}${share}`);
  const told = votes.filter((vote) => vote.told.passes !== null);
  const score = told.reduce((sum, vote) => sum + vote.told.score, 0) / told.length;
  return passes
    ? pass({ score, reason: `meets its criteria${share}, expected it not to` })
    : fail(`${describe(leading)}${share}`, { score });
}

function whyNot(votes: readonly Vote[]): string {
  const unsure = votes.find(({ told }) => told.passes === null);
  const named = unsure?.told.unclear.slice(0, 3).map(({ called }) => called) ?? [];
  return named.length === 0
    ? "the votes of the judge do not agree"
    : `the judge is unclear about ${named.join(", ")}`;
}

function twice(criteria: readonly { readonly called: string }[]): string | null {
  const names = criteria.map(({ called }) => called);
  const name = names.find((each, at) => names.indexOf(each) !== at);
  return name === undefined ? null : `criteria: ${name} is there twice; name each once`;
}
