import { z } from "zod";
import { KnownError } from "../../domain/errors.js";
import { skipped } from "../../domain/verdict.js";
import { compilePath, type JsonPath } from "../../text/json-path.js";
import { textOfJson } from "../../text/json-value.js";
import { parseStructured } from "../../text/parse-json.js";
import { pathSetting } from "../../text/setting-types.js";
import { defineCheckType } from "../check-type.js";
import { answersTokens, askJudge, modelSetting } from "../judging/ask-judge.js";
import { canariesSetting, canaryComplaint, plantedFrom } from "../judging/canaries.js";
import {
  checkForm,
  checkTask,
  listed,
  listForm,
  listTask,
  mostClaims,
  tellClaims,
} from "../judging/claims.js";

const builtIn = {
  source:
    "Order 4711: two garden chairs, green, 59.00 EUR each, delivered on 12 May. The customer writes that one chair arrived with a broken leg and asks for a replacement.",
  good: "The customer received two green garden chairs on 12 May. One chair has a broken leg.",
  bad: "The customer received three red garden chairs on 2 June and has already been paid 200 EUR.",
};

const builtInCanaries = {
  good: { output: builtIn.good, input: builtIn.source },
  bad: { output: builtIn.bad, input: builtIn.source },
};

/**
 * The text claims nothing that its source does not bear out: the claims are listed first, then each is checked,
 * after Min and others, "FActScore: Fine-grained Atomic Evaluation of Factual Precision in Long Form Text
 * Generation", 2023 (arXiv 2305.14251). That each quote stands in the source is seen to by code, not by the model.
 */
export const faithfulToSource = defineCheckType({
  type: "faithful-to-source",
  group: "judge",
  says: "claims only what its source says",
  asks: true,
  example: {
    settings: { model: "judge", source: "ticket.body" },
    good: {
      text: "The customer wants to move the delivery to Friday.",
      input: '{"ticket":{"body":"Please bring the sofa on Friday instead of Wednesday."}}',
    },
    bad: {
      text: "The customer cancels the order.",
      input: '{"ticket":{"body":"Please bring the sofa on Friday instead of Wednesday."}}',
    },
    answers: {
      good: [
        { claims: ["The customer wants to move the delivery to Friday."] },
        { k1: { quote: "on Friday instead of Wednesday", finding: "supported" } },
      ],
      bad: [{ claims: ["The customer cancels the order."] }, { k1: { quote: "", finding: "not-in-source" } }],
    },
  },
  settings: z.strictObject({
    model: modelSetting,
    source: pathSetting
      .optional()
      .describe("Where the source stands in the input, by name or JSONPath; default: the whole input"),
    maxUnsupported: z
      .int()
      .min(0)
      .max(mostClaims)
      .default(0)
      .describe("How many claims may be contradicted by the source or missing in it"),
    canaries: canariesSetting
      .optional()
      .describe("Planted answers of your own, where the built-in ones (about garden chairs) do not fit"),
  }),
  planted: ({ canaries }) => plantedFrom(canaries ?? builtInCanaries),
  complaint: ({ canaries }) => (canaries === undefined ? null : canaryComplaint(canaries)),
  prepare: ({ model, source: path, maxUnsupported }) => {
    const sourceIn = path === undefined ? (input: string) => input : sourceAt(compilePath(path));
    return async ({ text, input }, asking) => {
      if (input === null) return skipped("the output has no input to be checked against");
      const source = input === builtIn.source ? input : sourceIn(input);
      const { claims: said } = await askJudge(asking, {
        model,
        task: listTask,
        parts: [{ name: "output", text }],
        form: listForm,
        maxTokens: answersTokens(mostClaims),
      });
      const claims = said.filter((claim) => claim.trim() !== "");
      if (claims.length === 0) return skipped("makes no claim that its source could bear out");
      if (claims.length > mostClaims) throw tooMany(claims.length);
      const findings = await askJudge(asking, {
        model,
        task: checkTask,
        parts: [
          { name: "source", text: source },
          { name: "claims", text: listed(claims) },
        ],
        form: checkForm(claims),
        maxTokens: answersTokens(claims.length),
      });
      return tellClaims(source, claims, findings, maxUnsupported);
    };
  },
});

/** The built-in canaries bring their source as it is; from an input, the path picks it. */
function sourceAt(path: JsonPath): (input: string) => string {
  return (input) => {
    const found = path.select(parseStructured(input) ?? input);
    if (found.length > 0) return found.map(({ value }) => textOfJson(value)).join("\n\n");
    throw new KnownError(
      "no-source",
      `the input has no value at ${path.source}, where the source should stand`,
    );
  };
}

function tooMany(claims: number): KnownError {
  return new KnownError(
    "too-many-claims",
    `the judge lists ${claims} claims, ${mostClaims} are checked at most; judge a shorter part with \`on\``,
  );
}
