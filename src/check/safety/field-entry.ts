import { isDay } from "../../text/calendar.js";
import { findEmails } from "../../text/contacts.js";
import { quoted, shown } from "../../text/shown.js";
import { dayNumber, enteredAmounts, enteredDay } from "./entered.js";

/** What a field is for. */
export const fieldRoles = [
  "name",
  "e-mail",
  "phone",
  "street",
  "postcode",
  "city",
  "amount",
  "date",
  "birth-date",
  "id",
  "text",
] as const;

/** A field's purpose. */
export type FieldRole = (typeof fieldRoles)[number];

/** What is wrong with an entry: its kind, and a sentence that begins with a verb. */
export interface EntryFault {
  readonly kind: "placeholder" | "test-data" | "swapped" | "impossible-date";
  readonly says: string;
}

/** Whole entries that stand for nothing, in the languages of forms. */
const nothings =
  /^(?:n\/?a|none|null|nil|undefined|unknown|unbekannt|inconnu|desconocido|sconosciuto|onbekend|tbd|tba|to be (?:defined|announced)|k\.? ?a\.?|keine angabe|[-–—.?*_x]+|\[[^\]]*\]|<[^>]*>|\{[^}]*\})$/iu;
/** People and firms that exist in examples alone, with a title or a legal form or without. */
const examplePeople =
  /^(?:(?:herr|frau|mr\.?|mrs\.?|ms\.?|dr\.?) )?(?:(?:john|jane|joe) (?:doe|smith example|bloggs|public)|(?:max|erika|marta?) (?:mustermann|musterfrau)|joe bloggs|jean dupont exemple|juan p[ée]rez ejemplo|mario rossi esempio|jan jansen voorbeeld|(?:first|last|full|your|my)[ _-]?name|vorname nachname|example (?:user|person|name|customer)|sample (?:user|person|name|customer)|muster(?:firma|kunde|unternehmen|(?= (?:gmbh|ag)$)))(?: (?:gmbh|ag|kg|og|ug|e\.? ?u\.?|e\.? ?k\.?|ltd\.?|inc\.?|llc|s\.?a\.?|s\.?r\.?l\.?|b\.?v\.?)(?: ?& ?co\.? ?kg)?)?$/iu;
