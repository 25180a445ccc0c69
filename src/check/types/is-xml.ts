import { z } from "zod";
import { KnownError } from "../../domain/errors.js";
import { error, fail, pass, type Verdict } from "../../domain/verdict.js";
import { unfence } from "../../text/code-fence.js";
import { quotedList, shown } from "../../text/shown.js";
import { defineCheckType } from "../check-type.js";
import { type Markup, maxMarkupText, readMarkup } from "../markup.js";
import { wording } from "../setting-kinds.js";

/** How many beginnings of an element are tried inside other text. */
const triedBeginnings = 50;

/**
 * The text is well-formed XML with one root (XML 1.0, 2.1), by default also inside one code fence. Entities are
 * never expanded, and declaring one fails; no DTD or schema is applied.
 */
export const isXml = defineCheckType({
  type: "is-xml",
  group: "shape",
  says: "is XML",
  example: {
    settings: { requiredElements: ["order/number", "order/total"] },
    good: "<order><number>4711</number><total currency='EUR'>99.50</total></order>",
    bad: "<order><number>4711</number><total currency='EUR'>99.50</order>",
  },
  settings: z.strictObject({
    requiredElements: z
      .array(wording)
      .max(200)
      .default([])
      .describe(
        "Elements that must be there: a name anywhere, or a path from the root such as `order/total`",
      ),
    anywhere: z
      .boolean()
      .default(false)
      .describe("Takes an XML element inside other text as well; the first that is well-formed counts"),
    strict: z
      .boolean()
      .default(false)
      .describe("Refuses a code fence around the whole text, which is otherwise taken off"),
  }),
  prepare:
    ({ requiredElements, anywhere, strict }) =>
    async ({ text }): Promise<Verdict> => {
      if (text.length > maxMarkupText) {
        return error(`could not tell: ${text.length} characters, XML is read up to ${maxMarkupText}`);
      }
      const { body, fenced } = unfence(text);
      if (strict && fenced) return fail("is XML in a code fence, expected bare XML");
      if (body === "") return fail("is empty, expected XML");
      const candidates = anywhere ? elementsIn(body) : [body];
      let fault: string | null = null;
      for (const candidate of candidates) {
        const found = await faultOf(candidate, requiredElements);
        if (found === null) return pass();
        fault ??= found;
      }
      return fail(fault ?? `"${shown(text)}" contains no XML element that begins and ends`);
    },
});

async function faultOf(text: string, required: readonly string[]): Promise<string | null> {
  const { XMLValidator } = await import("fast-xml-parser");
  if (!/^\s*</.test(text)) return `"${shown(text)}" is not XML: it begins with other text`;
  if (/<!ENTITY\s/.test(text)) return "declares entities of its own, which can harm whoever expands them";
  const checked = XMLValidator.validate(text);
  if (checked !== true) {
    const { line, col, msg } = checked.err;
    const place = Number.isFinite(col) ? `line ${line}, column ${col}` : `line ${line}`;
    return `is broken XML at ${place}: ${shown(msg.replace(/\.$/, ""), 120)}`;
  }
  try {
    return markupFault(await readMarkup(text, "xml", required));
  } catch (thrown) {
    if (thrown instanceof KnownError && thrown.code === "markup-too-deep") return `XML ${thrown.message}`;
    throw thrown;
  }
}

function markupFault(read: Markup): string | null {
  if (read.roots !== 1) return `has ${read.roots} elements at the top, expected one root`;
  if (read.outside !== null) return `has text outside its root element: "${shown(read.outside)}"`;
  return read.missing.length === 0 ? null : `lacks the element ${quotedList(read.missing, "and")}`;
}

/** Stretches of a text that begin with a tag and end with the last tag that closes it. */
function elementsIn(text: string): readonly string[] {
  const found: string[] = [];
  for (const opening of text.matchAll(/<([\p{L}_][\p{L}\p{N}_.:-]{0,100})(?=[\s/>])/gu)) {
    if (found.length >= triedBeginnings) break;
    const name = opening[1] ?? "";
    const alone = /^<[^<>]{1,1000}\/>/.exec(text.slice(opening.index, opening.index + 1_100));
    const closing = `</${name}>`;
    const [first, last] = [text.indexOf(closing, opening.index), text.lastIndexOf(closing)];
    if (alone !== null) found.push(alone[0]);
    else if (first >= 0) {
      found.push(text.slice(opening.index, last + closing.length));
      if (first !== last) found.push(text.slice(opening.index, first + closing.length));
    }
  }
  return found;
}
