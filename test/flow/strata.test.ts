import { describe, expect, it } from "vitest";
import { runSlots } from "../../src/flow/run.js";
import { prepareDraw } from "../../src/sample/draw.js";
import { sampleSettings } from "../../src/sample/settings.js";
import { prepareStrata } from "../../src/sample/strata.js";
import { benchGround, draft, hour, monday, options } from "./bench-ground.js";

const slotAt = monday + hour;
const outputs = Array.from({ length: 40 }, (_, index) => {
  const fields = { total: index, contact: `clerk${index % 4}@example.com` };
  return draft(`o${index}`, slotAt - hour + index, JSON.stringify(fields), {
    fields,
    input: index === 7 ? '{"country":"CH"}' : "order",
    user: index === 11 ? "ada@example.com" : null,
  });
});

/** Which outputs a run draws, and by which stratum, when texts are kept in this form. */
async function drawnWhen(storeMode: "full" | "redacted" | "hash", where: string, atLeast = 3) {
  const sample = sampleSettings.parse({ size: 2, strata: [{ name: "special", where, atLeast }] });
  const draws: (readonly (readonly [string, string | null])[])[] = [];
  const draw = prepareDraw(sample);
  const bench = benchGround({
    change: {
      storeMode,
      strataOf: prepareStrata(sample.strata),
      draw: (members, salt) => {
        const drawn = draw(members, salt);
        draws.push(drawn.map(({ id, stratum }) => [id, stratum] as const));
        return drawn;
      },
    },
  });
  bench.source.outputs.push(...outputs);
  bench.clock.set(slotAt);
  await runSlots(bench.ground, bench.watched, [slotAt], options);
  return draws[0] ?? [];
}

describe("a stratum", () => {
  it.each([
    ["a field of the output", "@.output.total >= 30", 3],
    ["what redaction takes out", "@.output.contact == 'clerk1@example.com'", 3],
    ["a field of the input", "@.input.country == 'CH'", 1],
    ["the person", "@.user == 'ada@example.com'", 1],
  ])("draws the same outputs in whatever form texts are kept: %s", async (_, where, added) => {
    const full = await drawnWhen("full", where, added);
    expect(full.filter(([, stratum]) => stratum === "special")).toHaveLength(added);
    expect(await drawnWhen("redacted", where, added)).toEqual(full);
    expect(await drawnWhen("hash", where, added)).toEqual(full);
  });
});
