import type { Json } from "../domain/json.js";
import { maxJsonDepth, parseJson } from "./parse-json.js";

/** Characters looked at in all: every opening bracket may start a look through the rest. */
const maxSteps = 20_000_000;

/** The first JSON object or list inside a text, or why there is none; `undecided`: too much to look through. */
export type FoundJson =
  | { readonly found: "json"; readonly value: Json; readonly at: number }
  | { readonly found: "none" }
  | { readonly found: "undecided" };

/** Finds the first stretch of a text that is a JSON object or list by itself, from the left. */
export function findJson(text: string): FoundJson {
  let steps = 0;
  for (let at = nextOpening(text, 0); at >= 0; at = nextOpening(text, at + 1)) {
    const end = closingOf(text, at);
    steps += Math.abs(end) - at + 1;
    if (steps > maxSteps) return { found: "undecided" };
    if (end < 0) continue;
    const parsed = parseJson(text.slice(at, end + 1));
    steps += end - at;
    if (parsed.ok) return { found: "json", value: parsed.value, at };
  }
  return { found: "none" };
}

function nextOpening(text: string, from: number): number {
  const [brace, bracket] = [text.indexOf("{", from), text.indexOf("[", from)];
  if (brace < 0 || bracket < 0) return Math.max(brace, bracket);
  return Math.min(brace, bracket);
}

/** Where the bracket at `start` closes; the negative of where the look ended when it does not. */
function closingOf(text: string, start: number): number {
  let open = 0;
  let quoted = false;
  for (let index = start; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    if (quoted) {
      if (code === 0x5c) index += 1;
      else if (code === 0x22) quoted = false;
      // JSON strings hold no line breaks: a quotation mark of the prose ends here
      else if (code === 0x0a) return -index;
    } else if (code === 0x22) quoted = true;
    else if (code === 0x7b || code === 0x5b) {
      open += 1;
      if (open > maxJsonDepth) return -index;
    } else if (code === 0x7d || code === 0x5d) {
      open -= 1;
      if (open === 0) return index;
    }
  }
  return -text.length;
}
