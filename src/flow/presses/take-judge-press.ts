/**
 * What someone says of an output in Slack. In: a press of a digest's button, proven to be Slack's. Out: their judgement on
 * record, as the person whose member id it is; to them alone why it was picked and what the checks said, which until then
 * nobody was told. A press on what is no longer there changes nothing and says so.
 */
import { KnownError, StoreError } from "../../domain/errors.js";
import type { Json } from "../../domain/json.js";
import type { Answer } from "../../domain/judgement.js";
import { type JudgePress, judgeWindow } from "../../notify/slack-judge-press.js";
import { answerWords, sayJudgement } from "../../wording/answers.js";
import { type Ground, watchedOf } from "../ground.js";
import { sayPicked } from "../say-picked.js";
import { type Taken as Judged, requireSpotCheck, takeJudgement } from "../take-judgement.js";
import { slackActor } from "./slack-actor.js";
import { nothingTaken, sayTo, type Taken } from "./taken-press.js";

/** The way as it stands on record. */
const via = "Slack";

/** Takes a press of a digest's button. */
export function takeJudgePress(ground: Ground, press: JudgePress): Taken {
  const { answerTo } = press;
  const refuse = (why: string): Taken =>
    press.kind === "sent"
      ? { ...nothingTaken, answer: { response_action: "errors", errors: { answer: why } } }
      : { ...nothingTaken, followUp: sayTo(answerTo, why, null) };
  try {
    if (press.kind === "asked")
      return {
        ...nothingTaken,
        followUp: { do: "ask", trigger: press.trigger, view: windowFor(ground, press) },
      };
    if (press.answer === null) return refuse("Say what it is: right, wrong, or that you cannot tell.");
    const said = judge(ground, press, press.answer);
    return { ...nothingTaken, followUp: sayTo(answerTo, said, null), done: true };
  } catch (thrown) {
    if (thrown instanceof KnownError && !(thrown instanceof StoreError))
      return refuse(`Nothing was recorded: ${thrown.message}`);
    throw thrown;
  }
}

function windowFor(ground: Ground, { spotCheck, answerTo }: JudgePress): Json {
  const row = requireSpotCheck(ground, spotCheck);
  const output = ground.store.spotChecks.outputOf(row.output);
  if (output === null)
    throw new KnownError("output-gone", `the text of output ${row.outputId} is no longer kept.`);
  const entry = watchedOf(ground.register, row.automation)?.entry;
  const question = `${entry?.title ?? row.automation}: ${entry?.spotCheck.question ?? "Is this output right?"}`;
  return judgeWindow({ spotCheck, answerTo, question, input: output.input, text: output.text });
}

function judge(
  ground: Ground,
  press: Extract<JudgePress, { kind: "judged" | "sent" }>,
  answer: Answer,
): string {
  const who = slackActor(ground.register, press.user);
  const { note, correction } = press.kind === "sent" ? press : { note: null, correction: null };
  const { spotCheck } = press;
  return sayJudged(takeJudgement(ground, { spotCheck, answer, who, note, correction }, via));
}

function sayJudged(taken: Judged): string {
  const { judgement, replaced, repeated, others } = taken;
  const answer = answerWords[judgement.answer].toLowerCase();
  const first = repeated
    ? `You had said so before (${judgement.who}): ${answer}. It stands, and counts once.`
    : `Recorded as said by ${judgement.who}: ${answer}. Thank you.${replaced ? " What you said before counts no more." : ""}`;
  return [first, ...sayPicked(taken.why, taken.checks), ...others.map(sayJudgement)].join("\n");
}
