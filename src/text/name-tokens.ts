import { foldText } from "./fold.js";
import { monthNamed } from "./month-names.js";

/** A name-like sequence of capitalised words. */
export interface NameToken {
  readonly at: number;
  readonly text: string;
  /** The words that count, as written: without titles, legal forms, initials and particles. */
  readonly words: readonly string[];
}

const lists = (text: string) => new Set(text.split(" ").map(foldText));
/** Before a name, or instead of one; en, de, fr, es, it and nl. */
const titles = lists(
  "dear hello hi mr mrs ms miss dr prof herr herrn frau monsieur madame mme señor señora sr sra signor signora sig heer mevrouw dhr mevr liebe lieber hallo cher chère estimado estimada gentile caro cara beste geachte geehrte geehrter bonjour hola",
);
const personTitles = lists(
  "mr mrs ms dr prof herr herrn frau monsieur madame mme señor señora sr sra signor signora sig mevrouw dhr mevr",
);
const legalForms = lists(
  "gmbh mbh ag kg ohg ug se ltd limited inc corp corporation llc llp plc co company sa sas sarl sl srl spa bv nv ab oy as kft sro ev gbr",
);
/** What stands in fields and salutations without being a name. */
const fillers = lists(
  "ihr ihre ihren ihrem ihrer ihres sie ihnen customer client sir madam team support service all everyone colleague colleagues guest kunde kundin kunden damen herren kollegin kollegen kundenservice kundendienst client cliente clientes clienti klant messieurs mesdames señores señoras signori yes no true false none null unknown anonymous provided available specified applicable stated missing angegeben unbekannt keine angabe inconnu desconocido sconosciuto onbekend n/a na not ok open closed pending ja nein oui non si sí the a an der die das le la les el los il lo de het and or und oder et ou y e o i monday tuesday wednesday thursday friday saturday sunday montag dienstag mittwoch donnerstag freitag samstag sonnabend sonntag lundi mardi mercredi jeudi vendredi samedi dimanche lunes martes miércoles jueves viernes sábado domingo lunedì martedì mercoledì giovedì venerdì sabato domenica maandag dinsdag woensdag donderdag vrijdag zaterdag zondag",
);

/** A full stop belongs to a name behind an initial or a short form alone: elsewhere it ends the sentence. */
const shortForms = "\\p{Lu}|Mrs?|Ms|Dr|Prof|Hr|Fr|St|Sr|Sra|Sig|Dhr|Mevr|Mag|Ing|Dipl|Jr|Co|Inc|Ltd|Corp";
const word = `\\p{Lu}[\\p{L}\\p{M}]*(?:['\\u2019-]\\p{L}[\\p{L}\\p{M}]*)*(?:(?<=(?<!\\p{L})(?:${shortForms}))\\.)?`;
const joint =
  "[ \\u00a0]{1,2}(?:(?:von|van|der|den|de|di|da|del|della|du|la|le|zu|zur|af|ten|ter|dos|el|al|bin|&|\\+|und|and|et|y|e)[ \\u00a0]){0,2}";
const sequence = new RegExp(
  `(?<![\\p{L}\\p{M}\\p{N}'\\u2019-])${word}(?:${joint}${word})*(?![\\p{N}])`,
  "gu",
);

/** The names in a field that says it holds one, such as a supplier or a contact: every capitalised word counts. */
export function namesInField(text: string): readonly NameToken[] {
  return [...text.matchAll(sequence)].flatMap((found) => {
    const words = partsOf(found[0]).filter(counts);
    return words.length === 0 ? [] : [{ at: found.index, text: trimmed(found[0]), words }];
  });
}

/** The names in any other field: those with a title or a legal form, such as `Frau Huber` or `Alder GmbH`. */
export function plainNamesInField(text: string): readonly NameToken[] {
  return namesInField(text).filter((token) =>
    partsOf(token.text).some((part, index, parts) =>
      index === parts.length - 1
        ? legalForms.has(foldText(part)) && part !== "Company"
        : index === 0 && personTitles.has(foldText(part)),
    ),
  );
}

