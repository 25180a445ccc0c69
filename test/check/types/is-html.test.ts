import { describe, expect, it } from "vitest";
import { judge } from "../judge.js";

describe("is-html", () => {
  it.each([
    ["a fragment", {}, "<p>Hello <b>you</b>.</p>"],
    ["a document", {}, "<!doctype html><html><head><title>A</title></head><body><p>Hi</body></html>"],
    ["end tags that may be left out", {}, "<ul><li>one<li>two</ul><table><tr><td>1<td>2</table>"],
    ["void elements", {}, '<div>one<br>two<img src="a.png"></div>'],
    ["a code fence around it", {}, "```html\n<p>Hi</p>\n```"],
    ["elements inside text", { anywhere: true }, "Write <b>this</b> into the mail"],
    ["required elements", { requiredElements: ["table", "td"] }, "<table><tr><td>1</td></tr></table>"],
    ["a custom element", {}, "<div><x-card>a</x-card></div>"],
  ])("passes %s", async (_name, settings, text) => {
    expect(await judge({ type: "is-html", ...settings }, text)).toEqual({ status: "pass" });
  });

  it.each([
    ["prose", {}, "Hello you", '"Hello you" has no HTML element'],
    ["XML", {}, "<order><number>1</number></order>", /has no HTML element$/],
    [
      "a placeholder in brackets",
      { anywhere: true },
      "Dear <customer>",
      '"Dear <customer>" has no HTML element',
    ],
    ["text around it", {}, "Sure! <p>Hi</p>", 'has text outside every element: "Sure!"'],
    ["an open element", {}, "<div><p>Hi</p>", "does not close <div> where it should"],
    ["crossed elements", {}, "<div><b>a<i>b</b>c</i></div>", "does not close <i> where it should"],
    [
      "an invented element",
      {},
      "<div><customer>a</customer></div>",
      "has <customer>, which is no element of HTML",
    ],
    ["a missing element", { requiredElements: ["table"] }, "<p>x</p>", 'lacks the element "table"'],
    [
      "a forbidden element",
      { forbiddenElements: ["script", "form"], anywhere: true },
      "x <SCRIPT>alert(1)</SCRIPT>",
      'has the element "script", which is forbidden',
    ],
    [
      "a fence when strict",
      { strict: true },
      "```\n<p>a</p>\n```",
      "is HTML in a code fence, expected bare HTML",
    ],
    ["nothing", {}, " ", "is empty, expected HTML"],
  ])("fails %s", async (_name, settings, text, reason) => {
    const verdict = await judge({ type: "is-html", ...settings }, text);
    expect(verdict.status).toBe("fail");
    if (typeof reason === "string") expect(verdict.reason).toBe(reason);
    else expect(verdict.reason).toMatch(reason);
  });

  it("does not hang on depth that costs its square", async () => {
    const deep = `${"<div>".repeat(100_000)}${"</b>".repeat(100_000)}`;
    const started = performance.now();
    expect(await judge({ type: "is-html" }, deep)).toMatchObject({
      status: "fail",
      reason: "HTML is nested deeper than 256 levels",
    });
    expect(performance.now() - started).toBeLessThan(2_000);
  });
});
