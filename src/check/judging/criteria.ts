import { z } from "zod";
import { quoted } from "../../text/shown.js";
import { sayCount } from "../../wording/numbers.js";
import { wording } from "../setting-kinds.js";
import { type AnswerForm, answerForm } from "./ask-judge.js";

const written = z.strictObject({
  id: z
    .string()
    .regex(/^[a-z0-9]+(?:-[a-z0-9]+)*$/, 'expected kebab-case, such as "names-a-date"')
    .optional()
    .describe("Its name in reasons; default: the question"),
  question: wording.max(1_000).describe("Answered with yes when it is met"),
  weight: z.number().positive().max(1_000).default(1).describe("How much it counts in the share"),
  required: z.boolean().default(false).describe("A no fails the output, whatever the share"),
});

/** Criteria as separate questions. */
export const criteriaSetting = z
  .array(z.union([wording.max(1_000), written]))
  .min(1)
  .max(20)
  .describe("Questions that a good output answers with yes, each judged by itself: a text, or an object");

/** One question of a rubric. */
export interface Criterion {
  /** In an answer: `c1`. */
  readonly key: string;
  /** For people. */
  readonly called: string;
  readonly question: string;
  readonly weight: number;
  readonly required: boolean;
}

const judged = z.strictObject({
  because: z.string().describe("A short quote from the text, or a few words"),
  answer: z.enum(["yes", "no", "unclear"]),
  certainty: z.enum(["high", "low"]),
});

/** What a judge says of each criterion, by its key. */
export type RubricAnswer = Readonly<Record<string, z.output<typeof judged>>>;

/** The criteria as written, ready to be asked. */
export function readCriteria(settings: z.output<typeof criteriaSetting>): readonly Criterion[] {
  return settings.map((setting, at) => {
    const { id, question, weight, required } = typeof setting === "string" ? plain(setting) : setting;
    return { key: `c${at + 1}`, called: id ?? quoted(question), question, weight, required };
  });
}

function plain(question: string): z.output<typeof written> {
  return { question, weight: 1, required: false };
}

/** The form of an answer to all of them. */
export function criteriaForm(criteria: readonly Criterion[]): AnswerForm<RubricAnswer> {
  const shape = Object.fromEntries(criteria.map(({ key }) => [key, judged]));
  const calls = new Map(criteria.map(({ key, called }) => [key, called]));
  return answerForm<RubricAnswer>("criteria", z.strictObject(shape), calls);
}

/** What the judge is told to do with them. */
export function criteriaTask(criteria: readonly Criterion[]): string {
  const lines = criteria.map(({ key, question }) => `${key}: ${question}`);
  return [
    'Answer each question about the text named "output"; the other texts say what it was made for. Answer each by itself: yes, no, or unclear when the texts do not tell. Give certainty low where you could be wrong.',
    ...lines,
  ].join("\n");
}

/** What one answer to the criteria means. */
export interface Told {
  /** null: it depends on what the judge could not tell. */
  readonly passes: boolean | null;
  /** Share of the weight that is met, of what could be told. */
  readonly score: number;
  /** True when what the judge is not certain of could change the verdict. */
  readonly nearTheLine: boolean;
  readonly unmet: readonly Criterion[];
  readonly unclear: readonly Criterion[];
}

/** Rounding in a sum of weights must not decide. */
const tolerance = 1e-9;

/**
 * Passes when every required criterion is met and at least `minShare` of the weight. What is unclear is taken once
 * as met and once as not: only if both give the same verdict it is one. Near the line: the same with what is of low
 * certainty.
 */
export function tellCriteria(criteria: readonly Criterion[], answers: RubricAnswer, minShare: number): Told {
  const answered = criteria.map((criterion) => ({ criterion, said: answers[criterion.key] }));
  const decide = (isMet: (said: RubricAnswer[string] | undefined) => boolean): boolean => {
    const met = criteria.filter(({ key }) => isMet(answers[key]));
    const missed = criteria.some((criterion) => criterion.required && !met.includes(criterion));
    return !missed && weightOf(met) >= weightOf(criteria) * minShare - tolerance;
  };
  const soft = (said: RubricAnswer[string] | undefined) => said?.answer !== "no" || said.certainty === "low";
  const hard = (said: RubricAnswer[string] | undefined) =>
    said?.answer === "yes" && said.certainty === "high";
  const [best, worst] = [decide((said) => said?.answer !== "no"), decide((said) => said?.answer === "yes")];
  const those = (answer: string) =>
    answered.filter(({ said }) => said?.answer === answer).map(({ criterion }) => criterion);
  const [met, unmet, unclear] = [those("yes"), those("no"), those("unclear")];
  const toldWeight = weightOf(met) + weightOf(unmet);
  return {
    passes: best === worst ? best : null,
    score: toldWeight === 0 ? 0 : weightOf(met) / toldWeight,
    nearTheLine: decide(soft) !== decide(hard),
    unmet,
    unclear,
  };
}

/** `does not meet 1 of 3 criteria, all must be met: polite (the judge: "…")`. */
export function describeUnmet(
  criteria: readonly Criterion[],
  unmet: readonly Criterion[],
  answers: RubricAnswer,
  minShare: number,
): string {
  const named = unmet
    .toSorted((left, right) => Number(right.required) - Number(left.required))
    .slice(0, 3)
    .map(({ key, called, required }) => {
      const because = answers[key]?.because.trim() ?? "";
      const notes = [
        ...(required ? ["required"] : []),
        ...(because === "" ? [] : [`the judge: ${quoted(because, 80)}`]),
      ];
      return notes.length === 0 ? called : `${called} (${notes.join("; ")})`;
    });
  const more = unmet.length - named.length;
  const limit = minShare === 1 ? "all must be met" : `${Math.ceil(minShare * 100 - tolerance)}% must be met`;
  const count = `${unmet.length} of ${sayCount(criteria.length, "criterion", "criteria")}`;
  return `does not meet ${count}, ${limit}: ${named.join("; ")}${more > 0 ? `; and ${more} more` : ""}`;
}

function weightOf(criteria: readonly Criterion[]): number {
  return criteria.reduce((sum, { weight }) => sum + weight, 0);
}
