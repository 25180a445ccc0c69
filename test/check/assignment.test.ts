import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { bestAssignment } from "../../src/check/assignment.js";

const seed = 20_261_102;

/** The greatest sum over every way to pair rows with columns. */
function byTrying(gains: readonly (readonly number[])[], taken: ReadonlySet<number> = new Set()): number {
  const [row, ...rest] = gains;
  if (row === undefined) return 0;
  const leftOut = rest.length + 1 + taken.size > row.length ? [byTrying(rest, taken)] : [];
  const paired = row.flatMap((gain, column) =>
    taken.has(column) ? [] : [gain + byTrying(rest, new Set([...taken, column]))],
  );
  return Math.max(...leftOut, ...paired);
}

describe("bestAssignment", () => {
  it.each([
    ["nothing", [], []],
    ["no columns", [[], []], [null, null]],
    ["one each", [[1]], [0]],
    // the best pair first would give 9 + 1; the best sum is 8 + 8
    [
      "no greedy choice",
      [
        [9, 8],
        [8, 1],
      ],
      [1, 0],
    ],
    ["more rows than columns", [[1], [5], [3]], [null, 0, null]],
    ["more columns than rows", [[1, 7, 3]], [1]],
  ])("pairs %s", (_name, gains, assigned) => {
    expect(bestAssignment(gains)).toEqual(assigned);
  });

  it("has the greatest sum of all pairings, each row and column once", () => {
    const matrix = fc
      .tuple(fc.integer({ min: 1, max: 6 }), fc.integer({ min: 1, max: 6 }))
      .chain(([rows, columns]) =>
        fc.array(fc.array(fc.nat(20), { minLength: columns, maxLength: columns }), {
          minLength: rows,
          maxLength: rows,
        }),
      );
    fc.assert(
      fc.property(matrix, (gains) => {
        const assigned = bestAssignment(gains);
        const used = assigned.filter((column) => column !== null);
        expect(new Set(used).size).toBe(used.length);
        expect(used).toHaveLength(Math.min(gains.length, gains[0]?.length ?? 0));
        const sum = assigned.reduce<number>(
          (all, column, row) => all + (column === null ? 0 : (gains[row]?.[column] ?? 0)),
          0,
        );
        expect(sum).toBe(byTrying(gains));
      }),
      { seed, numRuns: 400 },
    );
  });

  it("is quick for 500 by 500", () => {
    const gains = Array.from({ length: 500 }, (_, row) =>
      Array.from({ length: 500 }, (_, column) => ((row * 7_919 + column * 104_729) % 1_009) / 1_009),
    );
    const before = performance.now();
    bestAssignment(gains);
    expect(performance.now() - before).toBeLessThan(3_000);
  });
});
