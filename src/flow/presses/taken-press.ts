import type { Json } from "../../domain/json.js";
import type { FollowUp } from "../../notify/interaction.js";
import { answerBody } from "../../notify/slack-answers.js";

/** How a press is answered. */
export interface Taken {
  /** The body of the answer that is due at once. */
  readonly answer: Json;
  readonly followUp: FollowUp | null;
  /** True when something was moved that messages may be owed for. */
  readonly done: boolean;
}

/** A press that changes nothing and needs no answer. */
export const nothingTaken: Taken = { answer: {}, followUp: null, done: false };

/** Says something to the presser alone; null: there is no way to. */
export function sayTo(
  url: string | null,
  said: string,
  message: Parameters<typeof answerBody>[1],
): FollowUp | null {
  return url === null ? null : { do: "say", url, body: answerBody(said, message) };
}
