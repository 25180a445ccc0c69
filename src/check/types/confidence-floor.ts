import { z } from "zod";
import type { Json } from "../../domain/json.js";
import { fail, pass } from "../../domain/verdict.js";
import { thousandthsOf } from "../../measure/rounding.js";
import { quoted } from "../../text/shown.js";
import { defineCheckType } from "../check-type.js";
import { numberIn } from "../numbers.js";
import { seenIn } from "../subject.js";

/**
 * The confidence that the automation states is high enough; `on` says where it stands. What a model says of
 * itself is seldom calibrated (Guo and others, On Calibration of Modern Neural Networks, 2017): a floor catches
 * a change, it does not measure how often the answer is right.
 */
export const confidenceFloor = defineCheckType({
  type: "confidence-floor",
  group: "numbers",
  says: "is confident enough",
  example: {
    settings: { on: "confidence", min: 0.7 },
    good: '{"category":"billing","confidence":0.93}',
    bad: '{"category":"billing","confidence":"41 %"}',
  },
  settings: z.strictObject({
    min: z.number().min(0).max(1).describe("Least confidence as a share: 0.8 for 80%"),
    scale: z
      .enum(["auto", "share", "percent", "logprob"])
      .default("auto")
      .describe(
        "How it is written: `share` 0 to 1, `percent` 0 to 100, `logprob` a natural logarithm; `auto`: a percent sign or a number above 1 is a percentage, anything up to 1 a share, so 1 means certain",
      ),
    words: z
      .record(z.string().min(1), z.number().min(0).max(1))
      .default({})
      .describe('What words stand for, in any case, such as { "high": 0.9, "low": 0.3 }'),
  }),
  prepare: ({ min, scale, words }) => {
    const meanings = new Map(Object.entries(words).map(([word, share]) => [plainWord(word), share]));
    return (subject) => {
      const seen = seenIn(subject);
      const share = typeof seen === "string" ? meanings.get(plainWord(seen)) : undefined;
      const confidence = share ?? shareOf(seen, scale);
      if (confidence === null) {
        return fail(`is ${quoted(seen)}, which is no confidence ${scales[scale]}`);
      }
      const said = `is ${quoted(seen)} (${percent(confidence)})`;
      return confidence < min
        ? fail(`${said}, expected a confidence of at least ${percent(min)}`)
        : pass({ reason: `${said}, expected a confidence under ${percent(min)}` });
    };
  },
});

const scales = {
  auto: "from 0 to 1 or in percent",
  share: "from 0 to 1",
  percent: "from 0 to 100%",
  logprob: "as a logarithm of 0 or less",
};

function shareOf(seen: Json, scale: keyof typeof scales): number | null {
  const marked = typeof seen === "string" && seen.trim().endsWith("%");
  const number = numberIn(marked ? seen.trim().slice(0, -1) : seen);
  if (number === null) return null;
  if (scale === "logprob") return marked || number > 0 ? null : Math.exp(number);
  const hundredths = marked || scale === "percent" || (scale === "auto" && number > 1);
  const share = hundredths ? number / 100 : number;
  return share >= 0 && share <= 1 ? share : null;
}

function plainWord(word: string): string {
  return word.normalize("NFC").trim().toLowerCase();
}

function percent(share: number): string {
  return `${thousandthsOf(share) / 10}%`;
}
