import { KnownError } from "../domain/errors.js";

/** Longest text that is read as markup; the parsers take about a second for five times as much. */
export const maxMarkupText = 1_000_000;
/** Deepest nesting: a closing tag is looked up in the whole stack, so that depth costs its square. */
const maxDepth = 256;

/** What reading a text as markup gave. */
export interface Markup {
  /** Elements that are there, by name, in order of appearance, each once. */
  readonly names: ReadonlySet<string>;
  /** The required ones that are not. */
  readonly missing: readonly string[];
  /** How many elements stand at the top. */
  readonly roots: number;
  /** Text outside every element, where it begins. */
  readonly outside: string | null;
  /** Elements that their own tag did not close, in order. */
  readonly unclosed: readonly string[];
}

/** Elements whose end tag may be left out, WHATWG HTML 13.1.2.4. */
const optionalEnd = new Set(
  "li dt dd p rt rp optgroup option thead tbody tfoot tr td th colgroup caption html head body".split(" "),
);
const voids = new Set("area base br col embed hr img input link meta param source track wbr".split(" "));

/**
 * Reads markup as a stream of tags: no entity is expanded, nothing is fetched, nothing recurses. Throws KnownError
 * `markup-too-deep`.
 */
export async function readMarkup(
  text: string,
  kind: "xml" | "html",
  required: readonly string[],
): Promise<Markup> {
  const { Parser } = await import("htmlparser2");
  const names = new Set<string>();
  const missing = new Set(required);
  const wanted = required.map((path) => ({ path, ...pathOf(path) }));
  const open: string[] = [];
  const unclosed: string[] = [];
  let roots = 0;
  let outside: string | null = null;
  const parser = new Parser(
    {
      onopentag: (name) => {
        if (open.length === 0) roots += 1;
        open.push(name);
        names.add(name);
        if (open.length > maxDepth) {
          throw new KnownError("markup-too-deep", `is nested deeper than ${maxDepth} levels`);
        }
        for (const { path, tail, depth } of wanted) {
          if (name !== path && (open.length !== depth || open.join("/") !== tail)) continue;
          missing.delete(path);
        }
      },
      onclosetag: (name, isImplied) => {
        open.pop();
        const legal = kind === "html" && (optionalEnd.has(name) || voids.has(name));
        if (isImplied && !legal) unclosed.push(name);
      },
      ontext: (part) => {
        if (open.length === 0 && outside === null && part.trim() !== "") outside = part.trim();
      },
    },
    { xmlMode: kind === "xml", decodeEntities: false, recognizeSelfClosing: kind === "xml" },
  );
  parser.write(text);
  parser.end();
  return { names, missing: [...missing], roots, outside, unclosed };
}

/** `order.id`, as promptfoo writes it, and `order/id` are the element `id` directly under the root `order`. */
function pathOf(path: string): { tail: string; depth: number } {
  const parts = path.split(/[./]/);
  return { tail: parts.join("/"), depth: parts.length };
}
