import { z } from "zod";
import { dollarsOf } from "../../domain/money.js";
import { fail, pass, skipped } from "../../domain/verdict.js";
import { defineCheckType } from "../check-type.js";

/** The output did not cost too much. */
export const cost = defineCheckType({
  type: "cost",
  group: "operation",
  says: "costs no more than it may",
  example: {
    settings: { maxUsd: 0.05 },
    good: { text: "A short answer.", costMicros: 12_000 },
    bad: { text: "A long answer.", costMicros: 90_000 },
  },
  settings: z.strictObject({
    maxUsd: z.number().positive().describe("Highest cost of one output, in US dollars"),
  }),
  prepare:
    ({ maxUsd }) =>
    ({ costMicros }) => {
      if (costMicros === null) return skipped("the source reports no cost");
      const usd = dollarsOf(costMicros);
      return usd > maxUsd
        ? fail(`cost ${usd} USD, expected at most ${maxUsd} USD`)
        : pass({ reason: `cost ${usd} USD, expected more than ${maxUsd} USD` });
    },
});
