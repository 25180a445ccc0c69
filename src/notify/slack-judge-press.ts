/**
 * Presses of a digest's buttons, and the window that shows an output whole and takes a note. In: what Slack sent, or an
 * output to show. Out: what was said of which output, by whom; null for what is no such press.
 */
import { z } from "zod";
import type { Json } from "../domain/json.js";
import { type Answer, answers } from "../domain/judgement.js";
import { parseJson } from "../text/parse-json.js";
import { answerWords } from "../wording/answers.js";
import { plainText } from "./slack-blocks.js";
import { cutAtWord, visible } from "./trim-text.js";

/** Before the answer in the id of a button, and before the number of the output in the id of its row. */
export const judgeAction = "judge-";
/** The button that asks for the whole text and takes a note. */
export const judgeMoreAction = "judge-more";

/** What someone did about an output in Slack. */
export type JudgePress = {
  readonly spotCheck: number;
  readonly user: string;
  readonly answerTo: string | null;
} & (
  | { readonly kind: "judged"; readonly answer: Answer }
  /** Wants to see all of it. */
  | { readonly kind: "asked"; readonly trigger: string }
  /** Sent the window. */
  | {
      readonly kind: "sent";
      readonly answer: Answer | null;
      readonly note: string | null;
      readonly correction: string | null;
    }
);

const user = z.object({ id: z.string().max(40) });

const pressed = z.object({
  type: z.literal("block_actions"),
  user,
  trigger_id: z.string().max(500),
  response_url: z.string().max(2_000).optional(),
  actions: z.array(z.object({ action_id: z.string(), block_id: z.string() })).min(1),
});

const written = z.object({ text: z.object({ value: z.string().nullish() }) });

const sent = z.object({
  type: z.literal("view_submission"),
  user,
  view: z.object({
    callback_id: z.literal("evenkeel-judge"),
    private_metadata: z.string(),
    state: z.object({
      values: z.object({
        answer: z.object({
          answer: z.object({ selected_option: z.object({ value: z.string() }).nullish() }),
        }),
        note: written,
        correction: written,
      }),
    }),
  }),
});

const memory = z.strictObject({ spotCheck: z.int(), answerTo: z.string().nullable() });

/** Reads a payload; null: it is no press of a digest. */
export function readJudgePress(payload: unknown): JudgePress | null {
  const press = pressed.safeParse(payload);
  if (press.success) return readButton(press.data);
  const window = sent.safeParse(payload);
  if (!window.success) return null;
  const { view, user: by } = window.data;
  const carried = parseJson(view.private_metadata);
  const known = memory.safeParse(carried.ok ? carried.value : null);
  if (!known.success) return null;
  const { answer, note, correction } = view.state.values;
  const said = answer.answer.selected_option?.value;
  return {
    kind: "sent",
    ...known.data,
    user: by.id,
    answer: answers.find((each) => each === said) ?? null,
    note: textOf(note),
    correction: textOf(correction),
  };
}

function textOf({ text }: z.infer<typeof written>): string | null {
  const trimmed = (text.value ?? "").trim();
  return trimmed === "" ? null : trimmed;
}

function readButton({ user: by, trigger_id, response_url, actions }: z.infer<typeof pressed>) {
  const [action] = actions;
  const [, number] = /^judge-(\d{1,15})$/.exec(action?.block_id ?? "") ?? [];
  if (action === undefined || number === undefined) return null;
  const common = { spotCheck: Number(number), user: by.id, answerTo: response_url ?? null };
  if (action.action_id === judgeMoreAction) return { ...common, kind: "asked", trigger: trigger_id } as const;
  const answer = answers.find((each) => action.action_id === `${judgeAction}${each}`);
  return answer === undefined ? null : ({ ...common, kind: "judged", answer } as const);
}

/** Slack's own limits (docs.slack.dev): a section 3,000 characters, a title 24, what may be written 3,000. */
const sectionMax = 2_800;
const sectionsAtMost = 6;
const writtenMax = 3_000;
const noteMax = 2_000;

/** The window that shows one output whole, as it is stored, and asks what it is. */
export function judgeWindow(asked: {
  readonly spotCheck: number;
  readonly answerTo: string | null;
  readonly question: string;
  readonly input: string | null;
  readonly text: string;
}): Json {
  const { spotCheck, answerTo, question, input, text } = asked;
  const section = (said: string) => ({ type: "section", text: plainText(said) });
  return {
    type: "modal",
    callback_id: "evenkeel-judge",
    private_metadata: JSON.stringify({ spotCheck, answerTo }),
    title: plainText("Judge an output"),
    submit: plainText("Record"),
    close: plainText("Cancel"),
    blocks: [
      section(cutAtWord(question, sectionMax)),
      ...(input === null ? [] : ["What came in:", ...inSections(input)].map(section)),
      ...["What it made of it:", ...inSections(text)].map(section),
      answerInput,
      textInput("note", "What is wrong", noteMax),
      textInput("correction", "As it should be", writtenMax),
    ],
  };
}

const answerInput = {
  type: "input",
  block_id: "answer",
  label: plainText("It is"),
  element: {
    type: "radio_buttons",
    action_id: "answer",
    options: answers.map((value) => ({ text: plainText(answerWords[value]), value })),
  },
};

function textInput(id: string, label: string, max: number) {
  const element = { type: "plain_text_input", action_id: "text", multiline: true, max_length: max };
  return { type: "input", block_id: id, optional: true, label: plainText(label), element };
}

/** The text in parts that Slack takes; what is longer than all of them says so. */
function inSections(text: string): readonly string[] {
  const points = [...visible(text)];
  if (points.length === 0) return ["(nothing)"];
  // half: two halves make one code point
  const size = sectionMax / 2;
  const parts = Array.from({ length: Math.ceil(points.length / size) }, (_, at) =>
    points.slice(at * size, (at + 1) * size).join(""),
  ).filter((part) => part.trim() !== "");
  if (parts.length <= sectionsAtMost) return parts;
  return [...parts.slice(0, sectionsAtMost), "… more than Slack shows; evenkeel judge shows all of it"];
}
