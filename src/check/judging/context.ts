import { z } from "zod";
import { textOfJson } from "../../text/json-value.js";
import type { Subject } from "../check-type.js";
import type { Part } from "./fence.js";

const contexts = ["input", "reference", "segment"] as const;

/** What a judge may see of an output beside its text. */
export type Context = (typeof contexts)[number];

/** What a judge sees beside the text it judges. */
export const showSetting = z
  .array(z.enum(contexts))
  .max(contexts.length)
  .default(["input"])
  .describe("What the judge sees beside the output, where there is one: `input`, `reference`, `segment`");

/** The shown context of a subject; what it does not have is left out. */
export function contextParts(subject: Subject, show: readonly Context[]): readonly Part[] {
  return contexts.flatMap((name) => {
    const value = subject[name];
    return value === null || !show.includes(name) ? [] : [{ name, text: textOfJson(value) }];
  });
}
