import { describe, expect, it } from "vitest";
import { fallsShort, passesGate } from "../../../src/drift/shares/effect-gate.js";

describe("passesGate", () => {
  it.each([
    { what: "3 points and 2 outputs", before: [95, 100], since: [80, 100], passes: true },
    { what: "under 3 points", before: [9_500, 10_000], since: [930, 1_000], passes: false },
    { what: "under 2 outputs", before: [100, 100], since: [9, 10], passes: false },
    { what: "a share that was never true and is not", before: [0, 100], since: [0, 500], passes: false },
    { what: "a rise", before: [50, 100], since: [70, 100], passes: true },
    { what: "nothing since", before: [50, 100], since: [0, 0], passes: false },
  ])("says $passes for $what", ({ before, since, passes }) => {
    const [a = 0, m = 0] = before;
    const [b = 0, n = 0] = since;
    expect(passesGate({ hits: a, n: m }, { hits: b, n }, 0.03)).toBe(passes);
  });

  it("takes the size of the owner", () => {
    expect(passesGate({ hits: 95, n: 100 }, { hits: 85, n: 100 }, 0.2)).toBe(false);
  });
});

describe("fallsShort", () => {
  it.each([
    { hits: 87, n: 100, short: true },
    { hits: 89, n: 100, short: false },
    { hits: 100, n: 100, short: false },
    { hits: 0, n: 2, short: false },
  ])("says $short for $hits of $n at a floor of 0.9", ({ hits, n, short }) => {
    expect(fallsShort(0.9, { hits, n })).toBe(short);
  });
});
