import { describe, expect, it } from "vitest";
import { noDetails, type Output } from "../../src/domain/output.js";
import { prepareDraw } from "../../src/sample/draw.js";
import { sampleSettings } from "../../src/sample/settings.js";
import { prepareStrata } from "../../src/sample/strata.js";

function output(index: number, changes: Partial<Output> = {}): Output {
  return {
    id: `o${String(index)}`,
    at: Date.UTC(2026, 2, 1) + index,
    text: "x",
    fields: undefined,
    ...noDetails,
    segment: index % 50 === 0 ? "CH" : "DE",
    ...changes,
  };
}

const outputs = Array.from({ length: 1_000 }, (_, index) => output(index));

/** What a sample with these settings draws. */
function drawnFrom(
  settings: Parameters<typeof sampleSettings.parse>[0],
  of: readonly Output[],
  salt: string,
) {
  const sample = sampleSettings.parse(settings);
  const strataOf = prepareStrata(sample.strata);
  const candidates = of.map((each) => ({ id: each.id, strata: strataOf(each) }));
  return prepareDraw(sample)(candidates, salt);
}

const idsOf = (size: number | "all", of: readonly Output[] = outputs, salt = "triage"): string[] =>
  drawnFrom({ size }, of, salt).map((drawn) => drawn.id);

describe("the draw", () => {
  it("takes as many as asked, or all there are", () => {
    expect(idsOf(20)).toHaveLength(20);
    expect(idsOf(5_000)).toHaveLength(1_000);
    expect(idsOf("all")).toEqual(outputs.map((each) => each.id));
    expect(idsOf(20, [])).toEqual([]);
  });

  it("is the same again, whatever the order, and another for another salt", () => {
    expect(idsOf(20, [...outputs].reverse()).sort()).toEqual(idsOf(20).sort());
    expect(idsOf(20, outputs, "invoices")).not.toEqual(idsOf(20));
  });

  it("is nested: the small sample lies inside the large one", () => {
    const large = new Set(idsOf(250));
    expect(idsOf(100).every((id) => large.has(id))).toBe(true);
  });

  it("keeps to the order of the outputs and says how likely each was", () => {
    const drawn = drawnFrom({ size: 250 }, outputs, "triage");
    const places = drawn.map(({ id }) => Number(id.slice(1)));
    expect(places).toEqual([...places].sort((a, b) => a - b));
    expect(drawn.every((each) => each.drawn && each.inclusion === 0.25 && each.stratum === null)).toBe(true);
  });

  it("is uniform over segments, within chance", () => {
    const drawn = new Set(idsOf(500));
    const share = outputs.filter((each) => Number(each.id.slice(1)) < 500 && drawn.has(each.id)).length / 500;
    expect(share).toBeGreaterThan(0.43);
    expect(share).toBeLessThan(0.57);
  });
});

describe("strata", () => {
  const strata = [{ name: "Switzerland", where: "@.segment == 'CH'", atLeast: 5 }];

  it("add what the draw left short, marked as not drawn", () => {
    const sample = drawnFrom({ size: 20, strata }, outputs, "triage");
    const swiss = sample.filter(({ id }) => Number(id.slice(1)) % 50 === 0);
    const added = sample.filter((each) => !each.drawn);
    expect(swiss).toHaveLength(5);
    expect(sample.filter((each) => each.drawn)).toHaveLength(20);
    expect(added).toHaveLength(sample.length - 20);
    expect(added.every((each) => each.stratum === "Switzerland" && each.inclusion === 0.25)).toBe(true);
  });

  it("leave the uniform draw as it is", () => {
    const plain = idsOf(20);
    const drawn = drawnFrom({ size: 20, strata }, outputs, "triage").filter((each) => each.drawn);
    expect(drawn.map((each) => each.id)).toEqual(plain);
  });

  it("can ask for errors, fields and slow outputs", () => {
    const few = [
      output(1, { error: "timeout" }),
      output(2, { text: '{"total":5}', fields: { total: 5 } }),
      output(3, { latencyMs: 9_000 }),
      ...outputs.slice(10, 200),
    ];
    const settings = {
      size: 1,
      strata: [
        { name: "errors", where: "@.error != null", atLeast: 1 },
        { name: "totals", where: "@.output.total > 3", atLeast: 1 },
        { name: "slow", where: "@.latencyMs > 5000", atLeast: 1 },
      ],
    };
    const found = drawnFrom(settings, few, "triage").map((each) => each.id);
    expect(found).toEqual(expect.arrayContaining(["o1", "o2", "o3"]));
  });

  it("refuse a filter that cannot be read", () => {
    const bad = sampleSettings.safeParse({ size: 1, strata: [{ name: "x", where: "@.a ==", atLeast: 1 }] });
    expect(bad.error?.issues[0]?.path).toEqual(["strata", 0, "where"]);
  });
});
