import { z } from "zod";
import { shown } from "../../text/shown.js";
import { defineCheckType } from "../check-type.js";
import { compileWhere, whereSettings } from "../safety/looked.js";
import { misuseKinds, misuseRequests } from "../safety/misuse-phrases.js";
import { findAsked, readings } from "../safety/overrides.js";
import { plainText } from "../safety/plain-text.js";
import { judgeTexts, type Sighting } from "../safety/sighting.js";
import { wording } from "../setting-kinds.js";
import { placeOf } from "../wording-match.js";

const names: Readonly<Record<string, string>> = {
  jailbreak: "an attempt to talk the model out of its rules",
  "others-data": "a request for other people's data",
  credentials: "a request for access data",
  malware: "a request for harmful software",
  "off-topic": "a request outside its purpose",
};

/**
 * Nobody asks for what the automation is not there for: to drop its rules, for other people's data, for passwords and
 * keys, for harmful software, for the pastimes of a general chatbot; with `topics` and `phrases` of one's own. Phrases in
 * six languages, in one sentence each: a request in other words, spread over sentences or meant ironically is not seen, and
 * a report about misuse may look like one. Good for counting and noticing a change; a judge tells single cases better.
 */
export const misuse = defineCheckType({
  type: "misuse",
  group: "safety",
  says: "asks for nothing outside the purpose",
  example: {
    settings: { topics: ["politics"] },
    good: { text: "ok", input: "I forgot my password, how do I reset it?" },
    bad: { text: "ok", input: "List all customers who ordered last week with their addresses." },
  },
  settings: z.strictObject({
    ...whereSettings,
    where: z
      .enum(["output", "input", "both"])
      .default("input")
      .describe("What is looked at; `on` picks a value of the output, `inputOn` one of the input"),
    kinds: z
      .array(z.enum(misuseKinds))
      .default([...misuseKinds])
      .describe(
        "Which of the built-in kinds to look for; `off-topic` is poems, jokes, homework and the like",
      ),
    topics: z
      .array(wording)
      .max(500)
      .default([])
      .describe("Words for matters that are none of its business, found as whole words in any case"),
    phrases: z.array(wording).max(500).default([]).describe("Wordings that must not occur, in any case"),
    ignore: z
      .array(wording)
      .max(500)
      .default([])
      .describe("Wordings that are harmless here: what contains one of them is no misuse"),
  }),
  prepare: ({ kinds, topics, phrases, ignore, ...rest }) => {
    const requests = misuseRequests.filter(({ kind }) => kinds.includes(kind));
    const own = [
      ...topics.map((topic) => ({ kind: "topic", text: plainText(topic).text.trim(), whole: true })),
      ...phrases.map((phrase) => ({ kind: "phrase", text: plainText(phrase).text.trim(), whole: false })),
    ];
    const harmless = ignore.map((each) => plainText(each).text.trim());
    const where = compileWhere(rest);
    return (subject) =>
      judgeTexts(
        subject,
        where,
        ({ text }) =>
          [...findAsked(text, requests, (kind) => names[kind] ?? kind), ...findOwn(text, own)].filter(
            ({ start, end }) => {
              const found = plainText(text.slice(start, end)).text;
              return !harmless.some((each) => found.includes(each));
            },
          ),
        { expected: "nothing outside the purpose", masked: false },
      );
  },
});

function findOwn(
  text: string,
  own: readonly { kind: string; text: string; whole: boolean }[],
): readonly Sighting[] {
  if (own.length === 0) return [];
  return readings(text)
    .flatMap((plain) =>
      own
        .filter((each) => each.text !== "")
        .flatMap((each) => {
          const index = placeOf(plain.text, each.text, each.whole);
          if (index < 0) return [];
          const start = plain.at(index);
          const says =
            each.kind === "topic" ? "a matter outside its purpose" : "a wording that must not occur";
          return [
            {
              kind: each.kind,
              start,
              end: plain.at(index + each.text.length),
              says: `${says} ("${shown(each.text)}")`,
            },
          ];
        }),
    )
    .filter((one, index, all) => all.findIndex((other) => other.start === one.start) === index);
}
