import type { z } from "zod";
import type { Json } from "../domain/json.js";
import { overruleLabel, waiveLabel } from "../wording/rework.js";
import type { IncidentMessage } from "./message.js";
import { escapeSlack, plainText, type SlackBlock } from "./slack-blocks.js";
import { blockIdOf, endings, pressButtons } from "./slack-buttons.js";
import { lessonMax, type windowMemory } from "./slack-press.js";
import { cutAtWord } from "./trim-text.js";

/** Slack's own limits of a window (docs.slack.dev, Views): title and button 24, memory 3,000, hint 2,000. */
const windowTitleMax = 24;
const saidMax = 1_500;

/** What only the presser sees; with `message`, the buttons as they are now, to press again. */
export function answerBody(said: string, message: IncidentMessage | null): Json {
  const text = cutAtWord(said, saidMax);
  const elements = message === null ? [] : [...pressButtons(message.actions), ...endings(message.actions)];
  const blocks: SlackBlock[] = [
    { type: "section", text: plainText(text) },
    ...(message?.incident == null || elements.length === 0
      ? []
      : [{ type: "actions" as const, block_id: blockIdOf(message.incident, "again"), elements }]),
  ];
  return {
    response_type: "ephemeral",
    replace_original: false,
    text: escapeSlack(text),
    blocks: JSON.parse(JSON.stringify(blocks)),
  };
}

/** The window that asks why an incident ends, and where it fits, what it came from and what to remember. */
export function reasonWindow(asked: {
  readonly memory: z.infer<typeof windowMemory>;
  readonly title: string;
  readonly said: string | null;
  readonly causes: readonly string[];
  /** What holds the ending up and can be waived; null: nothing does. */
  readonly owed?: string | null;
  /** What no fresh sample shows yet and a person can overrule; null: nothing is missing. */
  readonly missing?: string | null;
  /** Whether the record must say why. */
  readonly whyNeeded?: "needed" | "optional";
}): Json {
  const { memory, title, said, causes, owed = null, missing = null, whyNeeded = "needed" } = asked;
  return {
    type: "modal",
    callback_id: "evenkeel-reason",
    private_metadata: JSON.stringify(memory),
    title: plainText(cutAtWord(title, windowTitleMax)),
    submit: plainText("Record"),
    close: plainText("Cancel"),
    blocks: [
      ...(said === null ? [] : [{ type: "section", text: plainText(cutAtWord(said, saidMax)) }]),
      whyInput(whyNeeded),
      ...(causes.length === 0 ? [] : [causeInput(causes), lessonInput]),
      ...(missing === null
        ? []
        : [boxInput("sample", "The newest sample", missing, { label: overruleLabel, value: "overrule" })]),
      ...(owed === null
        ? []
        : [boxInput("rest", "What went out", owed, { label: waiveLabel, value: "waive" })]),
    ],
  };
}

function whyInput(needed: "needed" | "optional") {
  return {
    type: "input",
    block_id: "why",
    ...(needed === "needed" ? {} : { optional: true }),
    label: plainText("Why, in a few words"),
    element: {
      type: "plain_text_input",
      action_id: "why",
      multiline: true,
      ...(needed === "needed" ? { min_length: 3 } : {}),
      max_length: 2_000,
    },
  };
}

function causeInput(causes: readonly string[]) {
  return {
    type: "input",
    block_id: "cause",
    optional: true,
    label: plainText("What it came from, where that is known"),
    element: {
      type: "static_select",
      action_id: "cause",
      placeholder: plainText("Not known, or not said"),
      options: causes.map((value) => ({ text: plainText(value), value })),
    },
  };
}

const lessonInput = {
  type: "input",
  block_id: "lesson",
  optional: true,
  label: plainText("What to remember"),
  hint: plainText("The next message about the same automation says it. It needs a cause beside it."),
  element: { type: "plain_text_input", action_id: "lesson", multiline: true, max_length: lessonMax },
};

/** One box to tick, with what speaks against it under it. */
function boxInput(id: string, about: string, hint: string, box: { label: string; value: string }) {
  return {
    type: "input",
    block_id: id,
    optional: true,
    label: plainText(about),
    hint: plainText(cutAtWord(hint, saidMax)),
    element: {
      type: "checkboxes",
      action_id: id,
      options: [{ text: plainText(box.label), value: box.value }],
    },
  };
}

/** The window that asks for how long an incident is to be silent. */
export function snoozeWindow(
  memory: z.infer<typeof windowMemory>,
  choices: readonly { readonly value: string; readonly label: string }[],
): Json {
  const length = {
    type: "input",
    block_id: "length",
    label: plainText("For how long"),
    element: {
      type: "static_select",
      action_id: "length",
      placeholder: plainText("Choose"),
      options: choices.map(({ value, label }) => ({ text: plainText(label), value })),
    },
  };
  const why = {
    type: "input",
    block_id: "why",
    optional: true,
    label: plainText("A remark, for the record"),
    element: { type: "plain_text_input", action_id: "why", max_length: 2_000 },
  };
  return {
    type: "modal",
    callback_id: "evenkeel-snooze",
    private_metadata: JSON.stringify(memory),
    title: plainText(`Snooze incident ${memory.incident}`),
    submit: plainText("Snooze"),
    close: plainText("Cancel"),
    blocks: [length, why],
  };
}
