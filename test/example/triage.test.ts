import { describe, expect, it } from "vitest";
import type { Output } from "../../src/domain/output.js";
import { halves, shareGreater, shareOf, standardErrorsApart } from "./halves.js";
import { field } from "./history.js";
import { before, categories, inCategory, since, triage } from "./triage-change.js";

const DAY_MS = 86_400_000;

describe("support triage", () => {
  it("moves to a newer model two days before its end", () => {
    expect(before.length + since.length).toBe(triage.outputs.length);
    const moved = since[0]?.at ?? 0;
    expect(Math.max(...before.map(({ at }) => at))).toBeLessThan(moved);
    expect(((triage.outputs.at(-1)?.at ?? 0) - moved) / DAY_MS).toBeCloseTo(2, 0);
    expect(since.length).toBeGreaterThan(80);
  });

  it.each(categories)("has its natural share of %s before that", (category) => {
    const share = shareOf(before, inCategory(category));
    expect(share.hits / share.n).toBeGreaterThan(0.07);
    expect(share.hits / share.n).toBeLessThan(0.27);
    const [earlier, later] = halves(before);
    expect(
      standardErrorsApart(shareOf(earlier, inCategory(category)), shareOf(later, inCategory(category))),
    ).toBeLessThan(2.5);
  });

  it("puts two of three messages into one category since then", () => {
    const general = (list: readonly Output[]) => shareOf(list, inCategory("general")).hits / list.length;
    expect(general(before)).toBeCloseTo(0.15, 1);
    expect(general(since)).toBeGreaterThan(0.6);
    expect(general(since)).toBeLessThan(0.75);
  });

  it("shows no other sign of it: every answer stays valid, and as fast, cheap, long and sure as before", () => {
    expect(since.filter(({ fields }) => fields === undefined)).toEqual([]);
    expect(since.filter(({ error }) => error !== null)).toEqual([]);
    expect(since.filter((output) => !categories.includes(String(field(output, "category"))))).toEqual([]);
    const alike = (read: (output: Output) => number) => shareGreater(before.map(read), since.map(read));
    const numbers = [
      alike(({ latencyMs }) => latencyMs ?? 0),
      alike(({ costMicros }) => costMicros ?? 0),
      alike((output) => String(field(output, "summary")).length),
      alike((output) => Number(field(output, "confidence"))),
    ];
    for (const share of numbers) expect(Math.abs(share - 0.5)).toBeLessThan(0.08);
    for (const urgency of ["low", "normal", "high", "urgent"]) {
      const holds = (output: Output) => field(output, "urgency") === urgency;
      expect(standardErrorsApart(shareOf(before, holds), shareOf(since, holds))).toBeLessThan(2.5);
    }
  });
});
