/**
 * Presses as Slack sends them, read at the border (docs.slack.dev: block_actions, view_submission payloads).
 * In: what came. Out: what was pressed, by whom, and where an answer goes; null for what is nothing of ours.
 */
import { z } from "zod";
import { parseJson } from "../text/parse-json.js";
import { endingsMenu, testButton } from "./slack-buttons.js";

/** What someone did in Slack. */
export type SlackPress =
  /** Pressed a button or chose an ending of a message. */
  | {
      readonly kind: "pressed";
      readonly incident: number;
      /** True on the message of a group: it is meant for all of it. */
      readonly ofGroup: boolean;
      readonly revision: number;
      readonly event: string;
      readonly user: string;
      readonly answerTo: string | null;
      readonly trigger: string;
    }
  /** Sent the window that asked for a reason. */
  | {
      readonly kind: "explained";
      readonly incident: number;
      readonly revision: number;
      readonly event: string;
      readonly user: string;
      readonly answerTo: string | null;
      readonly why: string;
      readonly cause: string | null;
      /** For how long it is to be silent, where the window asked for that. */
      readonly length: string | null;
      /** True: outputs that are still to check are left as they are. */
      readonly waiveRest: boolean;
      /** True: it is switched back although no fresh sample passes. */
      readonly overrules: boolean;
      /** What to remember the next time; null: nothing was written. */
      readonly lesson: string | null;
    }
  /** Pressed the button of a test message. */
  | { readonly kind: "test"; readonly user: string; readonly answerTo: string | null };

/** Characters of what is to be remembered: as many as by any other way. */
export const lessonMax = 2_000;

const user = z.object({ id: z.string().max(40) });

const blockActions = z.object({
  type: z.literal("block_actions"),
  user,
  trigger_id: z.string().max(500),
  response_url: z.string().max(2_000).optional(),
  actions: z
    .array(
      z.object({
        action_id: z.string(),
        block_id: z.string(),
        selected_option: z.object({ value: z.string() }).optional(),
      }),
    )
    .min(1),
});

/** The boxes that were ticked of a row of them. */
const ticked = z.object({ selected_options: z.array(z.object({ value: z.string() })).nullish() });

const viewSubmission = z.object({
  type: z.literal("view_submission"),
  user,
  view: z.object({
    private_metadata: z.string(),
    state: z.object({
      values: z.object({
        why: z.object({ why: z.object({ value: z.string().nullish() }) }),
        cause: z
          .object({ cause: z.object({ selected_option: z.object({ value: z.string() }).nullish() }) })
          .optional(),
        length: z
          .object({ length: z.object({ selected_option: z.object({ value: z.string() }).nullish() }) })
          .optional(),
        sample: z.object({ sample: ticked }).optional(),
        rest: z.object({ rest: ticked }).optional(),
        lesson: z.object({ lesson: z.object({ value: z.string().nullish() }) }).optional(),
      }),
    }),
  }),
});

/** What a window carries from the press that opened it to its sending. */
export const windowMemory = z.strictObject({
  incident: z.int(),
  revision: z.int(),
  event: z.string(),
  answerTo: z.string().nullable(),
});

/** Reads a payload; null: it is no press of ours, such as the button that only opens the page. */
export function readPress(payload: unknown): SlackPress | null {
  const pressed = blockActions.safeParse(payload);
  if (pressed.success) return readAction(pressed.data);
  const sent = viewSubmission.safeParse(payload);
  if (!sent.success) return null;
  const written = parseJson(sent.data.view.private_metadata);
  // what is no JSON is the window of another program
  const memory = windowMemory.safeParse(written.ok ? written.value : null);
  if (!memory.success) return null;
  const { why, cause, lesson, length, sample, rest } = sent.data.view.state.values;
  const toRemember = (lesson?.lesson.value ?? "").trim();
  return {
    kind: "explained",
    ...memory.data,
    user: sent.data.user.id,
    why: why.why.value ?? "",
    cause: cause?.cause.selected_option?.value ?? null,
    length: length?.length.selected_option?.value ?? null,
    waiveRest: rest?.rest.selected_options?.some(({ value }) => value === "waive") ?? false,
    overrules: sample?.sample.selected_options?.some(({ value }) => value === "overrule") ?? false,
    lesson: toRemember === "" ? null : toRemember,
  };
}

function readAction({
  user: by,
  trigger_id,
  response_url,
  actions,
}: z.infer<typeof blockActions>): SlackPress | null {
  const [action] = actions;
  const answerTo = response_url ?? null;
  if (action?.action_id === testButton) return { kind: "test", user: by.id, answerTo };
  const [, incident, revision, message] =
    /^i(\d{1,15})r(\d{1,9})-([a-z]*)/.exec(action?.block_id ?? "") ?? [];
  if (action === undefined || incident === undefined || revision === undefined) return null;
  const event = action.action_id === endingsMenu ? action.selected_option?.value : action.action_id;
  if (event === undefined) return null;
  return {
    kind: "pressed",
    incident: Number(incident),
    ofGroup: message === "group",
    revision: Number(revision),
    event,
    user: by.id,
    answerTo,
    trigger: trigger_id,
  };
}