/**
 * The names in running text: two or more capitalised words in a row, or one behind a title (`Mrs`, `Herr`, `Dear`).
 * A word that begins a sentence does not count as capitalised; headings are left out. A lone name in the middle
 * of a sentence is not told from a German noun, so it is left out as well. What stands behind a closing at the end
 * says who writes, and is left out too.
 */
export function namesInText(whole: string): readonly NameToken[] {
  const text = withoutSignature(whole);
  return sequencesIn(text).flatMap((found) => {
    const lineStart = text.lastIndexOf("\n", found.at - 1) + 1;
    const before = text.slice(Math.max(lineStart, found.at - 40), found.at);
    const end = found.at + found.text.length;
    if (text[lineStart] === "#" || /^[*_ ]*:/.test(text.slice(end, end + 6))) return [];
    const parts = partsOf(found.text);
    const titled = parts.some((part) => titles.has(foldText(part)));
    const begins = /^[\s>*_"'„“«(•-]*$|[.!?:;…]["'”»)]*\s+["'„“«(]*$/u.test(before);
    const kept = (begins && !titled ? parts.slice(1) : parts).filter(counts);
    return kept.length < (titled ? 1 : 2) ? [] : [{ ...found, text: trimmed(found.text), words: kept }];
  });
}

/** Between nouns of a sentence as often as between the words of a name: `Nachricht zur Bestellung`, `Ort und Zeit`. */
const between = / (?:und|and|et|y|e|zu|zur|(?<!v[ao]n )der) (?=\p{Lu})/giu;

function sequencesIn(text: string): readonly { readonly at: number; readonly text: string }[] {
  return [...text.matchAll(sequence)].flatMap((found) => {
    let at = found.index;
    const ends = [...found[0].matchAll(between)].map(({ index, 0: { length } }) => ({ index, length }));
    return [...ends, { index: found[0].length, length: 0 }].map(({ index, length }) => {
      const piece = { at, text: found[0].slice(at - found.index, index) };
      at = found.index + index + length;
      return piece;
    });
  });
}

const closing =
  /(?<=(?:^|[.!?,:\n])\s{0,3})(?:(?:kind|best|warm|warmest|many)(?: kind)? (?:regards|wishes)|regards|best wishes|sincerely|yours (?:sincerely|faithfully|truly)|cheers|(?:mit )?(?:freundlichen|besten|lieben|herzlichen|schönen) grüßen|(?:freundliche|beste|liebe|herzliche|viele|schöne) grüße|hochachtungsvoll|(?:bien )?cordialement|salutations distinguées|bien à vous|(?:un )?saludos? cordial(?:es)?|atentamente|saludos|cordiali saluti|distinti saluti|met vriendelijke groeten?|vriendelijke groeten?)(?!\p{L})/giu;
const longestSignature = 240;

/** A letter up to its closing; a text without one as it is. */
function withoutSignature(text: string): string {
  const from = Math.max(0, text.length - longestSignature);
  const [found] = text.slice(from).matchAll(closing);
  return found === undefined ? text : text.slice(0, from + found.index);
}

/** True for a text that holds a name rather than sentences. */
export function isFieldLike(text: string): boolean {
  return (
    text.length <= 120 &&
    text.trim().split(/\s+/).length <= 10 &&
    !/[.!?]\s+\p{Lu}\p{Ll}|[!?]\s*$|\p{Ll}{4,}\.\s*$/u.test(text)
  );
}

function trimmed(text: string): string {
  return text.replace(/\.$/, "");
}

function partsOf(text: string): readonly string[] {
  return text.match(/\p{Lu}[\p{L}\p{M}]*/gu) ?? [];
}

/** Initials, codes of two or three capitals, titles, legal forms, months and days say nothing about who is meant. */
function counts(part: string): boolean {
  const folded = foldText(part);
  if (part.length < 2 || /^\p{Lu}{1,3}$/u.test(part)) return false;
  return !titles.has(folded) && !legalForms.has(folded) && !fillers.has(folded) && monthNamed(part) === null;
}