const exampleStreets =
  /^(?:123 main (?:street|st\.?)|(?:\d+ )?(?:sample|example|test) (?:street|st\.?|road)(?: \d+)?|muster(?:straße|strasse|str\.|weg|gasse) ?\d*|teststra(?:ß|ss)e ?\d*|rue de l'exemple ?\d*|calle ejemplo ?\d*|via esempio ?\d*)$/iu;
const exampleCities =
  /^(?:anytown|somewhere|nowhere|springfield example|musterstadt|musterhausen|teststadt|testcity|city)$/iu;
const exampleMails =
  /^(?:test|user|name|mail|email|someone|you|me|foo|example|(?:john|jane)[._-]?doe)@example\.(?:com|org|net)$|^(?:test|user|mail|someone|foo)@test\.de$|@test\.(?:com|org|net|fr|es|it|nl|test)$|@(?:asdf|qwe(?:rty)?|abc|xyz|foo|bar|aaa|a|domain)\.(?:com|de|org|net|fr|es|it|nl|test)$|\.(?:invalid|test)$/iu;
const filler = /lorem ipsum|dolor sit amet/iu;
/** Whole entries that someone typed to get past a form. */
const tests =
  /^(?:(?:this is a |das ist ein |only a |nur ein )?(?:test|tests|testing|probe|prueba|prova)\d*(?:[ -]\d*| test(?:s|ing)?| (?:user|customer|name|account|entry|data|kunde|eintrag|cliente?|gebruiker))*|asdf\w*(?: \w{2,5})?|qwer\w*|qwertz\w*|yxcv\w*|zxcv\w*|azerty\w*|foo(?: ?bar)?|bar|baz|blah?(?: ?bla+h?)*|hello world|abc ?123|abcdef?)$/iu;
/** One sign or one key over and over: `aaa bbb`, `111111`. */
const repeated = /^(?:(\p{L})\1{2,}(?!\1)[ -]?)(?:(\p{L})\2{2,}(?!\2)[ -]?)*$/u;
/** Digits in a row or all alike, where a real number would be. */
const counted = /^(?:0?123(?:4(?:5(?:6(?:7(?:8(?:90?)?)?)?)?)?)?|(?:98765|987654)(?:321?0?)?|(\d)\1{3,})$/;
/** Both, where short numbers are given out from one up: `1234` is an order like any other. */
const countedLong = /^(?:0?12345(?:6(?:7(?:8(?:90?)?)?)?)?|(?:98765|987654)(?:321?0?)?|(\d)\1{3,})$/;
/** One digit to the end, where a telephone number would tell who is called. */
const oneDigit = /(\d)\1{6}$/;
/** Days that programs and people enter for none. */
const emptyDays = new Set([19700101, 19000101, 18991230, 19010101, 99991231, 10101]);

/** What is wrong with one entry of a role, or null. `until` is the latest day a birth can have. */
export function entryFault(role: FieldRole, text: string, until: number): EntryFault | null {
  const entry = text.trim().normalize("NFC");
  if (entry === "") return null;
  return (
    placeholderFault(role, entry) ??
    testFault(role, entry) ??
    swappedFault(role, entry) ??
    dateFault(role, entry, until)
  );
}

function placeholderFault(role: FieldRole, entry: string): EntryFault | null {
  // a surname; programs write null, NULL or None
  if (role === "name" && entry === "Null") return null;
  const stands =
    nothings.test(entry) ||
    filler.test(entry) ||
    (role === "name" && examplePeople.test(entry)) ||
    (role === "street" && exampleStreets.test(entry)) ||
    (role === "city" && exampleCities.test(entry)) ||
    (role === "e-mail" && entry.includes("@") && /\.invalid$/i.test(entry)) ||
    ((role === "phone" || role === "postcode") && /^[0\s()/+-]{4,}$/.test(entry));
  return stands
    ? {
        kind: "placeholder",
        says: `holds ${named(entry, "the placeholder ")}${role === "e-mail" && entry.includes("@") ? ", which leads nowhere" : ""}`,
      }
    : null;
}

function testFault(role: FieldRole, entry: string): EntryFault | null {
  const bare = entry.replace(/[\s()/+.-]/g, "");
  const looks =
    tests.test(entry) ||
    (role !== "id" && repeated.test(entry)) ||
    (role === "e-mail" && exampleMails.test(entry)) ||
    (role === "id" && countedLong.test(bare)) ||
    (role === "phone" && (counted.test(bare) || oneDigit.test(bare))) ||
    ((role === "date" || role === "birth-date") && isEmptyDay(entry));
  return looks ? { kind: "test-data", says: `holds ${named(entry, "")}, which looks like test data` } : null;
}

/** An address is shown by its host alone: as a whole it would be masked, and nobody could tell what is meant. */
function named(entry: string, before: string): string {
  const host = findEmails(entry).length === 1 ? entry.slice(entry.lastIndexOf("@") + 1) : null;
  return host === null ? `${before}${quoted(entry)}` : `an e-mail address at ${shown(host)}`;
}

function isEmptyDay(entry: string): boolean {
  const day = enteredDay(entry);
  return day !== null && emptyDays.has(dayNumber(day));
}

function swappedFault(role: FieldRole, entry: string): EntryFault | null {
  const seen = seenAs(entry);
  const odd = oddities[role](entry, seen);
  return odd === null ? null : { kind: "swapped", says: `holds ${odd}, expected ${expectations[role]}` };
}

type Seen =
  | "an e-mail address"
  | "a date"
  | "an amount"
  | "a telephone number"
  | "a number"
  | "words"
  | "something else";

function seenAs(entry: string): Seen {
  if (findEmails(entry).length > 0) return "an e-mail address";
  if (enteredDay(entry) !== null) return "a date";
  const digits = entry.match(/\d/g)?.length ?? 0;
  if (/^\+?[\d\s()/.-]+$/.test(entry) && digits >= 9) return "a telephone number";
  if (enteredAmounts(entry).length > 0) return /[.,]\d{1,2}$/.test(entry) ? "an amount" : "a number";
  return digits === 0 && /\p{L}{2}/u.test(entry) ? "words" : "something else";
}

const oddities: Readonly<Record<FieldRole, (entry: string, seen: Seen) => string | null>> = {
  name: (_entry, seen) => (seen === "words" || seen === "something else" ? null : seen),
  "e-mail": (entry, seen) =>
    entry.includes("@") ? null : seen === "something else" ? "no e-mail address" : seen,
  phone: (_entry, seen) =>
    seen === "words" || seen === "an e-mail address" || seen === "a date" ? seen : null,
  street: (_entry, seen) => (seen === "an e-mail address" || seen === "a telephone number" ? seen : null),
  postcode: (entry, seen) =>
    seen === "an e-mail address" ||
    seen === "words" ||
    seen === "a date" ||
    (seen === "a telephone number" && /^[+(0]/.test(entry))
      ? seen
      : null,
  city: (entry, seen) =>
    seen === "words" || (seen === "something else" && /\p{L}/u.test(entry)) ? null : seen,
  amount: (entry, seen) =>
    seen === "a telephone number" && enteredAmounts(entry).length > 0
      ? null
      : seen === "an e-mail address" || seen === "a date" || seen === "words" || seen === "a telephone number"
        ? seen
        : null,
  date: (_entry, seen) =>
    seen === "a date" || seen === "something else" || seen === "a number" ? null : seen,
  "birth-date": (_entry, seen) =>
    seen === "a date" || seen === "something else" || seen === "a number" ? null : seen,
  id: (_entry, seen) => (seen === "an e-mail address" || seen === "a date" ? seen : null),
  text: () => null,
};

const expectations: Readonly<Record<FieldRole, string>> = {
  name: "a name",
  "e-mail": "an e-mail address",
  phone: "a telephone number",
  street: "a street",
  postcode: "a postcode",
  city: "a place",
  amount: "an amount",
  date: "a date",
  "birth-date": "a date of birth",
  id: "a number or code",
  text: "text",
};

/** Years in which business is done. */
const years = { from: 1950, to: 2200 };
const oldestBirth = 1900;

function dateFault(role: FieldRole, entry: string, until: number): EntryFault | null {
  if (role !== "date" && role !== "birth-date") return null;
  const day = enteredDay(entry);
  if (day === null) return null;
  const fault = (why: string): EntryFault => ({
    kind: "impossible-date",
    says: `holds ${quoted(entry)}, ${why}`,
  });
  if (!isDay(day.year, day.month, day.day)) return fault("a day that does not exist");
  const from = role === "date" ? years.from : oldestBirth;
  if (day.year < from || day.year > years.to) return fault(`in a year outside ${from} to ${years.to}`);
  return role === "birth-date" && dayNumber(day) > until ? fault("a birth that is still to come") : null;
}
