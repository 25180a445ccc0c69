import { describe, expect, it } from "vitest";
import { nextStep } from "../../src/incident/next-step.js";

const now = 1_000_000_000;
const forgotten = {
  now,
  status: "open" as const,
  owed: false,
  heldBack: false,
  clocks: [now - 3_600_000, null],
  holder: null,
  watched: true,
};

describe("the next step of an open incident", () => {
  it.each<[string, Partial<Parameters<typeof nextStep>[0]>, ReturnType<typeof nextStep>]>([
    ["a message that waits", { owed: true }, "message"],
    ["a deadline ahead", { clocks: [now - 3_600_000, now + 1] }, "clock"],
    ["a deadline that ran out just now", { clocks: [now - 60_000] }, "clock"],
    ["the end of a silence", { heldBack: true }, "held back"],
    ["who acknowledged it", { status: "acknowledged", holder: "Jonas Feld" }, "person"],
    ["outputs that end it", { status: "recovering" }, "outputs"],
    ["none where nobody has it and nothing is due", {}, null],
    ["none where outputs come no more", { status: "recovering", watched: false }, null],
  ])("is %s", (_, change, step) => {
    expect(nextStep({ ...forgotten, ...change })).toBe(step);
  });
});
