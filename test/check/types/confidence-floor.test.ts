import { describe, expect, it } from "vitest";
import { judge } from "../judge.js";

const at = (confidence: unknown) => JSON.stringify({ confidence });
const declared = { type: "confidence-floor", on: "confidence", min: 0.8 };

describe("confidence-floor", () => {
  it.each([
    ["a share", {}, 0.8],
    ["certainty", {}, 1],
    ["a percentage", {}, 93],
    ["a percentage as text", {}, "93 %"],
    ["a share as text", {}, "0.93"],
    ["a percentage of a half", { scale: "percent", min: 0.005 }, 0.5],
    ["a logarithm", { scale: "logprob" }, -0.1],
    ["a word", { words: { High: 0.9, low: 0.3 } }, "high "],
  ])("passes %s", async (_name, settings, confidence) => {
    expect(await judge({ ...declared, ...settings }, at(confidence))).toEqual({ status: "pass" });
  });

  it.each([
    ["a low share", {}, 0.79, "is 0.79 (79%), expected a confidence of at least 80%"],
    ["one that misses by a hair", {}, 0.79999, "is 0.79999 (79.9%), expected a confidence of at least 80%"],
    ["a low percentage", {}, "41%", 'is "41%" (41%), expected a confidence of at least 80%'],
    ["1 in percent", { scale: "percent" }, 1, "is 1 (1%), expected a confidence of at least 80%"],
    ["a low word", { words: { low: 0.3 } }, "Low", 'is "Low" (30%), expected a confidence of at least 80%'],
    ["a logarithm", { scale: "logprob" }, -2, "is -2 (13.5%), expected a confidence of at least 80%"],
    ["too much", {}, 140, "is 140, which is no confidence from 0 to 1 or in percent"],
    ["93 as a share", { scale: "share" }, 93, "is 93, which is no confidence from 0 to 1"],
    ["less than nothing", {}, -0.2, "is -0.2, which is no confidence from 0 to 1 or in percent"],
    ["an unknown word", {}, "high", 'is "high", which is no confidence from 0 to 1 or in percent'],
    ["null", {}, null, "is null, which is no confidence from 0 to 1 or in percent"],
  ])("fails %s", async (_name, settings, confidence, reason) => {
    expect(await judge({ ...declared, ...settings }, at(confidence))).toMatchObject({
      status: "fail",
      reason: `$.confidence ${reason}`,
    });
  });

  it("names the item of a list that is unsure", async () => {
    const text = '{"lines":[{"confidence":0.99},{"confidence":0.2}]}';
    expect(await judge({ ...declared, on: "lines[*].confidence" }, text)).toMatchObject({
      reason: "$.lines[1].confidence is 0.2 (20%), expected a confidence of at least 80%",
    });
  });

  it("fails where no confidence is stated", async () => {
    expect(await judge(declared, '{"category":"billing"}')).toMatchObject({
      reason: 'no value at $.confidence; the output has "category"',
    });
  });
});
