import { describe, expect, it } from "vitest";
import { compareStates, sayState, sayStatus, watchStates } from "../../src/wording/states.js";

describe("states", () => {
  it("has a word and a mark of its own for every state", () => {
    const said = watchStates.map(sayState);
    expect(new Set(said.map(({ mark }) => mark)).size).toBe(watchStates.length);
    expect(said.map(({ word, mark }) => `${mark} ${word}`)).toEqual([
      "! Incident",
      "? Blind",
      "/ Drifting",
      "~ Watching",
      "- No data",
      "| Paused",
      "= Steady",
    ]);
  });

  it("puts first what needs someone", () => {
    expect((["steady", "paused", "incident", "blind"] as const).toSorted(compareStates)).toEqual([
      "incident",
      "blind",
      "paused",
      "steady",
    ]);
  });

  it.each([
    ["open", "open"],
    ["fallback", "by hand"],
    ["resolved", "ended"],
    ["false-alarm", "ended: false alarm"],
  ] as const)("says %s as %s", (status, said) => {
    expect(sayStatus(status)).toBe(said);
  });
});
