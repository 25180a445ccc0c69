import { describe, expect, it } from "vitest";
import type { Truth } from "../../src/domain/judgement.js";
import { estimateQuality } from "../../src/review/estimate-quality.js";

const picks = (truths: readonly Truth[], inclusion = 0.01) => truths.map((truth) => ({ truth, inclusion }));
const repeat = (truth: Truth, times: number) => Array.from({ length: times }, () => truth);

describe("the estimate of true quality", () => {
  it("of equal picks is their share with Wilson's interval", () => {
    // 9 of 10: Wilson 0.5958 to 0.9821 (Newcombe, 1998, method 3)
    const quality = estimateQuality(picks([...repeat("right", 9), "wrong"]));
    expect(quality?.share).toBeCloseTo(0.9, 10);
    expect(quality?.interval.low).toBeCloseTo(0.5958, 3);
    expect(quality?.interval.high).toBeCloseTo(0.9821, 3);
    expect(quality?.judged).toBe(10);
  });

  it("gives a pick the weight of the outputs it stands for", () => {
    // one right pick of 100 outputs, one wrong of 300: 100 of 400; n = 400² / (100² + 300²) = 1.6
    const quality = estimateQuality([
      { truth: "right", inclusion: 1 / 100 },
      { truth: "wrong", inclusion: 1 / 300 },
    ]);
    expect(quality?.share).toBeCloseTo(0.25, 10);
    expect(quality?.interval.high).toBeGreaterThan(0.8);
  });

  it("counts neither what people disagree on nor what nobody could tell, and says how many", () => {
    const quality = estimateQuality(picks(["right", "disagreed", "open", "open"]));
    expect(quality).toMatchObject({ share: 1, judged: 1, disagreed: 1, open: 2 });
  });

  it.each([[[]], [["open" as const]], [["disagreed" as const]]])("is nothing of %j", (truths) => {
    expect(estimateQuality(picks(truths))).toBeNull();
  });
});
