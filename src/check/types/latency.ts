import { z } from "zod";
import { fail, pass, skipped } from "../../domain/verdict.js";
import { defineCheckType } from "../check-type.js";

/** The answer came in time. */
export const latency = defineCheckType({
  type: "latency",
  group: "operation",
  says: "comes in time",
  example: {
    settings: { maxMs: 8000 },
    good: { text: "Done.", latencyMs: 2100 },
    bad: { text: "Done.", latencyMs: 31_000 },
  },
  settings: z.strictObject({
    maxMs: z.number().positive().describe("Longest time, in milliseconds"),
  }),
  prepare:
    ({ maxMs }) =>
    ({ latencyMs }) => {
      if (latencyMs === null) return skipped("the source reports no latency");
      return latencyMs > maxMs
        ? fail(`took ${latencyMs} ms, expected at most ${maxMs} ms`)
        : pass({ reason: `took ${latencyMs} ms, expected more than ${maxMs} ms` });
    },
});
