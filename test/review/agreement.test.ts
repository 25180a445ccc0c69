import { expect, it } from "vitest";
import { agreementOf } from "../../src/review/agreement.js";

it("is precision, recall and kappa of the four counts", () => {
  // kappa by hand: po = 0.7, pe = 0.5 · 0.6 + 0.5 · 0.4 = 0.5, (0.7 - 0.5) / 0.5 = 0.4
  const agreement = agreementOf({ failWrong: 20, failRight: 5, passWrong: 10, passRight: 15 });
  expect(agreement.kappa?.value).toBeCloseTo(0.4, 10);
  // Wilson of 35 of 50 is 0.5625 to 0.8090; (each - 0.5) / 0.5
  expect(agreement.kappa?.interval.low).toBeCloseTo(0.125, 3);
  expect(agreement.kappa?.interval.high).toBeCloseTo(0.618, 3);
  expect(agreement.precision).toMatchObject({ hits: 20, n: 25, share: 0.8 });
  expect(agreement.recall).toMatchObject({ hits: 20, n: 30 });
  // Wilson of 20 of 25
  expect(agreement.precision?.interval.low).toBeCloseTo(0.6087, 3);
  expect(agreement.judged).toBe(50);
});

it.each([
  ["nothing was judged", { failWrong: 0, failRight: 0, passWrong: 0, passRight: 0 }, null],
  ["both always say the same", { failWrong: 0, failRight: 0, passWrong: 0, passRight: 9 }, null],
  ["they always contradict each other", { failWrong: 0, failRight: 5, passWrong: 5, passRight: 0 }, -1],
])("has a kappa only where chance leaves something to say: %s", (_, counts, kappa) => {
  expect(agreementOf(counts).kappa?.value ?? null).toBe(kappa);
});

it("says nothing of precision where nothing failed, nor of recall where nothing is wrong", () => {
  const agreement = agreementOf({ failWrong: 0, failRight: 0, passWrong: 0, passRight: 9 });
  expect(agreement).toMatchObject({ precision: null, recall: null });
});
