import { z } from "zod";
import { KnownError } from "../../domain/errors.js";
import { error, fail, pass, type Verdict } from "../../domain/verdict.js";
import { unfence } from "../../text/code-fence.js";
import { quotedList, shown } from "../../text/shown.js";
import { defineCheckType } from "../check-type.js";
import { htmlElements } from "../html-elements.js";
import { type Markup, maxMarkupText, readMarkup } from "../markup.js";

const elementName = z.string().regex(/^[a-z][a-z0-9-]*$/, 'expected an element name such as "table"');

/**
 * The text is HTML: nothing but elements at the top, and every element closed that has to be. A browser shows
 * almost anything, so closing tags without an opening one and wrong attributes are no fault here.
 */
export const isHtml = defineCheckType({
  type: "is-html",
  group: "shape",
  says: "is HTML",
  example: {
    settings: { requiredElements: ["p"], forbiddenElements: ["script", "iframe", "form"] },
    good: "<p>Dear customer,</p><p>your parcel left on <b>Friday</b>.</p>",
    bad: "<p>Dear customer, your parcel left on <b>Friday.</p>",
  },
  settings: z.strictObject({
    requiredElements: z.array(elementName).max(200).default([]).describe("Elements that must be there"),
    forbiddenElements: z
      .array(elementName)
      .max(200)
      .default([])
      .describe("Elements that must not be there, such as `script`, `iframe` or `form`"),
    anywhere: z
      .boolean()
      .default(false)
      .describe("Takes HTML elements inside other text as well, closed or not"),
    strict: z
      .boolean()
      .default(false)
      .describe("Refuses a code fence around the whole text, which is otherwise taken off"),
  }),
  prepare:
    ({ requiredElements, forbiddenElements, anywhere, strict }) =>
    async ({ text }): Promise<Verdict> => {
      if (text.length > maxMarkupText) {
        return error(`could not tell: ${text.length} characters, HTML is read up to ${maxMarkupText}`);
      }
      const { body, fenced } = unfence(text);
      if (strict && fenced) return fail("is HTML in a code fence, expected bare HTML");
      if (body === "") return fail("is empty, expected HTML");
      const read = await readHtml(body, requiredElements);
      if (typeof read === "string") return fail(read);
      if (![...read.names].some((name) => htmlElements.has(name))) {
        return fail(`"${shown(text)}" has no HTML element`);
      }
      const forbidden = forbiddenElements.filter((name) => read.names.has(name));
      if (forbidden.length > 0)
        return fail(`has the element ${quotedList(forbidden, "and")}, which is forbidden`);
      if (read.missing.length > 0) return fail(`lacks the element ${quotedList(read.missing, "and")}`);
      const fault = anywhere ? null : shapeFault(read);
      return fault === null ? pass() : fail(fault);
    },
});

async function readHtml(text: string, required: readonly string[]): Promise<Markup | string> {
  try {
    return await readMarkup(text, "html", required);
  } catch (thrown) {
    if (thrown instanceof KnownError && thrown.code === "markup-too-deep") return `HTML ${thrown.message}`;
    throw thrown;
  }
}

function shapeFault({ names, outside, unclosed }: Markup): string | null {
  if (outside !== null) return `has text outside every element: "${shown(outside)}"`;
  const unknown = [...names].find(
    (name) => !htmlElements.has(name) && !name.includes("-") && !names.has("svg"),
  );
  if (unknown !== undefined) return `has <${shown(unknown)}>, which is no element of HTML`;
  const first = unclosed[0];
  if (first === undefined) return null;
  const more = unclosed.length > 1 ? ` and ${unclosed.length - 1} more` : "";
  return `does not close <${shown(first)}>${more} where it should`;
}
