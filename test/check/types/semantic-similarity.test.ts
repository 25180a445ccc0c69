import { describe, expect, it } from "vitest";
import { prepareCheck } from "../../../src/check/prepare.js";
import { checkSettings } from "../../../src/check/settings.js";
import type { Asking } from "../../../src/domain/asking.js";
import { KnownError } from "../../../src/domain/errors.js";
import { anOutput, faultsOf, judge, noFiles } from "../judge.js";
import { scripted } from "../scripted-asking.js";

const declared = { type: "semantic-similarity", model: "embeddings" };
const output = anOutput("It comes on Friday.", { reference: "Delivery is on Friday." });

/** Vectors as they come, also those that JSON cannot carry. */
const embedding = (vectors: readonly (readonly number[])[]): Asking => ({
  ...scripted(),
  embed: async () => vectors,
});

describe("semantic-similarity", () => {
  it("embeds the text and the known answer together, and compares their directions", async () => {
    const asking = scripted([
      [1, 0],
      [2, 2],
    ]);
    const verdict = await judge({ ...declared, min: 0.7 }, output, noFiles, asking);
    expect(verdict).toMatchObject({ status: "pass", score: expect.closeTo(Math.SQRT1_2, 9) });
    expect(asking.embedded).toEqual([
      { model: "embeddings", texts: ["It comes on Friday.", "Delivery is on Friday."] },
    ]);
  });

  it("says how far it is", async () => {
    expect(
      await judge(
        declared,
        output,
        noFiles,
        scripted([
          [1, 0],
          [2, 2],
        ]),
      ),
    ).toMatchObject({
      status: "fail",
      reason: 'is 0.707 like "Delivery is on Friday." in meaning, expected at least 0.75',
    });
    const turned = { ...declared, not: true, min: 0.5 };
    expect(
      await judge(
        turned,
        output,
        noFiles,
        scripted([
          [1, 0],
          [2, 2],
        ]),
      ),
    ).toMatchObject({
      status: "fail",
      reason: 'is 0.707 like "Delivery is on Friday." in meaning, expected less than 0.5',
    });
  });

  it("compares with one answer for all, skips without any, and asks nothing about no text", async () => {
    const asking = scripted([
      [1, 0],
      [1, 0],
    ]);
    expect(
      await judge({ ...declared, expected: { day: "Friday" } }, "Friday", noFiles, asking),
    ).toMatchObject({
      status: "pass",
    });
    expect(asking.embedded[0]?.texts).toEqual(["Friday", '{"day":"Friday"}']);
    expect(await judge(declared, "x", noFiles, scripted())).toMatchObject({ status: "skipped" });
    expect(await judge({ ...declared, expected: "Friday" }, " ", noFiles, scripted())).toMatchObject({
      status: "fail",
      reason: 'is empty, expected something like "Friday"',
    });
  });

  it.each<[string, number[][], string]>([
    [
      "different length",
      [
        [1, 0],
        [1, 0, 0],
      ],
      "gave vectors of 2 and 3 numbers",
    ],
    ["one vector", [[1, 0]], "gave 1 vectors for 2 texts"],
    ["empty vectors", [[], []], "gave an empty vector"],
    [
      "a vector of zeros",
      [
        [1, 0],
        [0, 0],
      ],
      "gave a vector of zeros",
    ],
    [
      "no number",
      [
        [Number.NaN, 0],
        [1, 0],
      ],
      "gave a vector with a value that is no number",
    ],
    [
      "infinity",
      [
        [1, 0],
        [1, Number.POSITIVE_INFINITY],
      ],
      "gave a vector with a value that is no number",
    ],
  ])("could not tell from %s", async (_name, vectors, reason) => {
    expect(await judge(declared, output, noFiles, embedding(vectors))).toEqual({
      status: "error",
      reason: `could not tell: the embedding model ${reason}`,
    });
  });

  it("could not tell when the length changes under it, or is not the one that was stated", async () => {
    const check = await prepareCheck(checkSettings.parse({ id: "a", ...declared }), noFiles);
    const asking = scripted(
      [
        [1, 0],
        [1, 0],
      ],
      [
        [1, 0, 0],
        [1, 0, 0],
      ],
      [
        [1, 0],
        [1, 0],
      ],
    );
    const statuses = [];
    for (const _ of [1, 2, 3]) statuses.push((await check.judge(output, asking)).status);
    expect(statuses).toEqual(["pass", "error", "pass"]);
    expect(
      await check.judge(
        output,
        scripted([
          [1, 0, 0],
          [1, 0, 0],
        ]),
      ),
    ).toMatchObject({
      status: "error",
      reason:
        'could not tell: the embedding model gave vectors of 3 numbers, expected 2 as in its first answer since the start: it is another model now; find `min` anew and write "dimensions": 3',
    });
    const stated = { ...declared, dimensions: 3 };
    expect(
      await judge(
        stated,
        output,
        noFiles,
        scripted([
          [1, 0],
          [1, 0],
        ]),
      ),
    ).toMatchObject({
      status: "error",
      reason:
        'could not tell: the embedding model gave vectors of 2 numbers, expected 3 as `dimensions` says: it is another model now; find `min` anew and write "dimensions": 2',
    });
  });

  it("skips over the spend cap, and could not tell when nobody answers", async () => {
    const asking = scripted(new KnownError("spend-cap", "spent"), new KnownError("model-down", "503"));
    expect(await judge(declared, output, noFiles, asking)).toEqual({ status: "skipped", reason: "spent" });
    expect(await judge(declared, output, noFiles, asking)).toMatchObject({ status: "error" });
  });

  it("may not page", async () => {
    expect(faultsOf({ id: "a", ...declared, level: "page" })).toEqual([
      'level: "page": a semantic-similarity check is too weak a sign to wake someone; leave it out or write "digest", and let another check page',
    ]);
    for (const [level, effective] of [
      [undefined, "digest"],
      ["digest", "digest"],
      ["record", "record"],
    ]) {
      const check = await prepareCheck(checkSettings.parse({ id: "a", ...declared, level }), noFiles);
      expect(check.level).toBe(effective);
    }
  });
});
