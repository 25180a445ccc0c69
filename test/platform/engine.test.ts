import { describe, expect, it } from "vitest";
import { type EnginePhase, tuneEngine } from "../../src/platform/engine.js";

const phases: readonly EnginePhase[] = ["loading", "working", "resting"];

function flagsOf(phase: EnginePhase): string[] {
  const flags: string[] = [];
  tuneEngine(phase, (flag) => void flags.push(flag));
  return flags;
}

describe("tuneEngine", () => {
  it("leaves no flag of one phase over in the next", () => {
    const names = phases.map((phase) => flagsOf(phase).map((flag) => flag.replace(/^--(no-)?/, "")));
    expect(new Set(names.map((each) => each.join()))).toHaveLength(1);
  });

  it.each([
    ["loading", false],
    ["working", true],
    ["resting", true],
  ] as const)("while %s, compiles: %s", (phase, compiles) => {
    expect(flagsOf(phase)).toContain(compiles ? "--opt" : "--no-opt");
  });
});
