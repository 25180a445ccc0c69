import { describe, expect, it } from "vitest";
import { parseSettings } from "../../src/config/document.js";
import { checkFileText } from "../../src/text/check-file-text.js";

const on = { settings: { id: "a", type: "contains", text: "x // y" }, comments: ["Why."], active: true };
const off = {
  settings: { id: "b", type: "judge", criteria: ["q".repeat(120)] },
  comments: ["Fill in."],
  active: false,
};

describe("a written check file", () => {
  it("reads back as what was written; what is commented out is left out", () => {
    const text = checkFileText(["Head."], [on, off, { ...on, settings: { id: "c", type: "not-empty" } }]);
    expect(parseSettings("checks.json", text)).toMatchObject({
      faults: [],
      value: { checks: [on.settings, { id: "c", type: "not-empty" }] },
    });
  });

  it("holds all of it once the slashes are gone", () => {
    const text = checkFileText([], [on, off])
      .replace(/^ {4}\/\/ (Fill in\.|Why\.)\n/gm, "")
      .replace(/^ {4}\/\/ /gm, "    ");
    expect(parseSettings("checks.json", text)).toMatchObject({
      faults: [],
      value: { checks: [off.settings, on.settings] },
    });
  });

  it("keeps every comment in comments, whatever it holds", () => {
    const text = checkFileText(['"checks": 1,\n}] \r\u2028 */ evil'], [on]);
    expect(parseSettings("checks.json", text)).toMatchObject({
      faults: [],
      value: { checks: [on.settings] },
    });
  });
});
