import { z } from "zod";
import { wording } from "./setting-kinds.js";

/** How texts are compared: composed characters always, case only when asked. */
export function comparable(text: string, ignoreCase: boolean): string {
  const forms = formsOf(text);
  if (!ignoreCase) return forms.composed;
  forms.lower ??= forms.composed.toLowerCase();
  return forms.lower;
}

interface Forms {
  readonly text: string;
  readonly composed: string;
  /** null: nobody asked for it. */
  lower: string | null;
}

// the checks of one output compare its text and its known answer, again and again
let recent: Forms = { text: "", composed: "", lower: "" };
let before: Forms = recent;

function formsOf(text: string): Forms {
  if (recent.text === text) return recent;
  const known = before;
  before = recent;
  recent = known.text === text ? known : { text, composed: text.normalize("NFC"), lower: null };
  return recent;
}

/** The setting that switches case off. */
export const ignoreCaseSetting = z.boolean().default(false).describe("Treats `A` and `a` as the same");

/** One or more wordings. */
export const wordingList = z.array(wording).min(1).max(1_000);

/** True when `part` occurs in `text`; as a whole word: no letter or digit on either side. */
export function occurs(text: string, part: string, wholeWord: boolean): boolean {
  return placeOf(text, part, wholeWord) >= 0;
}

/** Where `part` occurs first in `text`, from a place on, as `occurs` looks for it; -1: nowhere. */
export function placeOf(text: string, part: string, wholeWord: boolean, from = 0): number {
  if (!wholeWord) return text.indexOf(part, from);
  for (let at = text.indexOf(part, from); at >= 0; at = text.indexOf(part, at + 1)) {
    const before = text.slice(Math.max(0, at - 2), at);
    const after = text.slice(at + part.length, at + part.length + 2);
    if (!/[\p{L}\p{N}_]$/u.test(before) && !/^[\p{L}\p{N}_]/u.test(after)) return at;
  }
  return -1;
}
