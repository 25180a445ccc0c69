import { latinLook } from "../../text/look-alike.js";

/** A text as phrases are looked for in it, and where each of its characters came from. */
export interface PlainText {
  readonly text: string;
  /** The place in the original of the character at this place. */
  at(index: number): number;
}

/** Signs that show nothing: soft hyphens, joiners, direction marks, selectors, fillers, tag and control characters. */
const invisible = /[\p{Cf}\p{Default_Ignorable_Code_Point}]|(?![\s\u0085])\p{Cc}/u;
const blank = /[\s\u0085\u2800]/u;
/** Signs that make one letter with the one before them: accents, and the later parts of a Korean syllable. */
const joining = /[\p{M}\u1161-\u11ff]/u;

/** Quotation marks and dashes, by the plain one. */
const marks: ReadonlyMap<string, string> = new Map(
  Object.entries({
    "’": "'",
    "‘": "'",
    ʼ: "'",
    "`": "'",
    "´": "'",
    "–": "-",
    "—": "-",
    "“": '"',
    "”": '"',
    "„": '"',
  }),
);

/** Digits and signs that stand for letters inside words: `1gn0re`. */
const leet: ReadonlyMap<string, string> = new Map(
  Object.entries({ "0": "o", "1": "i", "3": "e", "4": "a", "5": "s", "7": "t", "@": "a", $: "s" }),
);

/** Lower case, composed, one blank for any white space, without invisible signs and look-alike letters. */
export function plainText(text: string): PlainText {
  const signs: string[] = [];
  const places: number[] = [];
  let letter = "";
  let place = 0;
  let index = 0;
  for (const character of text) {
    if (!isShown(character)) {
      // nothing: it does not part a letter from its accent either
    } else if (letter !== "" && isJoining(character)) letter += character;
    else {
      push(letter, place);
      letter = character;
      place = index;
    }
    index += character.length;
  }
  push(letter, place);
  return { text: signs.join(""), at: (at) => places[at] ?? text.length };

  function push(written: string, from: number): void {
    for (const sign of composed(written)) {
      const plain = blank.test(sign) ? " " : (marks.get(sign) ?? latinLook(sign));
      if (plain === " " && (signs.length === 0 || signs.at(-1) === " ")) continue;
      for (let unit = 0; unit < plain.length; unit += 1) {
        signs.push(plain.charAt(unit));
        places.push(from);
      }
    }
  }
}

/** First by its look: NFKC makes another letter of some. */
function composed(written: string): string {
  if (written.length === 1 && written <= "~") return written.toLowerCase();
  return Array.from(written.toLowerCase(), latinLook).join("").normalize("NFKC").toLowerCase();
}

function isShown(character: string): boolean {
  return (character >= " " && character <= "~") || !invisible.test(character);
}

function isJoining(character: string): boolean {
  return character >= "\u0300" && joining.test(character);
}

/** The same with digits read as letters where they stand between letters; null: there are none. */
export function withoutLeet(plain: PlainText): PlainText | null {
  const text = plain.text.replace(/(?<![\w@$])[\w@$]{3,30}/g, (word) =>
    /[a-z]/.test(word) && /[0134570@$]/.test(word)
      ? [...word].map((sign) => leet.get(sign) ?? sign).join("")
      : word,
  );
  return text === plain.text ? null : { text, at: plain.at };
}

/** The same with letters that stand apart joined (`i g n o r e`); null: there are none. */
export function withoutGaps(plain: PlainText): PlainText | null {
  const kept: string[] = [];
  const places: number[] = [];
  let from = 0;
  for (const { index, 0: found } of plain.text.matchAll(
    /(?<![\p{L}\p{N}])\p{L}(?:[ .*_-]\p{L}){3,60}(?![\p{L}\p{N}])/gu,
  )) {
    push(from, index);
    for (let at = index; at < index + found.length; at += 2) push(at, at + 1);
    from = index + found.length;
  }
  if (from === 0) return null;
  push(from, plain.text.length);
  return { text: kept.join(""), at: (at) => plain.at(places[at] ?? plain.text.length) };

  function push(start: number, end: number): void {
    for (let at = start; at < end; at += 1) {
      kept.push(plain.text.charAt(at));
      places.push(at);
    }
  }
}
