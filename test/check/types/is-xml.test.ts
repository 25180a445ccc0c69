import { describe, expect, it } from "vitest";
import { judge } from "../judge.js";

const order = "<order><number>4711</number><total>99.50</total></order>";

describe("is-xml", () => {
  it.each([
    ["a document", {}, `<?xml version="1.0" encoding="UTF-8"?>\n<!-- note -->\n${order}\n`],
    ["an empty element", {}, "<order/>"],
    ["a code fence around it", {}, `\`\`\`xml\n${order}\n\`\`\``],
    ["a required name anywhere", { requiredElements: ["total"] }, order],
    ["a required path", { requiredElements: ["order/total", "order.number"] }, order],
    [
      "an element inside text",
      { anywhere: true, requiredElements: ["total"] },
      `Here it is: ${order} Thanks!`,
    ],
    ["a second element after a broken one", { anywhere: true }, `<a <b>x</b> and ${order}`],
    ["CDATA and namespaces", {}, '<n:a xmlns:n="urn:x"><![CDATA[<b>]]></n:a>'],
  ])("passes %s", async (_name, settings, text) => {
    expect(await judge({ type: "is-xml", ...settings }, text)).toEqual({ status: "pass" });
  });

  it.each([
    ["prose", {}, "Here it is", '"Here it is" is not XML: it begins with other text'],
    ["text before it", {}, `Sure: ${order}`, /is not XML: it begins with other text$/],
    ["text after it", {}, `${order} Thanks!`, /^is broken XML at line 1, column 58: Extra text/],
    ["two roots", {}, "<a/><b/>", "has 2 elements at the top, expected one root"],
    [
      "a tag that another closes",
      {},
      "<a><b></a>",
      /^is broken XML at line 1, column \d+: Expected closing tag 'b'/,
    ],
    ["an answer that was cut", {}, "<order><number>47", /^is broken XML at line 1/],
    ["a missing element", { requiredElements: ["order/vat"] }, order, 'lacks the element "order/vat"'],
    ["a name at another place", { requiredElements: ["x/total"] }, order, 'lacks the element "x/total"'],
    ["a fence when strict", { strict: true }, "```\n<a/>\n```", "is XML in a code fence, expected bare XML"],
    ["nothing", {}, "", "is empty, expected XML"],
    [
      "no element inside text",
      { anywhere: true },
      "a < b > c",
      '"a < b > c" contains no XML element that begins and ends',
    ],
    ["depth", {}, `${"<a>".repeat(5_000)}${"</a>".repeat(5_000)}`, "XML is nested deeper than 256 levels"],
  ])("fails %s", async (_name, settings, text, reason) => {
    const verdict = await judge({ type: "is-xml", ...settings }, text);
    expect(verdict.status).toBe("fail");
    if (typeof reason === "string") expect(verdict.reason).toBe(reason);
    else expect(verdict.reason).toMatch(reason);
  });

  it("refuses entities that a document declares", async () => {
    const bomb = `<!DOCTYPE a [<!ENTITY x "xxxxxxxxxx"><!ENTITY y "&x;&x;&x;&x;">]><a>&y;</a>`;
    expect(await judge({ type: "is-xml" }, bomb)).toMatchObject({
      status: "fail",
      reason: "declares entities of its own, which can harm whoever expands them",
    });
  });

  it("could not tell above its size", async () => {
    const long = `<a>${"x".repeat(1_000_000)}</a>`;
    expect(await judge({ type: "is-xml" }, long)).toMatchObject({ status: "error" });
  });
});
