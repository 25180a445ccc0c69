import { z } from "zod";

const text = z.string();
const texts = z.array(text);
const textOrNull = text.nullable();

/** A digest inside a stored message, read back. */
export const storedDigest = z.object({
  subject: text,
  headline: text,
  intro: texts,
  judging: z.array(
    z.object({
      title: text,
      question: text,
      outputs: z.array(
        z.object({
          spotCheck: z.number(),
          label: text,
          input: textOrNull,
          text,
          link: textOrNull,
        }),
      ),
    }),
  ),
  lines: z.array(
    z.object({
      title: text,
      state: text,
      mark: text,
      tone: z.enum(["bad", "unknown", "watch", "good"]),
      reason: text,
      quality: textOrNull,
      trend: z.object({ share: z.number(), words: text }).nullable(),
      url: textOrNull,
    }),
  ),
  moreLines: textOrNull,
  sections: z.array(z.object({ title: text, lines: texts, more: textOrNull })),
  close: text,
  url: textOrNull,
  stopUrl: textOrNull,
});
