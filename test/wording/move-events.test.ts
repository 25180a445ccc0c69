import { describe, expect, it } from "vitest";
import { sayMoveEvent } from "../../src/wording/move-events.js";

describe("a move in a timeline", () => {
  it.each([
    ["fallback-on", "By hand"],
    ["accept-change", "Ended: the change is right"],
    ["of-a-later-version", "of-a-later-version"],
  ])("%s is said %j", (event, words) => {
    expect(sayMoveEvent(event)).toBe(words);
  });
});
