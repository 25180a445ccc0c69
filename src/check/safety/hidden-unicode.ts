import { shown } from "../../text/shown.js";
import { type Span, spansOf } from "../../text/span.js";
import type { Sighting } from "./sighting.js";

/** Tag characters (Unicode block Tags): each stands for an ASCII sign and is drawn as nothing. */
const tagRuns = /[\u{e0001}\u{e0020}-\u{e007f}]+/gu;
/** A flag such as that of Scotland: a black flag, a region in tags, the closing tag (Unicode Technical Standard 51). */
const flag = /\u{1f3f4}$/u;
/** Variation selectors in a row: a sign takes one at most, further ones can carry bytes. */
const selectorRuns = /[\ufe00-\ufe0f\u{e0100}-\u{e01ef}]{3,}/gu;
/** Direction overrides turn the order of signs round; no ordinary text needs them (Boucher and Anderson 2021, Trojan Source). */
const overrides = /[\u202d\u202e]/g;
/** Embeddings and isolates belong to text that runs from right to left. */
const embeddings = /[\u202a\u202b\u2066\u2067]/g;
const rightToLeft = /[\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}]/u;
/** Signs without width in a row; joiners inside emoji and Indic or Persian words stand alone. */
const widthless = /[\u200b-\u200d\u2060-\u2064\ufeff\u180e]{4,}/g;

/** Looks for text that people do not see and models read. */
export function findHiddenUnicode(text: string): readonly Sighting[] {
  // nearly all texts hold none of them
  if (!/[\p{Cf}\p{Variation_Selector}]/u.test(text)) return [];
  const named = (spans: readonly Span[], says: (hidden: string) => string): readonly Sighting[] =>
    spans.map((span) => ({ ...span, kind: "hidden-unicode", says: says(text.slice(span.start, span.end)) }));
  const tags = spansOf(text, tagRuns).filter(
    ({ start, end }) => !(flag.test(text.slice(Math.max(0, start - 2), start)) && end - start <= 16),
  );
  return [
    ...named(tags, (hidden) => `text hidden in tag characters (it reads ${readable(hidden, tagSign)})`),
    ...named(spansOf(text, selectorRuns), (hidden) => {
      return `text hidden in variation selectors (it reads ${readable(hidden, selectorSign)})`;
    }),
    ...named(spansOf(text, overrides), () => "a sign that turns the direction of writing round"),
    ...(rightToLeft.test(text)
      ? []
      : named(spansOf(text, embeddings), () => "a direction mark in text that runs from left to right")),
    ...named(spansOf(text, widthless), (hidden) => `${hidden.length} signs without width in a row`),
  ].sort((left, right) => left.start - right.start);
}

function readable(hidden: string, signOf: (code: number) => string): string {
  return `"${shown([...hidden].map((character) => signOf(character.codePointAt(0) ?? 0)).join(""), 80)}"`;
}

function tagSign(code: number): string {
  return code >= 0xe0020 && code < 0xe007f ? String.fromCharCode(code - 0xe0000) : "";
}

/** The usual scheme: 16 selectors stand for the bytes 0 to 15, the 240 of the supplement for the rest. */
function selectorSign(code: number): string {
  const byte = code < 0x10000 ? code - 0xfe00 : code - 0xe0100 + 16;
  return byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : "·";
}
