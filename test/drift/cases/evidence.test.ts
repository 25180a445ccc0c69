import { expect, it } from "vitest";
import { evidenceOf, startsOf } from "../../../src/drift/cases/evidence.js";
import { caseModels } from "../../../src/drift/cases/models.js";

const { lnNormal, lnBad } = caseModels(100);

it.each([
  // 0.95 * 30/40 + 0.05 / 11: B(1, 40)/B(1, 30) = 30/40
  { fails: 0, passes: 10, normal: 0.7125 + 0.05 / 11, bad: 2 / 132 },
  // 0.95 * 30/(31*30) * 1 and 0.05 * 1/2; bad: B(3,1)/B(2,1) = 2/3
  { fails: 1, passes: 0, normal: 0.95 / 31 + 0.025, bad: 2 / 3 },
  { fails: 2, passes: 0, normal: (0.95 * 2) / (31 * 32) + 0.05 / 3, bad: 1 / 2 },
])(
  "$fails fails and $passes passes are as likely as worked out by hand",
  ({ fails, passes, normal, bad }) => {
    expect(Math.exp(lnNormal(fails, passes))).toBeCloseTo(normal, 10);
    expect(Math.exp(lnBad(fails, passes))).toBeCloseTo(bad, 10);
  },
);

it("weighs one failing run of one case as worked out by hand", () => {
  const baseline = { hits: 10, n: 10 };
  const history = [{ runId: 1, at: 0, passed: new Map([["a", false]]) }];
  const starts = startsOf([{ case: "a", fingerprint: "", baseline, older: baseline }], history);
  const normalBefore = 0.7125 + 0.05 / 11;
  // B(2, 40)/B(1, 30) = 30/(40*41); B(2, 11) = 1/(11*12)
  const normalAll = (0.95 * 30) / (40 * 41) + 0.05 / (11 * 12);
  const ratio = (normalBefore * (2 / 3)) / normalAll;
  expect(starts[0]?.lnRatios[0]).toBeCloseTo(Math.log(ratio), 10);
  const stories = [0.02, 0.15].map((q) => 1 - q + q * ratio);
  expect(evidenceOf(starts)).toBeCloseTo(((stories[0] ?? 0) + (stories[1] ?? 0)) / 2, 10);
  expect(starts[0]?.turned[0]).toBeCloseTo(
    (0.02 * ratio + 0.15 * ratio) / ((stories[0] ?? 0) + (stories[1] ?? 0)),
    10,
  );
});

it("looks back over twenty starts at most", () => {
  const baseline = { hits: 10, n: 10 };
  const history = Array.from({ length: 30 }, (_, runId) => ({
    runId,
    at: 0,
    passed: new Map([["a", true]]),
  }));
  const starts = startsOf([{ case: "a", fingerprint: "", baseline, older: baseline }], history);
  expect(starts.map(({ at }) => at)).toEqual(Array.from({ length: 20 }, (_, i) => i + 10));
});
