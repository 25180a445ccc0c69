import { expect, it } from "vitest";
import { passShare } from "../../../src/drift/kinds/pass-share.js";
import { tallyOf } from "../../../src/drift/shares/tally.js";

it("counts passes as its hits", () => {
  const seen = tallyOf([true, false, true, "x", 1], passShare.read);
  const [plan] = passShare.plan(seen, null);
  expect(plan).toMatchObject({
    share: { kind: "pass" },
    hitsAre: "passes",
    b: 0.1,
    baseline: { hits: 2, n: 3 },
  });
  expect(passShare.count([{ kind: "pass" }], seen)).toEqual([2]);
});

it.each([
  { floor: null, odds: [1.5, 2.5, 6, 0.5] },
  { floor: 0.9, odds: [1.5, 2.5, 6] },
])("looks for the odds $odds with a floor of $floor, whose weights are one in all", ({ floor, odds }) => {
  const outlook = passShare.plan(new Map(), floor)[0]?.outlook;
  expect(outlook?.odds).toEqual(odds);
  expect(outlook?.weights.reduce((sum, weight) => sum + weight, 0)).toBeCloseTo(1, 12);
});
