import { describe, expect, it } from "vitest";
import { outputsToNotice } from "../../src/drift/outputs-to-notice.js";

describe("how many outputs pass until a fall shows", () => {
  // measured by simulation with 20 outputs a run, a baseline of 100 and an alarm level of 1,000 (DETECTION 1.9)
  it.each([
    [0.95, 0.85, 132],
    [0.84, 0.51, 37],
    [0.99, 0.95, 326],
    [0.8, 0.7, 564],
    [0.95, 0.9, 872],
  ])("is about what was measured for %s to %s", (before, after, measured) => {
    const outputs = outputsToNotice({ before, after }, 1_000);
    expect(outputs / measured).toBeGreaterThan(0.6);
    expect(outputs / measured).toBeLessThan(1.6);
  });

  it("has no end where nothing has changed, and an end where a share was always true", () => {
    expect(outputsToNotice({ before: 0.9, after: 0.9 }, 1_000)).toBe(Number.POSITIVE_INFINITY);
    expect(Number.isFinite(outputsToNotice({ before: 1, after: 0.9 }, 1_000))).toBe(true);
  });
});
