import { describe, expect, it } from "vitest";
import { z } from "zod";
import type { ExampleOutput } from "../../src/check/check-type.js";
import { checkTypes } from "../../src/check/registry.js";
import type { Asking } from "../../src/domain/asking.js";
import type { Json } from "../../src/domain/json.js";
import { anOutput, judge, theseFiles } from "./judge.js";

const outputOf = (example: ExampleOutput) =>
  typeof example === "string" ? anOutput(example) : anOutput(example.text, example);

/** Someone outside who says one thing after the other. */
function saying(answers: readonly Json[] = []): Asking {
  const left = [...answers];
  const next = () => {
    const answer = left.shift();
    if (answer === undefined) throw new Error("the example has no further answer");
    return answer;
  };
  return {
    ask: async () => ({ value: next(), answeredBy: "example" }),
    embed: async () => z.array(z.array(z.number())).parse(next()),
    post: async () => next(),
  };
}

describe("the example of each check type", () => {
  it.each([...checkTypes.values()])(
    "$type passes its good output and fails its bad one",
    async (checkType) => {
      const { example, type } = checkType;
      const ports = theseFiles(example.files ?? {});
      const declared = { type, ...example.settings };
      const good = await judge(declared, outputOf(example.good), ports, saying(example.answers?.good));
      const bad = await judge(declared, outputOf(example.bad), ports, saying(example.answers?.bad));
      expect(good).toMatchObject({ status: "pass" });
      expect(bad).toMatchObject({ status: "fail", reason: expect.stringMatching(/\S{2,}.*\s/) });
    },
  );
});
